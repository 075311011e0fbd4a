import type { RapportError } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";

/** What a call changed, for the audit log: ids and names of ours, and no word about a customer. */
export type Changed = {
  /** The id of what was changed. */
  readonly target?: string;
  readonly before?: JsonObject;
  readonly after?: JsonObject;
};

/** What a handler answers: `json`, or `html`/`bytes` with a type, or nothing but a status. */
export type HttpResponse = {
  readonly status: number;
  readonly json?: unknown;
  readonly html?: string;
  readonly bytes?: { readonly type: string; readonly body: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
  /** Lines of `Set-Cookie`. */
  readonly cookies?: readonly string[];
  /** Kept in the audit log, where the operation is audited; nobody is answered with it. */
  readonly changed?: Changed;
};

export type HttpResult = {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
};

export const toResult = (response: HttpResponse): HttpResult => {
  const base = {
    statusCode: response.status,
    isBase64Encoded: false,
    ...(response.cookies === undefined ? {} : { cookies: response.cookies }),
  };
  if (response.json !== undefined) {
    const headers = { "content-type": "application/json", ...response.headers };
    return { ...base, headers, body: JSON.stringify(response.json) };
  }
  if (response.html !== undefined) {
    const headers = { "content-type": "text/html; charset=utf-8", ...response.headers };
    return { ...base, headers, body: response.html };
  }
  if (response.bytes !== undefined) {
    const headers = { "content-type": response.bytes.type, ...response.headers };
    return { ...base, headers, body: response.bytes.body.toString("base64"), isBase64Encoded: true };
  }
  return { ...base, headers: { ...response.headers }, body: "" };
};

/** RFC 9457 problem answer, with `code` and `message` as Segment's clients expect them. */
export const toProblem = (error: RapportError): HttpResult => ({
  statusCode: error.status,
  isBase64Encoded: false,
  headers: {
    "content-type": "application/problem+json",
    ...(error.retryAfter === undefined ? {} : { "retry-after": String(error.retryAfter) }),
    ...(error.allow === undefined ? {} : { allow: error.allow }),
  },
  body: JSON.stringify({
    type: `urn:rapport:problem:${error.code}`,
    title: error.title,
    status: error.status,
    code: error.code,
    message: error.message,
    ...error.extra,
    ...(error.errors.length === 0 ? {} : { errors: error.errors }),
  }),
});
