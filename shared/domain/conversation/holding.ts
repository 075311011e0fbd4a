import * as z from "zod/mini";
import { DecisionReleased } from "#events/decision-released.ts";
import { hashId } from "#kernel/hash.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { DECISION_HELD } from "../playbook/model/known.ts";
import type { CustomerState, HeldDecision } from "../records/customer.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";

/** What a customer's held decisions are kept to: past that the oldest are given up. */
const MOST_HELD = 20;

type Hold = CompiledPlaybook["holds"][number];
type Holding = Pick<CustomerState, "customerId" | "conversation" | "holding" | "held">;

/** Tells the profile that contact policy kept something back for the customer's conversation. */
export const heldEvent = (
  { decisionId, categories, until }: HeldDecision,
  of: { readonly customerId: CustomerId; readonly at: string; readonly depth: number },
): CollectedEvent => ({
  id: hashId("evt", decisionId, "held"),
  type: "track",
  name: DECISION_HELD,
  customerId: of.customerId,
  properties: { decisionId, categories, until },
  at: of.at,
  receivedAt: of.at,
  source: "rapport",
  imported: false,
  depth: of.depth + 1,
  standing: "trusted",
});

const Told = z.object({ decisionId: z.string(), categories: z.array(z.string()), until: z.string() });

const toldBy = ({ name, properties }: CollectedEvent): readonly HeldDecision[] => {
  if (name !== DECISION_HELD) return [];
  const told = z.safeParse(Told, properties);
  return told.success ? [told.data] : [];
};

/** Each once, the oldest first. */
export const mergeHeld = (
  a: readonly HeldDecision[] = [],
  b: readonly HeldDecision[] = [],
): readonly HeldDecision[] => {
  const all = new Map([...a, ...b].map((one) => [one.decisionId, one]));
  const rank = ({ until, decisionId }: HeldDecision): string => `${until}#${decisionId}`;
  return [...all.values()].toSorted((x, y) => (rank(x) < rank(y) ? -1 : 1)).slice(-MOST_HELD);
};

const releasedEvent = (customerId: CustomerId, { decisionId, until }: HeldDecision): DomainEvent => ({
  id: hashId("rel", decisionId),
  name: DecisionReleased.name,
  detail: { v: DecisionReleased.version, customerId, decisionId, until },
});

const categoriesHeld = (
  { conversation }: Holding,
  holds: readonly Hold[],
  isTrue: (hold: Hold) => boolean,
): readonly string[] => {
  if (conversation === undefined) return [];
  const now = holds.filter((hold) =>
    hold.test === undefined ? conversation.waitingSince !== undefined : isTrue(hold),
  );
  return [...new Set(now.flatMap(({ categories }) => categories))].toSorted();
};

/**
 * What is held back for the customer's conversation after an event, and what was held and is to be decided anew: because the
 * conversation is another by now, also where that happened while the word of the holding was on its way. What waited for too
 * long is decided no more. A customer without a conversation is held by nothing.
 * @param now milliseconds since the epoch
 */
export const holdingAfter = (
  state: Holding,
  event: CollectedEvent,
  {
    holds,
    isTrue,
    now,
  }: { readonly holds: readonly Hold[]; readonly isTrue: (hold: Hold) => boolean; readonly now: number },
): {
  readonly holding: Pick<CustomerState, "holding" | "held">;
  readonly publish: readonly DomainEvent[];
} => {
  const holding = categoriesHeld(state, holds, isTrue);
  const at = new Date(now).toISOString();
  const all = mergeHeld(state.held, toldBy(event)).filter(({ until }) => until > at);
  const isHeld = ({ categories }: HeldDecision): boolean => categories.every((one) => holding.includes(one));
  const held = all.filter(isHeld);
  return {
    holding: {
      ...(holding.length === 0 ? {} : { holding }),
      ...(held.length === 0 ? {} : { held }),
    },
    publish: all.filter((one) => !isHeld(one)).map((one) => releasedEvent(state.customerId, one)),
  };
};
