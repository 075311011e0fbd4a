/**
 * What browsers on pages of other sites may do: collect, from any site, with the headers that the clients of Segment and
 * RudderStack send. API Gateway puts it on answers; what it hands over as OPTIONS is answered with the same.
 */
export const CORS = {
  allowOrigins: ["*"],
  allowMethods: ["GET", "POST", "OPTIONS"],
  allowHeaders: [
    ...["authorization", "content-type", "idempotency-key"],
    ...["anonymousid", "sentat", "x-retry-count"],
    ...["rsa-retry-attempt", "rsa-retry-reason", "rsa-since-last-attempt", "rsa-since-first-attempt"],
  ],
  exposeHeaders: ["retry-after"],
  maxAge: 86_400,
};

type Headers = Readonly<Record<string, string | undefined>>;

/** Whether a browser asks by OPTIONS if a page may make a call. */
export const isPreflight = (method: string, headers: Headers): boolean =>
  method === "OPTIONS" &&
  headers.origin !== undefined &&
  headers["access-control-request-method"] !== undefined;

/** The headers that say yes to a browser's question. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": CORS.allowOrigins.join(","),
  "access-control-allow-methods": CORS.allowMethods.join(","),
  "access-control-allow-headers": CORS.allowHeaders.join(","),
  "access-control-max-age": String(CORS.maxAge),
};
