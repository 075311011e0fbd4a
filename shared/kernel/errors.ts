/**
 * The one catalogue of errors. HTTP answers are made from `status`, `code`, `message`, `errors`; workers retry
 * what is `transient` and dead-letter the rest, with the code as reason.
 */

const CATALOGUE = {
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  invalid_request: { status: 400, title: "The request is not valid" },
  event_too_large: { status: 400, title: "The event is larger than 32 KB" },
  batch_too_large: { status: 400, title: "The batch is larger than 500 KB" },
  key_missing: { status: 401, title: "No key was given" },
  key_unknown: { status: 401, title: "The key is not known" },
  signature_invalid: { status: 401, title: "The call is not signed as it must be" },
  session_expired: { status: 401, title: "The session must be renewed" },
  session_unknown: { status: 401, title: "Nobody is logged in" },
  role_missing: { status: 403, title: "None of the person's roles may do this" },
  scope_missing: { status: 403, title: "The key lacks the scope for this call" },
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "The path has other methods" },
  idempotency_conflict: { status: 409, title: "The idempotency key was used with another body" },
  draft_moved: { status: 409, title: "Somebody else changed the same file of the draft" },
  draft_published: { status: 409, title: "The draft is published" },
  drafts_full: { status: 409, title: "There are too many drafts" },
  live_moved: { status: 409, title: "Another version went live" },
  confirmation_needed: { status: 409, title: "It moves many people: look at the preview first" },
  approval_needed: { status: 409, title: "Somebody else must approve" },
  person_known: { status: 409, title: "Somebody logs in with that address" },
  claimed: { status: 409, title: "Somebody else has it" },
  conversation_moved: { status: 409, title: "The conversation went on meanwhile" },
  channel_closed: { status: 422, title: "The customer cannot be written to that way" },
  playbook_invalid: { status: 422, title: "The playbook is not valid" },
  rate_limited: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "A service we need does not answer" },
  conflict: { status: 503, title: "The record changed at the same time, too often" },
  profile_too_large: { status: 422, title: "The profile would grow past its limit" },
  poison_event: { status: 422, title: "The event can never be applied" },
  template_failed: { status: 422, title: "The template cannot be rendered" },
  impossible: { status: 500, title: "A service we need can never do this" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const;

export type ErrorCode = keyof typeof CATALOGUE;

/** One wrong field: where (JSON path, and line and column in a text of several), what came, what was expected. */
export type FieldError = {
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  readonly line?: number;
  readonly column?: number;
};

const TRANSIENT: readonly ErrorCode[] = ["rate_limited", "unavailable", "conflict", "internal"];

/** What a function fetches later is bundled apart, with this class once more: its errors are known by the mark. */
const MARK = Symbol.for("rapport.error");

export class RapportError extends Error {
  static override [Symbol.hasInstance](value: unknown): value is RapportError {
    return typeof value === "object" && value !== null && MARK in value;
  }

  override readonly name = "RapportError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FieldError[];
  /** Whole seconds after which trying again makes sense (429 and 503). */
  readonly retryAfter: number | undefined;
  /** Methods that the path answers (405), as the header Allow lists them. */
  readonly allow: string | undefined;
  /** Further members of the problem answer. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      errors?: readonly FieldError[];
      retryAfter?: number;
      allow?: string;
      cause?: unknown;
      extra?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = CATALOGUE[code].status;
    this.title = CATALOGUE[code].title;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
    this.allow = options.allow;
    this.extra = options.extra ?? {};
  }

  get [MARK](): true {
    return true;
  }

  /** True when the same input may succeed later. */
  get transient(): boolean {
    return TRANSIENT.includes(this.code);
  }
}

const inWords = ({ path, expected, got }: FieldError): string =>
  `${path === "" ? "the body" : path}: expected ${expected}, got ${got}`;

/** `invalid_request` about these fields; the message tells of the first. */
export const wrongFields = (errors: readonly FieldError[], cause?: unknown): RapportError =>
  new RapportError("invalid_request", errors.map(inWords)[0] ?? "the request is not valid", {
    errors,
    cause,
  });

/** `invalid_request` about one field: where, what was expected, and what came, without its value. */
export const wrongField = (path: string, expected: string, got: string, cause?: unknown): RapportError =>
  wrongFields([{ path, expected, got }], cause);
