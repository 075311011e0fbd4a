import { createHash } from "node:crypto";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError } from "#kernel/errors.ts";
import type { HttpRequest } from "#runtime/http/http-request.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import { type Console, cookieNames } from "#runtime/http/sessions.ts";
import { NO_ISSUER } from "#runtime/names.ts";
import type { Addresses } from "./addresses.ts";
import { logInCookie, noLogIn, sessionCookies } from "./cookies.ts";
import type { operations } from "./operations.ts";
import { issuerIsSilent, nobodyLogsIn, noCookieKept, notLoggedIn } from "./page.ts";
import type { TokenRequests } from "./tokens.ts";

export type LogIns = {
  readonly at: Console;
  readonly addresses: () => Promise<Addresses>;
  readonly tokens: Pick<TokenRequests, "forCode">;
  /** So many random bytes, in base64url. */
  readonly random: (bytes: number) => string;
};

const FIRST_PAGE = "/console";
const PRIVATE = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
/** Ends the state of a log-in that is begun once more: its cookie was not there. */
const AGAIN = ".again";

const redirectUri = ({ publicUrl }: Console): string => `${publicUrl}/console/callback`;

const lead = (location: string, cookies: readonly string[] = []) =>
  ({ status: 302, headers: { ...PRIVATE, location }, cookies }) as const;

/** A page of the console to come back to; whatever else is asked for, or is too long, leads to the first one. */
export const pageWithin = (asked: string | undefined, { publicUrl }: Pick<Console, "publicUrl">): string => {
  const here = new URL(publicUrl).origin;
  if (asked === undefined || !URL.canParse(asked, here)) return FIRST_PAGE;
  const { origin, pathname, search, hash } = new URL(asked, here);
  const isPage = pathname === FIRST_PAGE || pathname.startsWith(`${FIRST_PAGE}/`);
  const isOurs = /^\/console\/(login|callback|session)$/.test(pathname);
  const page = `${pathname}${search}${hash}`;
  const isShort = page.length <= BOUNDS.comeBackCharacters;
  return origin === here && isPage && !isOurs && isShort ? page : FIRST_PAGE;
};

/** What the cookie of a log-in holds: state, verifier, and where to come back to. */
const packed = (state: string, verifier: string, to: string): string =>
  [state, verifier, Buffer.from(to).toString("base64url")].join("/");

const unpacked = (cookie: string | undefined) => {
  const [state = "", verifier = "", to = ""] = (cookie ?? "").split("/");
  return { state, verifier, to: Buffer.from(to, "base64url").toString("utf8") };
};

const challengeOf = (verifier: string): string => createHash("sha256").update(verifier).digest("base64url");

/** `GET /console/login`, `GET /console/callback`: authorization code with PKCE, all of it on the server. */
export const logInCalls = (deps: LogIns): Pick<Handlers<typeof operations>, "logIn" | "finishLogIn"> => ({
  logIn: async ({ query }) => {
    if (deps.at.issuer === NO_ISSUER) return nobodyLogsIn;
    return begin(deps, query).catch(orSilent);
  },
  finishLogIn: async (call) => finish(deps, call).catch(orSilent),
});

/** People read this: they get a page where programs get a problem. */
const orSilent = (error: unknown): typeof issuerIsSilent => {
  if (error instanceof RapportError && error.code === "unavailable") return issuerIsSilent;
  throw error;
};

const begin = async (deps: LogIns, query: { readonly to?: string; readonly again?: string }) => {
  const { at, random } = deps;
  const { authorization_endpoint } = await deps.addresses();
  const state = random(16) + (query.again === undefined ? "" : AGAIN);
  const verifier = random(32);
  const url = new URL(authorization_endpoint);
  const wanted = {
    response_type: "code",
    client_id: at.clientId,
    redirect_uri: redirectUri(at),
    scope: "openid email profile",
    state,
    code_challenge: challengeOf(verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value);
  return lead(url.href, [logInCookie(at, packed(state, verifier, pageWithin(query.to, at)))]);
};

type Returned = Pick<HttpRequest, "cookies"> & {
  readonly query: { readonly code?: string; readonly state?: string };
};

/**
 * Nobody is logged in by a link that somebody else made: the state must be the one that this browser began with. Who began
 * under another name of this host (localhost) begins once more under ours.
 */
const finish = async ({ at, tokens }: LogIns, { query, cookies }: Returned) => {
  const { state = "", code } = query;
  const begun = unpacked(cookies[cookieNames(at).logIn]);
  if (state === "" || begun.state !== state)
    return state.endsWith(AGAIN) ? noCookieKept : lead("/console/login?again=1");
  const had =
    code === undefined
      ? null
      : await tokens.forCode({ code, verifier: begun.verifier, redirectUri: redirectUri(at) });
  if (had === null) return { ...notLoggedIn, cookies: [noLogIn(at)] };
  return lead(pageWithin(begun.to, at), [...sessionCookies(at, had), noLogIn(at)]);
};
