import { gunzipSync, inflateSync } from "node:zlib";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { isDeeperThan } from "#kernel/json-depth.ts";
import { once } from "#kernel/once.ts";

/** The parts we read of API Gateway's HTTP API payload, format 2.0. */
export type HttpEvent = {
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString?: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** `name=value` each. */
  readonly cookies?: readonly string[];
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly requestId: string;
    readonly http: { readonly method: string; readonly sourceIp: string };
  };
};

/** A request as it came. Header names are in lower case; the body is decoded and unpacked. */
export type HttpRequest = {
  readonly method: string;
  readonly path: string;
  /** `POST /v1/track`: the route as declared, without values. */
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The query as it came, "" without one: some sign the very address that they call. */
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly bodyBytes: Buffer;
  /**
   * Parses whatever the Content-Type says: browsers send JSON as text/plain. Throws `malformed_json`, and
   * `invalid_request` where it is too deep.
   */
  readonly json: () => unknown;
  readonly sourceIp: string;
  readonly requestId: string;
};

/** A packed body may grow to this when unpacked; a bomb is refused, not unpacked. */
const MAX_UNPACKED_BYTES = 10 * 1024 * 1024;

const present = (record: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** Of several cookies of a name the first counts: it is the one with the longest path (RFC 6265, 5.4). */
const cookiesOf = (given: readonly string[] = []): Record<string, string> => {
  const pairs = given.map((one) => {
    const at = one.indexOf("=");
    return [one.slice(0, Math.max(0, at)).trim(), one.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs.toReversed());
};

const unpack = (bytes: Buffer, encoding: string | undefined): Buffer => {
  if (encoding === undefined || encoding === "" || encoding === "identity") return bytes;
  const options = { maxOutputLength: MAX_UNPACKED_BYTES };
  try {
    if (encoding === "gzip" || encoding === "x-gzip") return gunzipSync(bytes, options);
    if (encoding === "deflate") return inflateSync(bytes, options);
  } catch (cause) {
    throw new RapportError("malformed_json", `the body could not be unpacked as ${encoding}`, { cause });
  }
  throw wrongField("headers.content-encoding", "gzip, deflate or none", "another");
};

const parseJson = (bytes: Buffer): unknown => {
  if (isDeeperThan(bytes, BOUNDS.jsonDepth)) {
    throw wrongField("", `lists and objects at most ${BOUNDS.jsonDepth} deep in one another`, "deeper ones");
  }
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new RapportError("malformed_json", "the body is not valid JSON", { cause });
  }
};

export const readRequest = (event: HttpEvent): HttpRequest => {
  const headers = Object.fromEntries(
    Object.entries(present(event.headers)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const raw = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  const bodyBytes = unpack(raw, headers["content-encoding"]?.trim().toLowerCase());
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    route: event.routeKey,
    params: present(event.pathParameters),
    query: present(event.queryStringParameters),
    rawQuery: event.rawQueryString ?? "",
    headers,
    cookies: cookiesOf(event.cookies),
    bodyBytes,
    // The key check asks for it, and the handler.
    json: once(() => parseJson(bodyBytes)),
    sourceIp: event.requestContext.http.sourceIp,
    requestId: event.requestContext.requestId,
  };
};
