import { randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { isPreflight } from "#runtime/http/cors.ts";
import { asObject, numberAt, objectAt, parseObject, stringsAt, textAt } from "../aws/json.ts";
import { ACCOUNT } from "../aws/place.ts";
import type { Outcome } from "../lambda/function.ts";
import type { FunctionPool } from "../lambda/pool.ts";
import type { Faults } from "../machine/faults.ts";
import { type HttpApi, type HttpRequest, type HttpResponse, respond } from "./messages.ts";
import { decode, type RouteTable } from "./routes.ts";

/** As the template's `CorsConfiguration` says; null = none, then OPTIONS is a route like any other. */
export type Cors = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAge: number | null;
  readonly credentials: boolean;
};

type Settings = {
  readonly id: string;
  readonly routes: RouteTable<FunctionPool>;
  readonly cors: Cors | null;
  readonly faults: Pick<Faults, "take">;
  readonly now: () => number;
};

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Bodies of these types reach the function as text, all others in base64. */
const TEXT_TYPES = /^(text\/|application\/(json|xml|javascript)\b)/i;

/**
 * An HTTP API of API Gateway: routes, CORS, payload format 2.0 in both directions. A browser's question by OPTIONS goes to
 * the route that takes it, `$default` included; without one the gateway answers it.
 */
export function createHttpApi(settings: Settings): HttpApi {
  return async (request) => {
    const answer = await route(settings, request);
    if (settings.cors === null) return answer;
    const { origin } = request.headers;
    return {
      ...answer,
      headers: {
        ...withoutCors(answer.headers),
        ...corsHeaders(settings.cors, origin),
        ...(isPreflight(request.method, request.headers) ? preflightHeaders(settings.cors, origin) : {}),
      },
    };
  };
}

async function route(settings: Settings, request: HttpRequest): Promise<HttpResponse> {
  if (request.body.length > MAX_BODY_BYTES) return message(413, "Request Entity Too Large");
  const [path = "/", query = ""] = splitOnce(request.url, "?");
  const match = settings.routes(request.method, path);
  if (match === null)
    return settings.cors !== null && isPreflight(request.method, request.headers)
      ? { status: 204, headers: {}, body: "" }
      : message(404, "Not Found");
  // What the stage itself answers under load, before any function sees the request.
  const fault = settings.faults.take(match.routeKey, null);
  if (fault?.kind === "throttle") return message(429, "Too Many Requests");
  if (fault?.kind === "error") return message(503, "Service Unavailable");
  const event = eventOf(settings, request, {
    path,
    query,
    routeKey: match.routeKey,
    pathParameters: match.pathParameters,
  });
  return responseOf(await match.target.invoke(event));
}

const splitOnce = (text: string, separator: string): readonly [string, string] => {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
};

const message = (status: number, text: string): HttpResponse =>
  respond(status, "application/json", JSON.stringify({ message: text }));

type Matched = {
  readonly path: string;
  readonly query: string;
  readonly routeKey: string;
  readonly pathParameters: { readonly [name: string]: string };
};

/** "Working with AWS Lambda proxy integrations for HTTP APIs", payload format 2.0. */
function eventOf(settings: Settings, request: HttpRequest, matched: Matched): JsonObject {
  const { cookie, ...headers } = request.headers;
  const isText = TEXT_TYPES.test(headers["content-type"] ?? "") && headers["content-encoding"] === undefined;
  const now = settings.now();
  const hasBody = request.body.length > 0;
  const parameters = queryParameters(matched.query);
  return {
    version: "2.0",
    routeKey: matched.routeKey,
    rawPath: decode(matched.path),
    rawQueryString: matched.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(Object.keys(parameters).length > 0 ? { queryStringParameters: parameters } : {}),
    ...(Object.keys(matched.pathParameters).length > 0 ? { pathParameters: matched.pathParameters } : {}),
    requestContext: {
      accountId: ACCOUNT,
      apiId: settings.id,
      domainName: headers.host ?? "127.0.0.1",
      domainPrefix: settings.id,
      http: {
        method: request.method,
        path: decode(matched.path),
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: matched.routeKey,
      stage: "$default",
      time: new Date(now).toUTCString(),
      timeEpoch: Math.floor(now),
    },
    ...(hasBody ? { body: isText ? request.body.toString("utf8") : request.body.toString("base64") } : {}),
    isBase64Encoded: hasBody && !isText,
  };
}

/** Repeated parameters are joined by commas. */
function queryParameters(query: string): { readonly [name: string]: string } {
  const parameters: { [name: string]: string } = {};
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  }
  return parameters;
}

function responseOf(outcome: Outcome): HttpResponse {
  if (!outcome.ok) return failure(outcome.errorType);
  const result = parseObject(outcome.payload);
  const status = result === null ? undefined : numberAt(result, "statusCode");
  // Without a status code the whole result is the body of a 200, as format 2.0 promises.
  if (result === null || status === undefined) return respond(200, "application/json", outcome.payload);
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(objectAt(result, "headers")))
    headers[name.toLowerCase()] = String(value);
  const text = textAt(result, "body") ?? "";
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    cookies: stringsAt(result, "cookies"),
    body: result.isBase64Encoded === true ? Buffer.from(text, "base64") : text,
  };
}

function failure(errorType: string): HttpResponse {
  if (errorType === "Sandbox.Timedout" || errorType === "TooManyRequestsException")
    return message(503, "Service Unavailable");
  return message(500, "Internal Server Error");
}

function allowedOrigin(cors: Cors, origin: string | undefined): string | null {
  if (origin === undefined) return null;
  if (cors.origins.includes("*") && !cors.credentials) return "*";
  return cors.origins.some((one) => one === origin || one === "*" || one === `${origin.split("//")[0]}//*`)
    ? origin
    : null;
}

function corsHeaders(cors: Cors | null, origin: string | undefined): { readonly [name: string]: string } {
  const allowed = cors === null ? null : allowedOrigin(cors, origin);
  if (cors === null || allowed === null) return {};
  return {
    "access-control-allow-origin": allowed,
    ...(cors.credentials ? { "access-control-allow-credentials": "true" } : {}),
    ...(cors.exposed.length > 0 ? { "access-control-expose-headers": cors.exposed.join(",") } : {}),
    ...(allowed === "*" ? {} : { vary: "origin" }),
  };
}

function preflightHeaders(cors: Cors, origin: string | undefined): { readonly [name: string]: string } {
  if (allowedOrigin(cors, origin) === null) return {};
  return {
    "access-control-allow-methods": cors.methods.join(","),
    "access-control-allow-headers": cors.headers.join(","),
    ...(cors.maxAge === null ? {} : { "access-control-max-age": String(cors.maxAge) }),
  };
}

/** With CORS configured, API Gateway ignores what the function says about it. */
const withoutCors = (headers: { readonly [name: string]: string }): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("access-control-")));

/** Reads `CorsConfiguration` of `AWS::ApiGatewayV2::Api`. */
export function readCors(properties: JsonObject): Cors | null {
  const configuration = asObject(properties.CorsConfiguration);
  if (configuration === null) return null;
  return {
    origins: stringsAt(configuration, "AllowOrigins"),
    methods: stringsAt(configuration, "AllowMethods"),
    headers: stringsAt(configuration, "AllowHeaders"),
    exposed: stringsAt(configuration, "ExposeHeaders"),
    maxAge: numberAt(configuration, "MaxAge") ?? null,
    credentials: configuration.AllowCredentials === true,
  };
}
