import type * as z from "zod/mini";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { KeyStore } from "#ports/key-store.ts";
import { parse } from "../parse.ts";
import type { HttpRequest } from "./http-request.ts";
import type { HttpResponse } from "./http-response.ts";
import { checkKey } from "./keys.ts";
import type { Bodies, Handlers, Operation, Operations } from "./operation.ts";

/** The compiler has checked each handler against its own operation; here they are all alike. */
type Handle = (call: never) => Promise<HttpResponse>;

/**
 * Answers a request by the operation of its route: the key is checked, then query, headers and body, then its handler
 * runs. Throws `not_found` for a route that is none of theirs, `key_missing`, `key_unknown`, `scope_missing`,
 * `malformed_json`, `invalid_request`, and what handlers throw.
 * @param findKey finds a key by its hash
 */
export const router = <Ops extends Operations>(
  operations: Ops,
  handlers: Handlers<Ops>,
  findKey: KeyStore["find"],
): ((request: HttpRequest) => Promise<HttpResponse>) => {
  const byRoute = new Map(
    Object.entries(operations).map(([id, operation]) => [
      operation.route as string,
      { operation, handle: handlers[id] as Handle },
    ]),
  );
  return async function route(request) {
    const found = byRoute.get(request.route);
    if (found === undefined) throw new RapportError("not_found", "there is nothing under this path");
    const { operation, handle } = found;
    checkSize(operation, request);
    const key = operation.scope === null ? null : await checkKey(findKey, request, operation.scope);
    return handle({ ...request, key, ...checked(operation, request) } as never);
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
