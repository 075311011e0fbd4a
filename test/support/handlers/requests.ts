import type { HttpEvent } from "#runtime/http/http-request.ts";

/** A request as API Gateway hands it over. `body` as it was sent; in base64 when `packed` gives the bytes instead. */
export const httpEvent = (
  given: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly packed?: Buffer;
  } = {},
): HttpEvent => ({
  routeKey: "POST /v1/things",
  rawPath: "/v1/things",
  headers: given.headers ?? {},
  isBase64Encoded: given.packed !== undefined,
  ...(given.body === undefined ? {} : { body: given.body }),
  ...(given.packed === undefined ? {} : { body: given.packed.toString("base64") }),
  requestContext: { requestId: "r1", http: { method: "POST", sourceIp: "127.0.0.1" } },
});
