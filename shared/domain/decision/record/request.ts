import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { DAY_MS } from "#kernel/time.ts";
import { sweepAfter } from "../../message/sweep.ts";
import type { Category } from "../../playbook/model/contact-policy.ts";
import type { CustomerId } from "../../records/identity.ts";
import type { Lane, Message } from "../../records/message.ts";
import type { Contact } from "../../records/permission.ts";
import type { Selected } from "../input/candidate.ts";
import type { DecideInput, DecisionEvent } from "../input/input.ts";

/** A message nobody took within this time is stale. */
const DEADLINE_MS = DAY_MS;

/** Of the message with this rank (from 1) of a decision. */
export const messageIdOf = (decisionId: string, rank: number): string =>
  hashId("msg", decisionId, String(rank));
const conversationIdOf = (customerId: string): string => hashId("cnv", customerId);
const laneOf = (category: { readonly transactional: boolean }): Lane =>
  category.transactional ? "transactional" : "bulk";

const iso = (time: number): string => new Date(time).toISOString();

/** What a message says, and what is kept of the request behind it. */
export type MessageSubject = Pick<
  Message,
  "action" | "treatment" | "content" | "requestHash" | "to" | "confirms" | "insteadOf" | "code"
>;

export const subjectOf = ({ contender, choice }: Selected): MessageSubject => ({
  action: contender.candidate.action.name,
  treatment: choice.treatment.name,
});

/** Liquid's `event`: properties beside the event's own members and under `properties`, as rules see them. */
const eventData = ({ name, at, properties }: DecisionEvent): JsonObject => ({
  ...properties,
  name,
  at,
  properties,
});

/** The message with this rank (from 1) of a decision about `customerId`, to leave at `at` (milliseconds since the epoch). */
export const messageOf = (
  input: DecideInput,
  customerId: CustomerId,
  parts: {
    readonly rank: number;
    readonly channel: string;
    readonly category: Category;
    readonly at: number;
    readonly subject: MessageSubject;
  },
): Message => {
  const { event, decisionId } = input;
  const createdAt = iso(input.now);
  const lane = laneOf(parts.category);
  return {
    messageId: messageIdOf(decisionId, parts.rank),
    customerId,
    conversationId: input.conversationId ?? conversationIdOf(customerId),
    decisionId,
    channel: parts.channel,
    category: parts.category.name,
    lane,
    ...parts.subject,
    data: input.data ?? event?.properties ?? {},
    ...(event === undefined ? {} : { event: eventData(event) }),
    ...(input.run === undefined ? {} : { run: input.run }),
    ...(event?.standing === undefined ? {} : { standing: event.standing }),
    playbook: input.playbook.version,
    depth: input.depth ?? 0,
    createdAt,
    ...(parts.at > input.now ? { sendAt: iso(parts.at) } : {}),
    deadline: parts.subject.code?.until ?? iso(parts.at + DEADLINE_MS),
    status: "requested",
    history: [{ status: "requested", at: createdAt }],
    attempts: 0,
    sweepAt: sweepAfter({ lane }, parts.at),
  };
};

/** A choice as contact history keeps it. Null where nothing counts it: transactional, or shown and neither capped nor learnt from. */
export const contactOf = (input: DecideInput, selected: Selected, rank: number): Contact | null => {
  const { candidate } = selected.contender;
  const { channel, choice, at } = selected;
  const isMessage = input.mode === "message" && channel.interrupts;
  const converts = Object.keys(input.playbook.learning?.conversions ?? {}).length > 0;
  const counts = isMessage || channel.caps.length > 0 || converts;
  if (candidate.category.transactional || !counts) return null;
  return {
    id: messageIdOf(input.decisionId, rank),
    at: iso(at),
    channel: channel.name,
    category: candidate.category.name,
    action: candidate.action.name,
    treatment: choice.treatment.name,
    kind: isMessage || channel.kind !== "message" ? channel.kind : "impression",
    ...(converts ? { decisionId: input.decisionId } : {}),
  };
};
