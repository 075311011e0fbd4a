import type * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { parse } from "../parse.ts";
import { audited } from "./audited.ts";
import { type Callers, checkCaller } from "./caller.ts";
import type { HttpRequest } from "./http-request.ts";
import type { HttpResponse } from "./http-response.ts";
import { masked } from "./masked.ts";
import type { Bodies, Handlers, Operation, Operations } from "./operation.ts";

/** The compiler has checked each handler against its own operation; here they are all alike. */
type Handle = (call: never) => Promise<HttpResponse>;

/**
 * Answers a request by the operation of its route: the caller is checked, then query, headers and body, then its handler
 * runs. Throws `not_found` for a route that is none of theirs, what `checkCaller` does, `malformed_json`,
 * `invalid_request`, and what handlers throw.
 */
export const router = <Ops extends Operations>(
  operations: Ops,
  handlers: Handlers<Ops>,
  callers: Callers,
): ((request: HttpRequest) => Promise<HttpResponse>) => {
  if (callers.audit === undefined && Object.values(operations).some(({ audit }) => audit !== undefined))
    throw new Error("operations are audited, and there is nothing to write it into");
  const byRoute = new Map(
    Object.entries(operations).map(([id, operation]) => [
      operation.route as string,
      { id, operation, handle: handlers[id] as Handle },
    ]),
  );
  return async function route(request) {
    const found = byRoute.get(request.route);
    if (found === undefined) throw new RapportError("not_found", "there is nothing under this path");
    const { id, operation, handle } = found;
    checkSize(operation, request);
    const { scope } = operation;
    const caller = scope === null ? null : await checkCaller(callers, request, { id, scope });
    const given = { ...request, caller, ...checked(operation, request) } as never;
    if (caller === null) return handle(given);
    const answer = await audited(callers.audit, { id, operation, caller, request }, () => handle(given));
    return masked(answer, operation, caller);
  };
};

const checkSize = ({ maxBytes = BOUNDS.bodyBytes }: Operation, { bodyBytes }: HttpRequest): void => {
  if (bodyBytes.length <= maxBytes) return;
  throw wrongField("", `a body of at most ${maxBytes} bytes`, `${bodyBytes.length} bytes`);
};

const checked = ({ query, headers, request: body }: Operation, request: HttpRequest) => ({
  query: query === undefined ? request.query : parse(query, request.query),
  headers: {
    ...request.headers,
    ...(headers === undefined ? {} : parse(headers, request.headers, "headers.")),
  },
  body: body === undefined || !isSchema(body) ? undefined : parse(body, bodyOf(body, request)),
});

const isSchema = (request: z.core.$ZodType | Bodies): request is z.core.$ZodType => "_zod" in request;

/** No body is malformed, but where the operation can do without one. */
const bodyOf = (schema: z.core.$ZodType, request: HttpRequest): unknown =>
  request.bodyBytes.length === 0 && schema._zod.optin !== undefined ? undefined : request.json();
