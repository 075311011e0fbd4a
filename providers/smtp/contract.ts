import { EXAMPLE } from "#channels/email/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";

const reply = (status: number, command: string, words: string): ApiAnswer => ({
  status,
  body: { command, words },
});
const later = (reason: string, retryAfterMs: number) => ({ result: "later", reason, retryAfterMs }) as const;

/** How a mail server answers (RFC 5321, RFC 3463). */
export const contract: ProviderContract = {
  sending: {
    email: {
      speaks: "mail",
      settings: () => ({}),
      secrets: (url) => ({ url: url.replace("http://", "smtp://user:password@") }),
      rights: { "secretsmanager secret:rapport/prod/providers/smtp/*": "secretsmanager:GetSecretValue" },
      message: EXAMPLE,
      request: {
        path: "ada@example.com",
        body: {
          From: "=?UTF-8?Q?Caf=C3=A9_Fern?= <hello@fern.example>",
          To: "ada@example.com",
          "Reply-To": "help@fern.example",
          "Message-Id": "<msg_1@fern.example>",
          "List-Unsubscribe": "<https://hub.example/u/x>",
          subject: "Grüße",
          text: "Hi",
          html: "<p>Hi</p>",
        },
      },
      accepted: [
        {
          answer: reply(250, ".", "2.0.0 taken"),
          result: { result: "accepted", providerMessageId: "msg_1@fern.example" },
        },
      ],
      refused: [
        {
          answer: reply(550, "RCPT", "5.1.1 user unknown"),
          result: { result: "refused", reason: "address", address: "invalid" },
        },
        {
          answer: reply(550, "RCPT", "5.7.1 blocked"),
          result: { result: "refused", reason: "status 550" },
        },
        // The sender's address, not the recipient's.
        {
          answer: reply(550, "MAIL", "5.1.1 sender unknown"),
          result: { result: "refused", reason: "status 550" },
        },
        { answer: reply(554, ".", "5.7.1 spam"), result: { result: "refused", reason: "status 554" } },
      ],
      senderAtFault: [{ answer: reply(535, "AUTH", "5.7.8 who are you"), result: later("login", 300_000) }],
      throttled: [
        { answer: reply(450, "RCPT", "4.2.0 greylisted"), result: later("throttled", 1_000) },
        { answer: reply(452, "MAIL", "4.3.1 no room"), result: later("throttled", 1_000) },
        { answer: reply(451, ".", "4.3.0 later"), result: later("throttled", 1_000) },
      ],
      outage: [{ answer: reply(421, "connect", "4.3.2 busy"), result: later("unavailable", 1_000) }],
      unknown: [reply(0, ".", "")],
    },
  },
  reports: [],
};
