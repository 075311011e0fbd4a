import { leftUndone, mayPass, ownProblem, problemIn, RapportProblem } from "./problem.ts";

/** What of `fetch` is used, so that another may stand in for it. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    keepalive?: boolean;
    signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

export interface TransportOptions {
  /** Where the hub answers, such as `https://hub.example`. */
  readonly url: string;
  /** How often a request is tried at most. Default: 4. */
  readonly tries?: number | undefined;
  /** Milliseconds that an answer may take. Default: 10,000. */
  readonly timeout?: number | undefined;
  /** Default: the platform's own. */
  readonly fetch?: Fetch | undefined;
}

/** One request, and how it may be tried again. */
export interface Sending {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made for each try, for it may hold the time. */
  readonly body?: () => unknown;
  /** Whether a second try does nothing that the first did; else only a try that the hub left undone is repeated. */
  readonly repeatable: boolean;
  /** Whether it outlives the page that makes it. */
  readonly keepalive?: boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A hub that asks for more is asked again by whoever calls, later. */
const LONGEST_RETRY_AFTER_S = 60;

/** A number between 0 and 1 spreads those who were turned away together. */
const pauseBefore = (nextTry: number, { retryAfter }: RapportProblem): number =>
  retryAfter === undefined
    ? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** nextTry) * (0.5 + Math.random() / 2)
    : 1000 * (retryAfter + Math.random() / 2);

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The header's seconds: a hub sends no dates. */
const secondsIn = (header: string | null): number | undefined =>
  header !== null && /^\d+$/.test(header) ? Number(header) : undefined;

/**
 * A function that makes requests of a hub and answers with the body of the answer. What failed on the way is tried again after
 * a growing pause, or after as long as the hub asks for. Rejects with a `RapportProblem`.
 */
export const transport = (
  options: TransportOptions,
  key: Readonly<Record<string, string>>,
): ((sending: Sending) => Promise<unknown>) => {
  const { tries = 4, timeout = 10_000 } = options;
  const url = options.url.replace(/\/+$/, "");
  // Looked up at each call: pages replace their `fetch`, and it wants to be called as a function of the page.
  const ask: Fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));

  const attempt = async ({ method, path, headers, body, keepalive }: Sending): Promise<unknown> => {
    const answer = await ask(url + path, {
      method,
      headers: { ...key, ...headers },
      signal: AbortSignal.timeout(timeout),
      ...(body === undefined ? {} : { body: JSON.stringify(body()) }),
      ...(keepalive === undefined ? {} : { keepalive }),
    });
    const read = readBody(await answer.text());
    if (answer.status >= 200 && answer.status < 300 && read !== undefined) return read;
    throw problemIn(answer.status, read, secondsIn(answer.headers.get("retry-after")));
  };

  return async (sending) => {
    for (let nextTry = 1; ; nextTry += 1) {
      try {
        return await attempt(sending);
      } catch (cause) {
        const problem =
          cause instanceof RapportProblem
            ? cause
            : ownProblem("unreachable", `nothing answers at ${url}`, { cause });
        const again = sending.repeatable ? mayPass(problem) : leftUndone(problem);
        if (!again || nextTry >= tries || (problem.retryAfter ?? 0) > LONGEST_RETRY_AFTER_S) throw problem;
        await new Promise((resolve) => setTimeout(resolve, pauseBefore(nextTry - 1, problem)));
      }
    }
  };
};
