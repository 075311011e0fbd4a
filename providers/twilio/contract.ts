import { EXAMPLE } from "#channels/sms/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";
import { API_URL, PUBLIC_URL } from "./settings.ts";

const SID = `AC${"1".repeat(32)}`;
const error = (code: number, status = 400): ApiAnswer => ({
  status,
  body: { code, message: "The 'To' number +4915112345678 is...", more_info: "https://x", status },
});
const later = (reason: string, retryAfterMs: number) => ({ result: "later", reason, retryAfterMs }) as const;
const refused = (reason: string) => ({ result: "refused", reason }) as const;

/** An hour before the deadline of the suite's messages: Twilio's calls name no time. */
const ids = { messageId: "msg_1", providerMessageId: "SM1", at: "2027-01-01T11:00:00.000Z" };
const told = (MessageStatus: string, more: object = {}, messageId: string | undefined = "msg_1") => ({
  form: { MessageSid: "SM1", MessageStatus, To: "+4915112345678", From: "+15550100", ...more },
  ...(messageId === undefined ? {} : { messageId }),
});

export const contract: ProviderContract = {
  sending: {
    sms: {
      settings: (url) => ({ [API_URL]: url, [PUBLIC_URL]: "https://hub.example/" }),
      secrets: () => ({ accountSid: SID, authToken: "token" }),
      rights: { "secretsmanager secret:rapport/prod/providers/twilio/*": "secretsmanager:GetSecretValue" },
      readBody: (form) => Object.fromEntries(new URLSearchParams(form)),
      message: EXAMPLE,
      request: {
        path: `/2010-04-01/Accounts/${SID}/Messages.json`,
        body: {
          To: "+4915112345678",
          From: "+15550100",
          Body: "Hi",
          StatusCallback: "https://hub.example/v1/in/twilio/default?messageId=msg_1",
          // Twilio gives up at the message's own deadline.
          ValidityPeriod: "3600",
        },
      },
      accepted: [
        {
          answer: { status: 201, body: { sid: "SM1", status: "queued" } },
          result: { result: "accepted", providerMessageId: "SM1" },
        },
      ],
      refused: [
        { answer: error(21_211), result: { result: "refused", reason: "address", address: "invalid" } },
        { answer: error(21_610), result: refused("opted out") },
        { answer: error(21_408), result: refused("country") },
        { answer: error(99_999), result: refused("code 99999") },
      ],
      senderAtFault: [
        { answer: error(20_003, 401), result: later("credentials", 300_000) },
        { answer: error(21_606), result: later("sender missing", 300_000) },
        { answer: error(30_002), result: later("account disabled", 900_000) },
        { answer: error(63_038, 429), result: later("quota", 900_000) },
      ],
      throttled: [
        { answer: error(20_429, 429), result: later("throttled", 1_000) },
        { answer: error(21_611), result: later("throttled", 1_000) },
      ],
      outage: [],
      unknown: [
        { status: 201, body: {} },
        { status: 200, body: { sid: "SM1" } },
        { status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" }, body: {} },
      ],
    },
  },
  reports: [],
  inbound: [
    { payload: told("sent"), says: [], reports: [{ ...ids, fact: { kind: "sent" } }] },
    { payload: told("delivered"), says: [], reports: [{ ...ids, fact: { kind: "delivered" } }] },
    {
      payload: told("undelivered", { ErrorCode: "30003" }),
      says: [],
      reports: [{ ...ids, fact: { kind: "failed", reason: "code 30003" } }],
    },
    {
      // A landline.
      payload: told("undelivered", { ErrorCode: "30006" }),
      says: [],
      reports: [
        {
          ...ids,
          fact: { kind: "bounced", permanent: true, reason: "code 30006", addresses: ["+4915112345678"] },
        },
      ],
    },
    {
      // They wrote STOP, and Twilio answered it by itself.
      payload: told("failed", { ErrorCode: "21610" }),
      says: [],
      reports: [
        { ...ids, fact: { kind: "failed", reason: "opted out" } },
        { ...ids, fact: { kind: "unsubscribed", addresses: ["+4915112345678"] } },
      ],
    },
    { payload: told("of next year"), says: [] },
    // Somebody else sent it by the same account.
    { payload: told("delivered", {}, "order-1"), says: [] },
    {
      payload: {
        form: {
          MessageSid: "SM2",
          From: "+4915112345678",
          To: "+15550100",
          Body: " Stop ",
          NumMedia: "1",
          MediaUrl0: "https://api.twilio.com/media/ME1",
          MediaContentType0: "image/jpeg",
          OfNextYear: "is passed over",
        },
      },
      says: [
        {
          channel: "sms",
          providerMessageId: "SM2",
          from: "+4915112345678",
          to: "+15550100",
          text: " Stop ",
          attachments: [{ id: "https://api.twilio.com/media/ME1", type: "image/jpeg" }],
        },
      ],
    },
    { payload: { form: { CallSid: "CA1" } }, says: undefined },
    { payload: "MessageSid=SM1", says: undefined },
  ],
};
