import { EXAMPLE } from "#channels/webpush/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";
import { decrypt, KNOWN_BROWSER } from "./decrypt.ts";
import { VIA } from "./settings.ts";

const status = (code: number, headers: Record<string, string> = {}): ApiAnswer => ({
  status: code,
  headers,
  body: {},
});
const later = (reason: string, retryAfterMs: number) => ({ result: "later", reason, retryAfterMs }) as const;
const gone = { result: "refused", reason: "address", address: "invalid" } as const;

/** How push services answer (RFC 8030). */
export const contract: ProviderContract = {
  sending: {
    webpush: {
      settings: (url) => ({ [VIA]: url }),
      secrets: () => ({
        publicKey: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
        privateKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
        subject: "mailto:push@shop.example",
      }),
      rights: { "secretsmanager secret:rapport/prod/providers/web-push/*": "secretsmanager:GetSecretValue" },
      message: EXAMPLE,
      readBody: (body) => JSON.parse(decrypt(Buffer.from(body, "base64"), KNOWN_BROWSER)),
      request: { path: "/browser", body: EXAMPLE.notification },
      accepted: [{ answer: status(201), result: { result: "accepted", providerMessageId: "msg_1" } }],
      refused: [
        { answer: status(404), result: gone },
        { answer: status(410), result: gone },
        { answer: status(413), result: { result: "refused", reason: "status 413" } },
        { answer: status(302), result: { result: "refused", reason: "status 302" } },
      ],
      senderAtFault: [{ answer: status(403), result: later("credentials", 300_000) }],
      throttled: [
        { answer: status(429), result: later("throttled", 1_000) },
        { answer: status(429, { "retry-after": "60" }), result: later("throttled", 60_000) },
      ],
      outage: [],
      unknown: [status(504)],
    },
  },
  reports: [],
};
