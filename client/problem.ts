import type { Problem } from "./api.generated.ts";

/** The codes of problems that no hub tells: the client itself found them. */
export type OwnCode = "unreachable" | "unexpected_answer" | "queue_full";

/**
 * Why a call came to nothing. `problem` is what the hub said (RFC 9457): `code` is what programs read, the message what people
 * read, and `problem.errors` says what in the request was wrong. Where no hub answered, the code is an `OwnCode`.
 */
export class RapportProblem extends Error {
  override readonly name = "RapportProblem";
  readonly problem: Problem;
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  readonly code: string;
  /** Seconds after which the hub asks to be called again. */
  readonly retryAfter: number | undefined;

  constructor(
    problem: Problem,
    { retryAfter, cause }: { retryAfter?: number | undefined; cause?: unknown } = {},
  ) {
    super(`${problem.message} (${problem.code})`, { cause });
    this.problem = problem;
    this.status = problem.status;
    this.code = problem.code;
    this.retryAfter = retryAfter;
  }
}

/** A problem that the client found by itself, in the form of the hub's. */
export const ownProblem = (
  code: OwnCode,
  message: string,
  {
    status = 0,
    retryAfter,
    cause,
  }: { status?: number; retryAfter?: number | undefined; cause?: unknown } = {},
): RapportProblem =>
  new RapportProblem({ type: "about:blank", title: message, status, code, message }, { retryAfter, cause });

const isProblem = (body: unknown): body is Problem =>
  typeof body === "object" && body !== null && "code" in body && "message" in body;

/** The problem in an answer that is no success, whoever gave it: a proxy on the way knows nothing of problems. */
export const problemIn = (status: number, body: unknown, retryAfter?: number): RapportProblem =>
  isProblem(body)
    ? new RapportProblem({ ...body, status }, { retryAfter })
    : ownProblem("unexpected_answer", `the answer was ${status}, in a form of its own`, {
        status,
        retryAfter,
      });

/** Whether the same request may succeed later: nothing answered, or who answered was busy or broken. */
export const mayPass = ({ status }: RapportProblem): boolean =>
  status === 0 || status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);

/** Whether the hub said, by its answer, that it did nothing of what was asked. */
export const leftUndone = ({ status, retryAfter }: RapportProblem): boolean =>
  status === 429 || (status === 503 && retryAfter !== undefined);
