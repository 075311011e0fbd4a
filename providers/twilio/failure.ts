import type { SendResult } from "#ports/provider.ts";
import { untilMended } from "#providers/wire/failure.ts";

const SECOND_MS = 1_000;
const later = (reason: string): SendResult => ({ result: "later", reason, retryAfterMs: SECOND_MS });
const refused = (reason: string): SendResult => ({ result: "refused", reason });
const NO_NUMBER: SendResult = { result: "refused", reason: "address", address: "invalid" };

const CREDENTIALS = untilMended(
  "credentials",
  "Twilio refuses the account's SID and token. Copy both from its console, and connect the account again.",
  5,
);
const ACCOUNT = untilMended(
  "account disabled",
  "Twilio has suspended the account, or it has no money left. Look at its console, and answer what Twilio wrote.",
);
const SENDER = untilMended(
  "sender missing",
  "What channels.sms.from names (playbook.yaml) is no number or messaging service of this account that may send there. Get one at Twilio, or correct the playbook and publish.",
  5,
);
const QUOTA = untilMended(
  "quota",
  "The day's limit of messages is used up. Ask Twilio for a higher one, or register the numbers, which raises it.",
);

/** "Error and warning dictionary", Twilio; of creating a message. */
const CODES: ReadonlyMap<number, SendResult> = new Map([
  ...[20_003, 20_008].map((code) => [code, CREDENTIALS] as const),
  ...[20_005, 30_002].map((code) => [code, ACCOUNT] as const),
  ...[20_429, 14_107, 21_611, 30_001].map((code) => [code, later("throttled")] as const),
  ...[21_211, 21_614].map((code) => [code, NO_NUMBER] as const),
  ...[21_603, 21_606, 21_612, 21_659, 21_660].map((code) => [code, SENDER] as const),
  [21_408, refused("country")],
  [21_610, refused("opted out")],
  ...[21_602, 21_617, 21_619].map((code) => [code, refused("text")] as const),
  [63_038, QUOTA],
]);

/** What Twilio's refusal says about the message. Null: nobody knows whether it was sent. */
export const failureOf = (status: number, code: number | undefined): SendResult | null => {
  const known = code === undefined ? undefined : CODES.get(code);
  if (known !== undefined) return known;
  if (status === 401 || status === 403) return CREDENTIALS;
  if (status === 429) return later("throttled");
  if (status === 503) return later("unavailable");
  if (status < 400 || status >= 500) return null;
  return refused(code === undefined ? `status ${status}` : `code ${code}`);
};

/** Numbers that no text will ever reach: unknown, and those of landlines. */
const UNREACHABLE_EVER: readonly number[] = [30_005, 30_006];
/** The customer wrote STOP to the number, which Twilio answered by itself. */
const OPTED_OUT = 21_610;

/** Why a text that was taken did not arrive, by the code of its report. */
export const whyUndelivered = (code: number | undefined): "no number" | "opted out" | "failed" => {
  if (code !== undefined && UNREACHABLE_EVER.includes(code)) return "no number";
  return code === OPTED_OUT ? "opted out" : "failed";
};
