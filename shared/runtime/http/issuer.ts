import { RapportError } from "#kernel/errors.ts";

/** Somebody waits for the answer. */
const PATIENCE_MS = 4_000;

/** Asks the service that people log in with. Throws `unavailable` where it does not answer. */
export const askIssuer = async (url: string, request: RequestInit = {}): Promise<Response> => {
  try {
    return await fetch(url, { ...request, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (cause) {
    throw silent(cause);
  }
};

/** The service that people log in with does not answer, or not as it must. */
export const silent = (cause: unknown): RapportError =>
  new RapportError("unavailable", "the service that people log in with does not answer, try again", {
    cause,
    retryAfter: 1,
  });
