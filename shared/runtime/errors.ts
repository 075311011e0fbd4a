import { RapportError } from "#kernel/errors.ts";

/** Names of errors of the SDK, and of the network below it, that say nothing about our request: it may succeed later. */
const PASSING = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "TooManyRequestsException",
  "KMSThrottlingException",
  "InternalServerError",
  "InternalFailure",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "TimeoutError",
  "ECONNRESET",
  "ECONNREFUSED",
]);

/** Anything thrown becomes an entry of the catalogue: an AWS service that does not answer is 503, the rest is 500. */
export const asRapportError = (error: unknown): RapportError => {
  if (error instanceof RapportError) return error;
  const names = error instanceof Error ? [error.name, "code" in error ? String(error.code) : ""] : [];
  const status =
    typeof error === "object" && error !== null && "$metadata" in error
      ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode
      : undefined;
  if (names.some((name) => PASSING.has(name)) || (status !== undefined && status >= 500)) {
    return new RapportError("unavailable", "a service we need does not answer, try again", {
      cause: error,
      retryAfter: 1,
    });
  }
  return new RapportError("internal", "something went wrong on our side", { cause: error });
};
