import type { Deployment } from "../assembly/deployment.ts";
import { ISSUERS, issuerUrl, type Place } from "../aws/place.ts";
import { type HttpApi, type HttpRequest, type HttpResponse, respond } from "../http/messages.ts";
import { problem } from "../http/problem.ts";
import type { Settings } from "../state/settings.ts";
import { type PoolClient, readPoolClients } from "./clients.ts";
import { type Begun, createGrants, type Grants } from "./grants.ts";
import { logInPage, refusal } from "./log-in-page.ts";
import { createPeopleBook, type PeopleBook } from "./people.ts";
import { createTokenSigner, type TokenSigner } from "./tokens.ts";

type Around = {
  readonly deployment: Pick<Deployment, "resources">;
  readonly place: Place;
  readonly settings: Settings;
  readonly now: () => number;
};

/** One user pool while the local cloud runs. */
type Pool = {
  readonly url: string;
  readonly clients: readonly PoolClient[];
  readonly signer: TokenSigner;
  readonly people: PeopleBook;
  readonly grants: Grants;
};

type Call = (pool: Pool, request: HttpRequest, url: URL) => HttpResponse;

/**
 * The user pools of the templates, as OpenID issuers under `/_local/cognito/<pool>`: what browsers and the hub ask of
 * Cognito when people log in, with a button for each sample person in place of a password.
 */
export function createIssuer({ deployment, place, settings, now }: Around): HttpApi {
  const signer = createTokenSigner(settings, now);
  const people = createPeopleBook(settings);
  const clients = readPoolClients(deployment);
  const pools = new Map(
    deployment.resources("AWS::Cognito::UserPool").map(({ identity: { ref: id } }): [string, Pool] => {
      const issuer = issuerUrl(place, id);
      const own = clients.filter(({ pool }) => pool === id);
      const grants = createGrants({ issuer, signer, people, now });
      return [id, { url: issuer, clients: own, signer, people, grants }];
    }),
  );
  return async (request) => {
    const url = new URL(request.url, place.apiUrl);
    const [, id = "", path = ""] = new RegExp(`/${ISSUERS}/([^/]+)/(.+)$`).exec(url.pathname) ?? [];
    const pool = pools.get(id);
    const call = CALLS[`${request.method} ${path}`];
    if (pool === undefined || call === undefined)
      return problem(404, "not_found", `there is nothing at ${url.pathname}`);
    return call(pool, request, url);
  };
}

const CALLS: Readonly<Record<string, Call>> = {
  "GET .well-known/openid-configuration": ({ url: issuer }) =>
    json(200, {
      issuer,
      authorization_endpoint: `${issuer}/oauth2/authorize`,
      token_endpoint: `${issuer}/oauth2/token`,
      userinfo_endpoint: `${issuer}/oauth2/userInfo`,
      revocation_endpoint: `${issuer}/oauth2/revoke`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
    }),
  "GET .well-known/jwks.json": ({ signer }) => json(200, signer.keySet()),
  "GET oauth2/authorize": (pool, _request, url) =>
    withLogIn(pool, url, () => logInPage(`${url.pathname}${url.search}`, pool.people.all())),
  "POST oauth2/authorize": (pool, request, url) => withLogIn(pool, url, choose(pool, request, url)),
  "POST oauth2/token": ({ clients, grants }, request) => {
    const form = formOf(request);
    const client = clients.find(({ id }) => id === form.get("client_id"));
    const tokens = client === undefined ? null : grants.tokensFor(client, form);
    return tokens === null ? json(400, { error: "invalid_grant" }) : json(200, tokens);
  },
  "GET oauth2/userInfo": ({ grants }, { headers }) => {
    const person = grants.personOf((headers.authorization ?? "").replace(/^Bearer /, ""));
    if (person === null) return json(401, { error: "invalid_token" });
    const { id, name, email } = person;
    return json(200, { sub: id, username: id, name, email, email_verified: "true" });
  },
  "POST oauth2/revoke": ({ grants }, request) => {
    grants.revoke(formOf(request).get("token") ?? "");
    return { status: 200, headers: {}, body: "" };
  },
  "GET logout": ({ clients }, _request, { searchParams }) => {
    const to = searchParams.get("logout_uri") ?? "";
    const client = clients.find(({ id }) => id === searchParams.get("client_id"));
    return client?.logouts.includes(to) ? lead(to) : refusal("logout_uri is none of the client's");
  },
};

/** Nothing is led to but where the template says: a code that goes elsewhere is somebody else's session. */
function withLogIn(
  { clients }: Pool,
  { searchParams }: URL,
  go: (begun: Begun) => HttpResponse,
): HttpResponse {
  const client = clients.find(({ id }) => id === searchParams.get("client_id"));
  if (client === undefined) return refusal("client_id is none of the user pool's");
  const redirectUri = searchParams.get("redirect_uri") ?? "";
  if (!client.callbacks.includes(redirectUri)) return refusal("redirect_uri is none of the client's");
  const challenge = searchParams.get("code_challenge") ?? "";
  const isCode = searchParams.get("response_type") === "code";
  if (!isCode || challenge === "" || searchParams.get("code_challenge_method") !== "S256")
    return refusal("only an authorization code with PKCE (S256) is given");
  return go({ client, redirectUri, challenge });
}

const choose =
  ({ grants, people }: Pool, request: HttpRequest, { searchParams }: URL) =>
  (begun: Begun): HttpResponse => {
    const person = people.find(formOf(request).get("person") ?? undefined);
    if (person === null) return refusal("there is no such person");
    if (!person.isEnabled) return refusal("the user is disabled");
    if (person.isInvited) people.put({ ...person, isInvited: false });
    const to = new URL(begun.redirectUri);
    to.searchParams.set("code", grants.codeFor(begun, person));
    to.searchParams.set("state", searchParams.get("state") ?? "");
    return lead(to.href);
  };

const formOf = ({ body }: HttpRequest): URLSearchParams => new URLSearchParams(body.toString("utf8"));

const json = (status: number, body: object): HttpResponse =>
  respond(status, "application/json", JSON.stringify(body));

const lead = (location: string): HttpResponse => ({
  status: 302,
  headers: { location, "cache-control": "no-store" },
  body: "",
});
