import * as z from "zod/mini";
import { silent } from "#runtime/http/issuer.ts";

/** Where the issuer does what, as its own description says (OpenID Connect Discovery 1.0, 3). */
const Addresses = z.object({
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url(),
  revocation_endpoint: z.optional(z.url()),
  end_session_endpoint: z.optional(z.url()),
});
export type Addresses = z.output<typeof Addresses>;

export type AskIssuer = (url: string, request?: RequestInit) => Promise<Response>;

/** Reads the issuer's addresses once, and again after a failure. Throws `unavailable`. */
export const issuerAddresses = (issuer: string, ask: AskIssuer): (() => Promise<Addresses>) => {
  let read: Promise<Addresses> | undefined;
  const load = async (): Promise<Addresses> => {
    const answer = await ask(`${issuer}/.well-known/openid-configuration`);
    const addresses = Addresses.safeParse(answer.ok ? await answer.json() : null);
    if (addresses.success) return addresses.data;
    throw silent(addresses.error);
  };
  return function currentAddresses() {
    read ??= load().catch((error: unknown) => {
      read = undefined;
      throw error;
    });
    return read;
  };
};
