import { z } from "zod";

/*
 * The answers that clients were promised. Members may be added, so objects are loose; none of these may go missing or
 * change its type.
 */
const instant = z.iso.datetime({ precision: 3 });
const facts = z.record(z.string(), z.json());
const text = z.string().min(1);

export const Problem = z.looseObject({
  type: text,
  title: text,
  status: z.int(),
  code: text,
  message: text,
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), expected: text, got: text })).optional(),
});

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.looseObject({ items: z.array(item), cursor: text.nullable() });

export const Profile = z.looseObject({
  customerId: text,
  identifiers: z.array(z.looseObject({ type: text, value: text })),
  traits: facts,
  computed: facts,
  segments: z.array(text),
  consent: z.array(
    z.looseObject({
      channel: text,
      topic: text,
      status: z.enum(["granted", "withdrawn"]),
      kind: z.enum(["express", "implied"]),
      at: instant,
      source: z.string(),
    }),
  ),
  addresses: z.array(z.looseObject({ channel: text, value: text, status: text })),
  createdAt: instant,
  updatedAt: instant,
  version: z.int(),
});

const entry = { id: text, at: instant };
export const TimelineItem = z.discriminatedUnion("kind", [
  z.looseObject({ ...entry, kind: z.literal("event"), type: text, name: text, properties: facts }),
  z.looseObject({ ...entry, kind: z.literal("decision"), decisionId: text, placement: text }),
  z.looseObject({ ...entry, kind: z.literal("message"), messageId: text, channel: text, status: text }),
  z.looseObject({
    ...entry,
    kind: z.literal("outcome"),
    outcome: text,
    messageId: text.optional(),
    action: text.optional(),
  }),
  z.looseObject({ ...entry, kind: z.literal("merge") }),
]);

const Rejection = z.looseObject({
  action: text,
  stage: z.enum(["eligibility", "policy", "arbitration", "channel"]),
  reason: z.enum([
    "rule",
    "consent",
    "suppressed",
    "quiet-hours",
    "cap",
    "cool-down",
    "stock",
    "no-address",
    "outranked",
    "holdout",
  ]),
});
export const Decision = z.looseObject({
  decisionId: text,
  customerId: text,
  placement: text,
  playbook: text,
  at: instant,
  dryRun: z.boolean(),
  actions: z.array(
    z.looseObject({
      action: text,
      treatment: text,
      channel: text.optional(),
      content: facts.optional(),
      rank: z.int().min(1),
      score: z.number(),
      propensity: z.number().min(0).max(1),
      value: z.number(),
      reasons: z.array(text),
    }),
  ),
  rejected: z.array(Rejection).optional(),
});
export const ExplainedDecision = Decision.required({ rejected: true });

export const MessageAccepted = z.looseObject({
  messageId: text,
  decisionId: text,
  conversationId: text,
  status: z.enum(["requested", "rejected"]),
  reasons: z.array(text),
});
export const Message = z.looseObject({
  messageId: text,
  customerId: text,
  channel: text,
  category: text,
  status: z.enum(["requested", "sending", "uncertain", "sent", "delivered", "failed", "rejected"]),
  history: z.array(z.looseObject({ status: text, at: instant, reason: text.optional() })).min(1),
});

export const PlaybookProblem = Problem.extend({
  errors: z
    .array(
      z.looseObject({
        file: text,
        line: z.int().min(1),
        column: z.int().min(1),
        code: text,
        message: text,
        expected: text,
      }),
    )
    .min(1),
});

export const OutboxItem = z.looseObject({
  channel: text,
  provider: text,
  to: text,
  from: text,
  subject: text.optional(),
  text: z.string(),
  html: text.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  messageId: text,
  providerMessageId: text,
  at: instant,
});
