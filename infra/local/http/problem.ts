import type { FieldError } from "#kernel/errors.ts";
import { type HttpResponse, respond } from "./messages.ts";

/** An error in the form of the public API: RFC 9457 with a code of ours. */
export const problem = (
  status: number,
  code: string,
  message: string,
  errors: readonly FieldError[] = [],
): HttpResponse => {
  const told = { status, code, message, ...(errors.length === 0 ? {} : { errors }) };
  const body = { type: "about:blank", title: code.replaceAll("_", " "), ...told };
  return respond(status, "application/problem+json", JSON.stringify(body));
};
