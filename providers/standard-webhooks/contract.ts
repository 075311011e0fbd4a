import { EXAMPLE } from "#channels/webhook/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";
import { VIA } from "./settings.ts";

const status = (code: number, headers: Record<string, string> = {}): ApiAnswer => ({
  status: code,
  headers,
  body: {},
});
const later = (reason: string, retryAfterMs: number) => ({ result: "later", reason, retryAfterMs }) as const;

/** How systems answer a call of Standard Webhooks. */
export const contract: ProviderContract = {
  sending: {
    webhook: {
      settings: (url) => ({ [VIA]: url }),
      secrets: () => ({
        secret: `whsec_${Buffer.from("a secret of the suite").toString("base64")}`,
        url: "https://system.example/in?team=1",
      }),
      rights: {
        "secretsmanager secret:rapport/prod/providers/standard-webhooks/*": "secretsmanager:GetSecretValue",
      },
      message: EXAMPLE,
      request: {
        path: "/in?team=1",
        body: {
          type: "message.send",
          timestamp: "2027-01-01T11:00:00.000Z",
          data: { messageId: "msg_1", ...EXAMPLE },
        },
      },
      accepted: [
        { answer: status(202), result: { result: "accepted", providerMessageId: "msg_1" } },
        {
          answer: { status: 200, body: { id: "sys-1", ok: true, error: null } },
          result: { result: "accepted", providerMessageId: "sys-1" },
        },
      ],
      refused: [
        { answer: status(410), result: { result: "refused", reason: "address", address: "invalid" } },
        { answer: status(422), result: { result: "refused", reason: "status 422" } },
        {
          answer: { status: 200, body: { ok: false } },
          result: { result: "refused", reason: "error in the answer" },
        },
        {
          answer: { status: 200, body: { error: "channel_not_found" } },
          result: { result: "refused", reason: "error in the answer" },
        },
      ],
      senderAtFault: [
        { answer: status(401), result: later("signature", 300_000) },
        { answer: status(302, { location: "http://169.254.169.254/" }), result: later("moved", 900_000) },
        { answer: status(404), result: later("moved", 900_000) },
      ],
      throttled: [
        { answer: status(429), result: later("throttled", 1_000) },
        { answer: status(429, { "retry-after": "30" }), result: later("throttled", 30_000) },
        { answer: status(503, { "retry-after": "9999999" }), result: later("unavailable", 900_000) },
      ],
      outage: [],
      unknown: [status(504)],
    },
  },
  reports: [],
  inbound: [
    {
      payload: {
        type: "message.received",
        webhookId: "in-1",
        timestamp: "2027-01-01T11:30:00.000Z",
        data: { from: "U123", text: "Yes", inReplyTo: "msg_1", mood: "of next year" },
      },
      says: [
        {
          channel: "webhook",
          providerMessageId: "in-1",
          from: "default:U123",
          to: "",
          text: "Yes",
          at: "2027-01-01T11:30:00.000Z",
          inReplyTo: "msg_1",
        },
      ],
    },
    { payload: { type: "typing.began", webhookId: "in-2" }, says: [] },
    { payload: { type: "message.received", webhookId: "in-3", data: {} }, says: undefined },
  ],
};
