import { FetchError, JwtBaseError, JwtExpiredError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { JwtVerifier } from "aws-jwt-verify/jwt-verifier";
import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import { NO_ISSUER } from "../names.ts";
import type { Callers, Person } from "./caller.ts";
import type { HttpRequest } from "./http-request.ts";
import { askIssuer, silent } from "./issuer.ts";
import { hashKey } from "./keys.ts";
import { ROLES, type Role } from "./roles.ts";

/** Where people log in, and where the console is. */
export type Console = {
  /** An OpenID issuer: that of the user pool. */
  readonly issuer: string;
  readonly clientId: string;
  /** Where browsers reach this hub, `https://hub.example.com`. */
  readonly publicUrl: string;
};

/** Names that only the very host they are for can set (RFC 6265bis, 4.1.3); a laptop has no TLS, and none of that. */
export const cookieNames = ({ publicUrl }: Pick<Console, "publicUrl">) => {
  const isSecure = publicUrl.startsWith("https:");
  return {
    isSecure,
    /** The access token: it goes with every call. */
    session: isSecure ? "__Host-rapport-session" : "rapport-session",
    /** What a new access token is had for: it goes to the session's own path alone. */
    renewal: isSecure ? "__Secure-rapport-renewal" : "rapport-renewal",
    /** What a log-in that is under way must come back with. */
    logIn: isSecure ? "__Host-rapport-log-in" : "rapport-log-in",
  };
};

/**
 * Whether a request is made by a page of the console. No page of another site can set the header: browsers would ask before,
 * and hear that it is not allowed. What changes something must say its origin too; for what only reads, browsers say none.
 */
export const isFromConsole = (
  { method, headers }: Pick<HttpRequest, "method" | "headers">,
  { publicUrl }: Console,
): boolean => {
  const site = headers["sec-fetch-site"];
  if (headers["x-rapport-console"] === undefined) return false;
  if (site !== undefined && site !== "same-origin") return false;
  if (headers.origin !== undefined) return headers.origin === new URL(publicUrl).origin;
  return method === "GET";
};

/** What an access token of Cognito says ("Understanding the access token"). */
const AccessToken = z.object({
  sub: z.string().check(z.minLength(1)),
  token_use: z.literal("access"),
  client_id: z.string(),
  exp: z.number(),
  "cognito:groups": z.optional(z.array(z.string())),
});

const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

const unknown = (): RapportError =>
  new RapportError("session_unknown", "nobody is logged in here: log in at /console");

/** Whom an access token is for. Throws `session_expired`, `session_unknown`, `unavailable`. */
export const readAccessToken = ({ issuer, clientId }: Console): ((token: string) => Promise<Person>) => {
  const fetcher = { fetch: async (uri: string) => (await askIssuer(uri)).arrayBuffer() };
  const verifier = JwtVerifier.create(
    { issuer, audience: null, jwksUri: `${issuer}/.well-known/jwks.json` },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
  return async function readPerson(token) {
    if (issuer === NO_ISSUER) throw unknown();
    const claims = AccessToken.safeParse(await verifier.verify(token).catch(refuse));
    if (!claims.success || claims.data.client_id !== clientId) throw unknown();
    const { sub, exp, "cognito:groups": groups = [] } = claims.data;
    const name = `person:${sub}`;
    const roles = groups.filter(isRole);
    return { kind: "person", id: sub, roles, until: exp * 1_000, hash: hashKey(name), name };
  };
};

const refuse = (error: unknown): never => {
  if (error instanceof JwtExpiredError) throw new RapportError("session_expired", "renew the session");
  if (error instanceof FetchError) throw silent(error);
  throw error instanceof JwtBaseError ? unknown() : error;
};

/** Finds who calls by the session's cookie. One that comes from elsewhere than the console counts for nothing. */
export const findSession = (at: Console): NonNullable<Callers["findPerson"]> => {
  const read = readAccessToken(at);
  const { session } = cookieNames(at);
  return async function findPerson(request) {
    const token = request.cookies[session];
    return token === undefined || !isFromConsole(request, at) ? null : read(token);
  };
};
