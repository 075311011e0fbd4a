import * as z from "zod/mini";
import { silent } from "#runtime/http/issuer.ts";
import type { Addresses, AskIssuer } from "./addresses.ts";

/** What the issuer gives for a code, or for a token to renew with. Where that is not rotated, it gives none. */
const Tokens = z.object({ access_token: z.string(), refresh_token: z.optional(z.string()) });
export type Tokens = z.output<typeof Tokens>;

export type TokenRequests = {
  /** Null: the code is none, was used, or somebody else began that log-in. */
  readonly forCode: (given: {
    readonly code: string;
    readonly verifier: string;
    readonly redirectUri: string;
  }) => Promise<Tokens | null>;
  /** Null: the session is over. */
  readonly renewed: (renewal: string) => Promise<Tokens | null>;
  /** Nobody renews with it from now on. Does its best: whoever logs out has done so either way. */
  readonly revoke: (renewal: string) => Promise<void>;
};

type Around = {
  readonly clientId: string;
  readonly addresses: () => Promise<Addresses>;
  readonly ask: AskIssuer;
};

/** The requests that the hub makes of the issuer in a person's name (OAuth 2.0, RFC 6749, 7009 and 7636). */
export const tokenRequests = ({ clientId, addresses, ask }: Around): TokenRequests => {
  const post = (url: string, members: Readonly<Record<string, string>>): Promise<Response> =>
    ask(url, { method: "POST", body: new URLSearchParams({ ...members, client_id: clientId }) });

  const tokensFor = async (members: Readonly<Record<string, string>>): Promise<Tokens | null> => {
    const answer = await post((await addresses()).token_endpoint, members);
    if (answer.status >= 400 && answer.status < 500) return null;
    const tokens = Tokens.safeParse(answer.ok ? await answer.json() : null);
    if (tokens.success) return tokens.data;
    throw silent(tokens.error);
  };

  return {
    forCode: ({ code, verifier, redirectUri }) =>
      tokensFor({
        grant_type: "authorization_code",
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      }),
    renewed: (renewal) => tokensFor({ grant_type: "refresh_token", refresh_token: renewal }),
    revoke: async (renewal) => {
      const { revocation_endpoint: url } = await addresses();
      if (url !== undefined) await post(url, { token: renewal });
    },
  };
};
