import { createHmac } from "node:crypto";
import type { InboundCall } from "#ports/provider.ts";
import { isSame } from "./same.ts";

/** Names of headers of the specification (standardwebhooks.com). */
export const HEADERS = {
  id: "webhook-id",
  timestamp: "webhook-timestamp",
  signature: "webhook-signature",
} as const;

/** A call older or younger than this may be somebody's who recorded it. */
const TOLERANCE_SECONDS = 300;
/** A shorter key is guessed; of a text that is no base64 nothing is left, and with nothing everybody can sign. */
const SHORTEST_KEY_BYTES = 16;
/** A sender that changes its secret signs with both. */
const MOST_SIGNATURES = 10;

type Signed = { readonly id: string; readonly timestamp: string; readonly body: string | Uint8Array };

/** @param secret `whsec_` and the key in base64 */
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ""), "base64");

/** Whether nobody can guess a secret's key. */
export const isUsable = (secret: string): boolean => keyOf(secret).length >= SHORTEST_KEY_BYTES;

const signatureOf = (key: Buffer, { id, timestamp, body }: Signed): string =>
  `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`;

/** The headers of a call of ours. @param now milliseconds since the epoch */
export const signedHeaders = (
  secret: string,
  { id, body }: Omit<Signed, "timestamp">,
  now: number,
): Record<string, string> => {
  const timestamp = String(Math.floor(now / 1_000));
  return {
    [HEADERS.id]: id,
    [HEADERS.timestamp]: timestamp,
    [HEADERS.signature]: signatureOf(keyOf(secret), { id, timestamp, body }),
  };
};

/** Whether a call is signed with the secret, and fresh. @param now milliseconds since the epoch */
export const isSigned = (secret: string, { headers, body }: InboundCall, now: number): boolean => {
  const { [HEADERS.id]: id, [HEADERS.timestamp]: timestamp, [HEADERS.signature]: given } = headers;
  if (!id || !given || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  if (!isUsable(secret)) return false;
  const wanted = signatureOf(keyOf(secret), { id, timestamp, body });
  return given
    .split(" ")
    .slice(0, MOST_SIGNATURES)
    .some((one) => isSame(one, wanted));
};
