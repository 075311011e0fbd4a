import { createHmac, timingSafeEqual } from "node:crypto";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";

/** What a browser shows of who its user is: made by the company's server, when the user logs in. */
export type IdentityProof = {
  readonly userId: string;
  /** When it was made, ISO-8601, exactly as it was signed. */
  readonly at: string;
  /** HMAC-SHA256 over `userId + "." + at` with the identity secret, in hex. */
  readonly proof: string;
};

const MAX_AGE_MS = DAY_MS;
/** The clocks of the company's server and ours may differ by so much. */
const MAX_AHEAD_MS = 5 * MINUTE_MS;

/** What is signed has one reading: at a looser one, the end of a longer user id could be taken for the beginning of a time. */
const TIME = /^\d{4}-\d\d-\d\dT/;
const HEX = /^[0-9a-f]{64}$/i;

const signature = (secret: string, userId: string, at: string): Buffer =>
  createHmac("sha256", secret).update(`${userId}.${at}`).digest();

/** The proof that whoever holds it is logged in as `userId`. `at`: ISO-8601; the text itself is signed. */
export const proofOf = (secret: string, userId: string, at: string): IdentityProof => ({
  userId,
  at,
  proof: signature(secret, userId, at).toString("hex"),
});

/**
 * Whether a proof holds at `now` (milliseconds since the epoch): signed with one of the secrets, at most 24 hours old.
 * @param secrets those that count now: two of them while one replaces the other
 */
export const proves = (
  secrets: readonly string[],
  { userId, at, proof }: IdentityProof,
  now: number,
): boolean => {
  const age = now - Date.parse(at);
  if (!(age <= MAX_AGE_MS && age >= -MAX_AHEAD_MS)) return false;
  if (!TIME.test(at) || !HEX.test(proof)) return false;
  const given = Buffer.from(proof, "hex");
  return secrets.some((secret) => timingSafeEqual(given, signature(secret, userId, at)));
};
