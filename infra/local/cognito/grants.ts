import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { textAt } from "../aws/json.ts";
import type { PoolClient } from "./clients.ts";
import type { LocalPerson, PeopleBook } from "./people.ts";
import type { TokenSigner } from "./tokens.ts";

/** What tokens are given for, as Cognito gives them: a code, once; a token to renew with, which is another each time. */
export type Grants = {
  readonly codeFor: (begun: Begun, person: LocalPerson) => string;
  /** Null: what was brought is worth nothing. */
  readonly tokensFor: (client: PoolClient, form: URLSearchParams) => object | null;
  readonly revoke: (renewal: string) => void;
  /** Whom an access token is for. */
  readonly personOf: (accessToken: string) => LocalPerson | null;
};

/** A log-in as it was begun. */
export type Begun = {
  readonly client: PoolClient;
  readonly redirectUri: string;
  readonly challenge: string;
};

const CODE_MS = 5 * 60_000;
/** Two tabs may renew at once: what was renewed with is good for so long after. */
const GRACE_MS = 60_000;
const SCOPE = "openid email profile";

type Around = {
  readonly issuer: string;
  readonly signer: TokenSigner;
  readonly people: PeopleBook;
  readonly now: () => number;
};

export function createGrants({ issuer, signer, people, now }: Around): Grants {
  /** Whoever was disabled gets nothing any more. */
  const personAt = (id: string | undefined): LocalPerson | null => {
    const person = people.find(id);
    return person?.isEnabled === true ? person : null;
  };
  const codes = new Map<string, Begun & { readonly person: LocalPerson; readonly until: number }>();
  /** `jti` of tokens to renew with, and from when they are over. */
  const over = new Map<string, number>();

  const tokensOf = (person: LocalPerson, client: PoolClient): object => {
    const iat = Math.floor(now() / 1_000);
    const groups = person.roles.length === 0 ? {} : { "cognito:groups": person.roles };
    const about = { iss: issuer, sub: person.id, username: person.id, ...groups, iat };
    const of = (use: string, seconds: number, more: JsonObject): string =>
      signer.sign({ ...about, token_use: use, exp: iat + seconds, jti: randomUUID(), ...more });
    const { id } = client;
    const { name, email } = person;
    return {
      access_token: of("access", client.accessSeconds, { client_id: id, scope: SCOPE }),
      id_token: of("id", client.accessSeconds, { aud: id, name, email, email_verified: true }),
      refresh_token: of("refresh", client.renewalSeconds, { client_id: id }),
      token_type: "Bearer",
      expires_in: client.accessSeconds,
    };
  };

  const forCode = (client: PoolClient, form: URLSearchParams): object | null => {
    const code = form.get("code") ?? "";
    const begun = codes.get(code);
    codes.delete(code);
    if (begun === undefined || begun.until < now() || begun.client.id !== client.id) return null;
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isSame = begun.challenge === challenge && begun.redirectUri === form.get("redirect_uri");
    return isSame ? tokensOf(begun.person, client) : null;
  };

  const forRenewal = (client: PoolClient, form: URLSearchParams): object | null => {
    const claims = signer.read(form.get("refresh_token") ?? "");
    if (claims === null || claims.token_use !== "refresh" || claims.client_id !== client.id) return null;
    const jti = textAt(claims, "jti") ?? "";
    const person = personAt(textAt(claims, "sub"));
    if (person === null || (over.get(jti) ?? Number.POSITIVE_INFINITY) < now()) return null;
    if (!over.has(jti)) over.set(jti, now() + GRACE_MS);
    return tokensOf(person, client);
  };

  return {
    codeFor: (begun, person) => {
      const code = randomUUID();
      codes.set(code, { ...begun, person, until: now() + CODE_MS });
      return code;
    },
    tokensFor: (client, form) => {
      const kind = form.get("grant_type");
      if (kind === "authorization_code") return forCode(client, form);
      return kind === "refresh_token" ? forRenewal(client, form) : null;
    },
    revoke: (renewal) => {
      const jti = textAt(signer.read(renewal) ?? {}, "jti");
      if (jti !== undefined) over.set(jti, 0);
    },
    personOf: (accessToken) => {
      const claims = signer.read(accessToken);
      return claims?.token_use === "access" ? personAt(textAt(claims, "sub")) : null;
    },
  };
}
