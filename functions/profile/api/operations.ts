import * as z from "zod/mini";
import { STANDINGS } from "#domain/records/event.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { operation } from "#runtime/http/operation.ts";
import { listOf, Page } from "#runtime/http/paging.ts";
import { name } from "#runtime/http/shapes.ts";

/** How the company came to know: a word of these alone, since the audit log holds none about a customer. */
const TOLD = ["phone", "mail", "letter", "in-person", "form", "correction"] as const;

export const ConsentTold = z.strictObject({
  channel: name,
  /** Default `*`: everything. */
  topic: z._default(name, "*"),
  status: z.enum(["granted", "withdrawn"]),
  kind: z._default(z.enum(["express", "implied"]), "express"),
  reason: z.enum(TOLD),
  /** The words that were agreed to, as proof; kept with the consent alone. */
  text: z.exactOptional(
    z.string().check(
      z.trim(),
      z.minLength(1),
      z.refine((text) => Buffer.byteLength(text) <= BOUNDS.consentTextBytes, { error: "2 KB of text" }),
    ),
  ),
});

const facts = z.record(z.string(), z.unknown());
const Identifier = z.object({ type: z.string(), value: z.string() });

export const Profile = z.object({
  customerId: z.string(),
  identifiers: z.array(Identifier),
  /** Identifiers of events about this customer that lead to another known person. */
  contested: z.array(Identifier),
  /** Addresses and logins that only public keys gave: nothing is sent there, and nobody is found by them. */
  unproven: z.array(Identifier),
  traits: facts,
  computed: facts,
  /** Computed traits that count only from a time on, because they were declared later; ISO-8601 UTC. */
  computedSince: z.record(z.string(), z.string()),
  /** Computed traits whose value is an estimate. */
  approximate: z.array(z.string()),
  segments: z.array(z.string()),
  consent: z.array(
    z.object({
      channel: z.string(),
      topic: z.string(),
      /** `pending`: a yes by a public key that waits to be confirmed. */
      status: z.enum(["granted", "withdrawn", "pending"]),
      kind: z.enum(["express", "implied"]),
      at: z.string(),
      source: z.string(),
      /** Version or words of the text that was agreed to: proof under GDPR 7(1). */
      text: z.optional(z.string()),
      /** From when the grant is no consent any more, as far as it says so itself; ISO-8601 UTC. */
      expiresAt: z.optional(z.string()),
      /** The message by whose link it was said or confirmed. */
      messageId: z.optional(z.string()),
      /** Who said so: `public`, anybody with a write key; `proven`, the customer; absent or `trusted`, the company's systems. */
      standing: z.optional(z.enum(STANDINGS)),
    }),
  ),
  addresses: z.array(
    z.object({
      channel: z.string(),
      value: z.string(),
      status: z.enum(["active", "bounced", "complained", "invalid"]),
    }),
  ),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.int(),
});
export type Profile = z.infer<typeof Profile>;

const entry = { id: z.string(), at: z.string() };
export const TimelineEvent = z.looseObject({
  ...entry,
  kind: z.literal("event"),
  type: z.string(),
  name: z.string(),
  properties: facts,
  /** Who said so: anybody, the customer, or the company. Absent where the hub tells it, and of release 0.1: trusted. */
  standing: z.optional(z.enum(STANDINGS)),
});
export const TimelineDecision = z.looseObject({
  ...entry,
  kind: z.literal("decision"),
  decisionId: z.string(),
  placement: z.string(),
  /** What was chosen, the best first. Empty: nothing. */
  actions: z.array(z.string()),
});
export const TimelineMessage = z.looseObject({
  ...entry,
  kind: z.literal("message"),
  messageId: z.string(),
  channel: z.string(),
  status: z.string(),
  decisionId: z.string(),
  /** Absent where the message was asked for in words of its own. */
  action: z.optional(z.string()),
});
export const TimelineOutcome = z.looseObject({
  ...entry,
  kind: z.literal("outcome"),
  outcome: z.string(),
  messageId: z.optional(z.string()),
  action: z.optional(z.string()),
});
export const TimelineMerge = z.looseObject({
  ...entry,
  kind: z.literal("merge"),
  survivor: z.string(),
  absorbed: z.string(),
});
export const TimelineEntry = z.discriminatedUnion("kind", [
  TimelineEvent,
  TimelineDecision,
  TimelineMessage,
  TimelineOutcome,
  TimelineMerge,
]);

const scope = "profiles:read";

export const operations = {
  showProfile: operation({
    route: "GET /v1/profiles/{ref}",
    scope,
    refuses: [400, 404],
    answers: { 200: Profile },
  }),
  findProfile: operation({
    route: "GET /v1/profiles",
    scope,
    refuses: [404],
    query: z.object({ ref: z.exactOptional(z.string()) }),
    answers: { 200: Profile },
  }),
  revealProfile: operation({
    route: "POST /v1/profiles/{ref}/reveal",
    scope: "people",
    audit: "everybody",
    unmasked: "it is asked for, and the audit log says by whom",
    refuses: [400, 404],
    answers: { 200: Profile },
  }),
  tellConsent: operation({
    route: "POST /v1/profiles/{ref}/consent",
    scope: "profiles:write",
    audit: "everybody",
    request: ConsentTold,
    refuses: [400, 404],
    answers: { 200: Profile },
  }),
  showTimeline: operation({
    route: "GET /v1/profiles/{ref}/timeline",
    scope,
    refuses: [404],
    query: Page,
    answers: { 200: listOf(TimelineEntry) },
  }),
};
