import { EXAMPLE } from "#channels/whatsapp/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";
import { API_URL } from "./settings.ts";

/** An error as the Graph API words it. */
const error = (code: number, status = 400): ApiAnswer => ({
  status,
  body: { error: { message: "(#x) for +4915112345678", type: "OAuthException", code, fbtrace_id: "x" } },
});
const later = (reason: string, retryAfterMs: number) => ({ result: "later", reason, retryAfterMs }) as const;
const refused = (reason: string) => ({ result: "refused", reason }) as const;

const payload = (...changes: readonly unknown[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "waba", changes }],
});
const change = (value: object) => ({ field: "messages", value: { messaging_product: "whatsapp", ...value } });
const written = { from: "4915112345678", id: "wamid.1", type: "text", text: { body: "Hi" } };
const says = {
  channel: "whatsapp",
  providerMessageId: "wamid.1",
  from: "4915112345678",
  identifiers: [{ type: "phone", value: "+4915112345678" }],
  to: "",
  text: "Hi",
};
const status = (state: string, more: object = {}) => ({
  id: "wamid.9",
  status: state,
  timestamp: "1798803000",
  recipient_id: "4915112345678",
  biz_opaque_callback_data: "msg_1",
  ...more,
});
const ids = { messageId: "msg_1", providerMessageId: "wamid.9", at: "2027-01-01T11:30:00.000Z" };

export const contract: ProviderContract = {
  sending: {
    whatsapp: {
      settings: (url) => ({ [API_URL]: url }),
      secrets: () => ({ accessToken: "token", phoneNumberId: "106540352242922" }),
      rights: {
        "secretsmanager secret:rapport/prod/providers/whatsapp-cloud-api/*": "secretsmanager:GetSecretValue",
      },
      message: EXAMPLE,
      request: {
        path: "/106540352242922/messages",
        body: {
          messaging_product: "whatsapp",
          recipient_type: "individual",
          to: "4915112345678",
          type: "template",
          template: {
            name: "order_shipped",
            language: { code: "en_US" },
            components: [
              { type: "body", parameters: [{ type: "text", text: "Ada" }] },
              { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "A-1" }] },
            ],
          },
          biz_opaque_callback_data: "msg_1",
        },
      },
      accepted: [
        {
          answer: {
            status: 200,
            body: {
              messaging_product: "whatsapp",
              contacts: [{ input: "4915112345678", wa_id: "4915112345678" }],
              messages: [{ id: "wamid.9", message_status: "accepted" }],
            },
          },
          result: { result: "accepted", providerMessageId: "wamid.9" },
        },
      ],
      refused: [
        { answer: error(131_026), result: refused("undeliverable") },
        { answer: error(131_047), result: refused("window") },
        { answer: error(131_050), result: refused("opted out") },
        { answer: error(132_000), result: refused("template parameters") },
        { answer: error(100), result: refused("code 100") },
        // Says that all is well, and means an error.
        { answer: error(131_026, 200), result: refused("undeliverable") },
      ],
      senderAtFault: [
        { answer: error(190, 401), result: later("credentials", 300_000) },
        { answer: error(131_042), result: later("payment", 900_000) },
        { answer: error(131_031, 403), result: later("account disabled", 900_000) },
        { answer: error(133_010), result: later("sender missing", 300_000) },
        { answer: error(132_001, 404), result: later("template missing", 900_000) },
        { answer: error(132_015), result: later("template paused", 900_000) },
      ],
      throttled: [
        { answer: error(130_429, 429), result: later("throttled", 1_000) },
        { answer: error(131_056), result: later("throttled", 1_000) },
      ],
      outage: [{ answer: error(131_016, 500), result: later("unavailable", 1_000) }],
      unknown: [
        { status: 200, body: {} },
        { status: 200, body: { messages: [] } },
        { status: 302, headers: { location: "http://127.0.0.1:9/elsewhere" }, body: {} },
        error(131_000, 500),
      ],
    },
  },
  reports: [],
  inbound: [
    { payload: payload(change({ messages: [written] })), says: [says] },
    {
      payload: payload(change({ statuses: [status("sent")] })),
      says: [],
      reports: [{ ...ids, fact: { kind: "sent" } }],
    },
    {
      // Where it was read at once, nobody tells that it was delivered.
      payload: payload(change({ statuses: [status("read")] })),
      says: [],
      reports: [
        { ...ids, fact: { kind: "delivered" } },
        { ...ids, fact: { kind: "read" } },
      ],
    },
    {
      payload: payload(change({ statuses: [status("failed", { errors: [{ code: 131_026 }] })] })),
      says: [],
      reports: [{ ...ids, fact: { kind: "failed", reason: "undeliverable" } }],
    },
    {
      // They said no in WhatsApp, which we do not know yet.
      payload: payload(change({ statuses: [status("failed", { errors: [{ code: 131_050 }] })] })),
      says: [],
      reports: [
        { ...ids, fact: { kind: "failed", reason: "opted out" } },
        { ...ids, fact: { kind: "unsubscribed", addresses: ["4915112345678"] } },
      ],
    },
    // Somebody else sent it with the same number.
    {
      payload: payload(change({ statuses: [status("read", { biz_opaque_callback_data: undefined })] })),
      says: [],
    },
    {
      // Shapes of next year beside what is known: each stands for itself.
      payload: payload(
        { field: "weather", value: "rain" },
        change({
          messages: [{ ...written, text: "Hi" }, written, { kind: "dream" }],
          statuses: [status("delivered"), status("dreamt of"), { status: { of: "next year" } }],
          contacts: ["somebody"],
        }),
      ),
      says: [{ ...says, text: "", kind: "text" }, says],
      reports: [{ ...ids, fact: { kind: "delivered" } }],
      unread: 3,
    },
    { payload: { object: "page", entry: [] }, says: undefined },
    { payload: null, says: undefined },
  ],
};
