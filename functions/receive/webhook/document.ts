import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const params = {
  provider: { about: "A provider's name", example: "standard-webhooks" },
  account: { about: "The account's name, as `rapport providers connect` was told it", example: "default" },
} as const;
const message = {
  type: "message.received",
  timestamp: "2026-11-30T09:30:00Z",
  data: { from: "U123", text: "Where is my order?" },
};

export const described: Described<typeof operations> = {
  tag: { name: "Providers", description: "What providers call, with their own signatures." },
  calls: {
    takeProviderCall: {
      summary: "Take what a provider brings: messages of customers, and reports",
      description:
        "The provider signs with the account's secret, in its own way; what is forged or stale is refused. The same message twice is one.",
      params,
      request: { "application/json": message },
      answers: { 200: { received: 1 } },
    },
    answerProvider: {
      summary: "Answer a provider that makes sure whose address this is",
      params,
    },
  },
};
