import type { Described } from "#runtime/http/described.ts";
import type { operations } from "./operations.ts";

const params = { name: { about: "The webhook's name in `webhooks.yaml`", example: "order-system" } } as const;

export const described: Described<typeof operations> = {
  tag: { name: "Webhooks", description: "Systems outside that are told of events." },
  calls: {
    listWebhooks: {
      summary: "The systems that are told of events, and how they answer",
      answers: {
        200: {
          items: [
            {
              name: "order-system",
              url: "https://system.example/events",
              events: ["Order Completed"],
              state: "failing",
              failures: 4,
              failingSince: "2026-11-30T09:30:00.000Z",
              reason: "status 500",
              disabledAt: null,
              dead: 2,
              moreDead: false,
            },
          ],
        },
      },
    },
    checkWebhook: {
      summary: "Call a system with an event that is about nobody",
      description: "One that was disabled is told of events again, if it takes this one.",
      params,
      answers: { 200: { taken: true, status: 204, reason: null, tookMs: 87 } },
    },
    tellWebhookAgain: {
      summary: "Tell a system again what could not be told",
      description: "A hundred at a time, the oldest first. One that was disabled is called again.",
      params,
      answers: { 200: { replayed: 2, isMore: false } },
    },
  },
};
