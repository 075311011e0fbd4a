import * as z from "zod/mini";
import { RapportError } from "#kernel/errors.ts";
import type { Person } from "#runtime/http/caller.ts";
import type { HttpRequest } from "#runtime/http/http-request.ts";
import { silent } from "#runtime/http/issuer.ts";
import type { Handlers } from "#runtime/http/operation.ts";
import { callsOf, seesAddresses } from "#runtime/http/roles.ts";
import { type Console, cookieNames, isFromConsole } from "#runtime/http/sessions.ts";
import type { Addresses, AskIssuer } from "./addresses.ts";
import { noSession, sessionCookies } from "./cookies.ts";
import type { operations, Session } from "./operations.ts";
import type { TokenRequests } from "./tokens.ts";

export type Sessions = {
  readonly at: Console;
  readonly addresses: () => Promise<Addresses>;
  readonly tokens: Pick<TokenRequests, "renewed" | "revoke">;
  readonly readPerson: (accessToken: string) => Promise<Person>;
  readonly ask: AskIssuer;
};

const PRIVATE = { "cache-control": "no-store" };

/** What the issuer tells of a person (OpenID Connect Core 1.0, 5.3). */
const UserInfo = z.object({ name: z.optional(z.string()), email: z.optional(z.string()) });

/** `GET`, `POST` and `DELETE /console/session`: who is logged in, going on, and logging out. */
export const sessionCalls = (
  deps: Sessions,
): Pick<Handlers<typeof operations>, "showSession" | "renewSession" | "endSession"> => ({
  showSession: async (call) => {
    const token = cookieOf(deps, call, "session");
    return { status: 200, json: await sessionOf(deps, token), headers: PRIVATE };
  },
  renewSession: async (call) => {
    const tokens = await deps.tokens.renewed(cookieOf(deps, call, "renewal"));
    if (tokens === null) throw over();
    const json = await sessionOf(deps, tokens.access_token);
    if (json.personId !== personIn(call.cookies[cookieNames(deps.at).session])) throw over();
    return { status: 200, json, headers: PRIVATE, cookies: sessionCookies(deps.at, tokens) };
  },
  endSession: async (call) => {
    if (!isFromConsole(call, deps.at)) throw over();
    const renewal = call.cookies[cookieNames(deps.at).renewal];
    // Whoever logs out is logged out here, whether the issuer answers or not.
    const to = await leave(deps, renewal).catch(() => "/console/login");
    return { status: 200, json: { to }, headers: PRIVATE, cookies: noSession(deps.at) };
  },
});

const over = (): RapportError =>
  new RapportError("session_unknown", "nobody is logged in here: log in at /console");

/** A cookie of the session, for a page of the console alone. */
const cookieOf = (
  { at }: Sessions,
  request: Pick<HttpRequest, "cookies" | "headers" | "method">,
  name: "session" | "renewal",
): string => {
  const value = request.cookies[cookieNames(at)[name]] ?? "";
  if (value === "" || !isFromConsole(request, at)) throw over();
  return value;
};

const Subject = z.object({ sub: z.string() });

/**
 * Whom a session was for, its time over or not. Unlike the cookie that renews it, which goes to one path alone, no other host
 * of the site can set the session's: so nobody goes on as somebody whom such a host chose.
 */
const personIn = (session = ""): string | null => {
  try {
    const [, claims = ""] = session.split(".");
    return z.parse(Subject, JSON.parse(Buffer.from(claims, "base64url").toString("utf8"))).sub;
  } catch {
    return null;
  }
};

const sessionOf = async (deps: Sessions, accessToken: string): Promise<Session> => {
  const { id, roles, until } = await deps.readPerson(accessToken);
  const { userinfo_endpoint } = await deps.addresses();
  const answer = await deps.ask(userinfo_endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
  if (answer.status === 401) throw over();
  const told = UserInfo.safeParse(answer.ok ? await answer.json() : null);
  if (!told.success) throw silent(told.error);
  const { name, email } = told.data;
  return {
    personId: id,
    name: name ?? email ?? id,
    email: email ?? null,
    roles: [...roles],
    calls: [...callsOf(roles)],
    addresses: seesAddresses(roles) ? "shown" : "masked",
    renewBy: new Date(until).toISOString(),
  };
};

/** Where the browser ends the log-in itself, as Cognito has it ("Logout endpoint"). */
const leave = async ({ at, addresses, tokens }: Sessions, renewal: string | undefined): Promise<string> => {
  if (renewal !== undefined && renewal !== "") await tokens.revoke(renewal);
  const { end_session_endpoint: end } = await addresses();
  if (end === undefined) return "/console/login";
  const url = new URL(end);
  url.searchParams.set("client_id", at.clientId);
  url.searchParams.set("logout_uri", `${at.publicUrl}/console/login`);
  return url.href;
};
