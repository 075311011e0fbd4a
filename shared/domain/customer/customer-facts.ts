import type { Json } from "#kernel/json.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { CustomerState } from "../records/customer.ts";
import { readComputed } from "./computed/traits.ts";
import { shownComputed, shownTrait } from "./public-values.ts";
import { newState } from "./state.ts";

/**
 * `customer` as templates see it at `nowMs` (milliseconds): traits, computed traits, `customerId`, `createdAt`,
 * `conversation`, and segments by name (true or false) as the profile last stored them. The same names as rules see (view.ts), but
 * plain JSON, for senders do not load the rules language, and what anybody may have said is shown as public-values.ts says.
 */
export const customerFacts = (
  state: CustomerState,
  playbook: PlaybookDocument,
  nowMs: number,
): Readonly<Record<string, Json>> => ({
  ...factsOf(state, playbook, nowMs),
  customerId: state.customerId,
  createdAt: state.createdAt,
});

/** `customer` of somebody nobody knows, as templates see it: the defaults of traits, and counts of nought. */
export const emptyFacts = (playbook: PlaybookDocument, nowMs: number): Readonly<Record<string, Json>> =>
  factsOf(newState("", ""), playbook, nowMs);

const factsOf = (
  state: CustomerState,
  playbook: PlaybookDocument,
  nowMs: number,
): Readonly<Record<string, Json>> => {
  const { traits, computed } = playbook.dataModel;
  const defaults = traits.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const own = Object.entries(state.traits).flatMap(([name, trait]) => {
    const value = shownTrait(playbook, name, trait);
    return value === null ? [] : [[name, value] as const];
  });
  const counted = computed.map((trait) => {
    const { value } = readComputed(state, trait, nowMs);
    return [trait.name, shownComputed(playbook, trait, value)] as const;
  });
  const segments = playbook.segments.map(({ name }) => [name, Object.hasOwn(state.segments, name)] as const);
  return {
    ...Object.fromEntries([...defaults, ...own, ...counted, ...segments]),
    conversation: conversationFacts(state),
  };
};

/** `customer.conversation`; of somebody who never had one, it is not open. */
const conversationFacts = ({ conversation }: CustomerState): Readonly<Record<string, Json>> => ({
  open: conversation?.open ?? false,
  handler: conversation?.handler ?? null,
  channel: conversation?.channel ?? null,
  topic: conversation?.topic ?? null,
  waitingSince: conversation?.waitingSince ?? null,
  lastRating: conversation?.lastRating ?? null,
});
