import type { SendResult } from "#ports/provider.ts";
import { untilMended } from "./failure.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const later = (reason: string, retryAfterMs: number): SendResult => ({
  result: "later",
  reason,
  retryAfterMs,
});

const CREDENTIALS = untilMended(
  "credentials",
  "Meta refuses the access token, or what it may do. Make one that does not run out, of a system user with whatsapp_business_messaging, and connect the account again.",
  5,
);
const PAYMENT = untilMended(
  "payment",
  "Meta cannot charge the WhatsApp account. Look at its payment method in the business's settings.",
);
const SENDER = untilMended(
  "sender missing",
  "The phone number is not registered for WhatsApp, or is not this account's. Register it in WhatsApp Manager, or correct its id.",
  5,
);
const ACCOUNT = untilMended(
  "account disabled",
  "Meta has locked the WhatsApp account, or keeps it from sending. Look at its quality and at what Meta wrote, in WhatsApp Manager.",
);
const TEMPLATE_MISSING = untilMended(
  "template missing",
  "Meta knows no approved template of that name in that language. Compare the treatment with WhatsApp Manager, and correct the one that is wrong.",
);
const TEMPLATE_PAUSED = untilMended(
  "template paused",
  "Meta has paused or disabled the template, because people complained about it. Look at its quality in WhatsApp Manager, and mend its words.",
);

const refused = (reason: string): SendResult => ({ result: "refused", reason });

/** "Error codes", WhatsApp Cloud API; those of a request. */
const CODES: ReadonlyMap<number, SendResult> = new Map([
  ...[0, 3, 10, 190, 131_005].map((code) => [code, CREDENTIALS] as const),
  ...[4, 80_007, 130_429, 131_056].map((code) => [code, later("throttled", SECOND_MS)] as const),
  ...[2, 131_016, 131_057].map((code) => [code, later("unavailable", SECOND_MS)] as const),
  // Too many of them were blocked or reported: it passes, not in seconds.
  [131_048, later("spam limit", 15 * MINUTE_MS)],
  ...[368, 131_031].map((code) => [code, ACCOUNT] as const),
  [131_042, PAYMENT],
  ...[131_037, 131_045, 133_010].map((code) => [code, SENDER] as const),
  [132_001, TEMPLATE_MISSING],
  ...[132_015, 132_016].map((code) => [code, TEMPLATE_PAUSED] as const),
  [130_497, refused("country")],
  [131_021, refused("own number")],
  // Not on WhatsApp, or not yet agreed to its terms: tomorrow they may be.
  [131_026, refused("undeliverable")],
  [131_047, refused("window")],
  [131_049, refused("too many lately")],
  [131_050, refused("opted out")],
  [131_051, refused("unknown kind")],
  ...[131_052, 131_053].map((code) => [code, refused("media")] as const),
  ...[132_000, 132_005, 132_007, 132_012].map((code) => [code, refused("template parameters")] as const),
]);

/** A short name for what went wrong after Meta had taken a message. */
export const reasonOfCode = (code: number | undefined): string => {
  if (code === undefined) return "failed";
  const known = CODES.get(code);
  return known !== undefined && "reason" in known ? known.reason : `code ${code}`;
};

/** What Meta's error says about the message, by its code. Null: nobody knows whether it was sent. */
export const failureOfCode = (status: number, code: number | undefined): SendResult | null => {
  const known = code === undefined ? undefined : CODES.get(code);
  if (known !== undefined) return known;
  if (code !== undefined && code >= 200 && code < 300) return CREDENTIALS;
  if (status === 401 || status === 403) return CREDENTIALS;
  if (status === 429) return later("throttled", SECOND_MS);
  if (status === 503) return later("unavailable", SECOND_MS);
  if (status < 400 || status >= 500) return null;
  return refused(code === undefined ? `status ${status}` : `code ${code}`);
};
