import * as z from "zod/mini";
import { operation } from "#runtime/http/operation.ts";

export const Webhook = z.object({
  name: z.string(),
  url: z.string(),
  /** Names of the events that it is told of. */
  events: z.array(z.string()),
  state: z.enum(["ok", "slow", "failing", "disabled"]),
  /** Calls in a row that were not taken, since when, and why the last was not. */
  failures: z.int(),
  failingSince: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  disabledAt: z.nullable(z.string()),
  /** Events that were given up and can be told again, 100 at most. */
  dead: z.int(),
  /** There are more than that. */
  moreDead: z.boolean(),
});
export type Webhook = z.output<typeof Webhook>;

export const Tried = z.object({
  taken: z.boolean(),
  /** What the system answered; null: nothing. */
  status: z.nullable(z.int()),
  /** Why it was not taken; null: it was. */
  reason: z.nullable(z.string()),
  /** How long it took, in milliseconds. */
  tookMs: z.int(),
});
export const Replayed = z.object({
  /** Events that are told again now. */
  replayed: z.int(),
  /** There are more: call again. */
  isMore: z.boolean(),
});

export const operations = {
  listWebhooks: operation({
    route: "GET /v1/webhooks",
    scope: "reports:read",
    answers: { 200: z.object({ items: z.array(Webhook) }) },
  }),
  checkWebhook: operation({
    route: "POST /v1/webhooks/{name}/test",
    scope: "send",
    audit: "everybody",
    refuses: [404],
    answers: { 200: Tried },
  }),
  tellWebhookAgain: operation({
    route: "POST /v1/webhooks/{name}/replay",
    scope: "send",
    audit: "everybody",
    refuses: [404],
    answers: { 200: Replayed },
  }),
};
