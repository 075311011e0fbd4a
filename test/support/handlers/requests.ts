import { memoryAuditLog } from "#adapters/memory/audit-log.ts";
import { SCOPES } from "#ports/key-store.ts";
import { systemClock, systemIds } from "#runtime/clock.ts";
import type { HttpEvent, HttpRequest } from "#runtime/http/http-request.ts";
import type { HttpResponse } from "#runtime/http/http-response.ts";
import type { Handlers, Operations } from "#runtime/http/operation.ts";
import { router } from "#runtime/http/router.ts";

/** A request as API Gateway hands it over. `body` as it was sent; in base64 when `packed` gives the bytes instead. */
export const httpEvent = (
  given: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly packed?: Buffer;
    readonly route?: string;
  } = {},
): HttpEvent => {
  const { route = "POST /v1/things" } = given;
  const [method = "", path = ""] = route.split(" ");
  return {
    routeKey: route,
    rawPath: path,
    headers: given.headers ?? {},
    isBase64Encoded: given.packed !== undefined,
    ...(given.body === undefined ? {} : { body: given.body }),
    ...(given.packed === undefined ? {} : { body: given.packed.toString("base64") }),
    requestContext: { requestId: "r1", http: { method, sourceIp: "127.0.0.1" } },
  };
};

export type Given = {
  /** Sent as JSON, if it is neither bytes nor text. */
  readonly body?: unknown;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The secret key. */
  readonly key?: string;
};

const bytesOf = (body: unknown): Buffer => {
  if (Buffer.isBuffer(body)) return body;
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
};

/** A request to a route such as `GET /v1/messages/{id}`, as the HTTP pipeline reads it. */
export const requestOf = (route: string, given: Given = {}): HttpRequest => {
  const [method = "", path = ""] = route.split(" ");
  const bodyBytes = bytesOf(given.body);
  return {
    method,
    path,
    route,
    params: given.params ?? {},
    query: given.query ?? {},
    rawQuery: "",
    headers: { authorization: `Bearer ${given.key ?? "key-1"}`, ...given.headers },
    cookies: {},
    bodyBytes,
    json: () => JSON.parse(bodyBytes.toString("utf8")),
    sourceIp: "203.0.113.9",
    requestId: "req_1",
  };
};

/** Calls a function's operations as its handler does; every key is known and may do everything. */
export const callerOf = <Ops extends Operations>(operations: Ops, handlers: Handlers<Ops>) => {
  const route = router(operations, handlers, {
    findKey: async (hash) => ({ hash, kind: "secret", scopes: SCOPES, name: "shop" }),
    audit: { log: memoryAuditLog(), clock: systemClock, ids: systemIds },
  });
  return (called: Ops[keyof Ops]["route"], given?: Given): Promise<HttpResponse> =>
    route(requestOf(called, given));
};
