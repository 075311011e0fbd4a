import { earlierOf } from "#kernel/time.ts";
import { identifierKey } from "../identity/identifiers.ts";
import { guardsOf, markOf, vouches } from "../identity/standing.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { MESSAGE_RECEIVED } from "../playbook/model/known.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import { applyAddresses, type EventIdentifiers } from "./addresses.ts";
import { mergeIdentifiers } from "./merge.ts";
import type { RefusedFact } from "./traits.ts";
import { asIdentifiers, mergeUnproven } from "./unproven.ts";

/**
 * What an event says of who somebody is. Whoever writes to us has that address in hand, and is not proven by it to be the
 * customer whom somebody else gave it to: only an address that nobody has says something.
 */
const saidOf = (state: CustomerState, event: CollectedEvent, { own }: EventIdentifiers) => {
  if (event.name !== MESSAGE_RECEIVED) return { own, isVouched: vouches(event) };
  const linked = new Set(state.identifiers.map(identifierKey));
  return {
    own: own.filter((one) => !linked.has(identifierKey(one))),
    isVouched: vouches(event) && linked.size === 0,
  };
};

/** How the customer is reached and found after the event, and what was said of that by those who may not. */
export const waysOf = (
  state: CustomerState,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  playbook: CompiledPlaybook,
) => {
  const before = state.vouchedAt ?? "";
  const { own, isVouched } = saidOf(state, event, identifiers);
  const vouchedAt = isVouched ? earlierOf(before, event.receivedAt) : before;
  const mark = markOf(guardsOf(playbook), { ...event, claims: identifiers.claims });
  const seen = own.map(({ type, value }) => ({ type, value, at: event.at, ...mark(type) }));
  const linked = mergeIdentifiers(state.identifiers, seen, playbook);
  const { addresses, dropped, unproven } = applyAddresses(
    { state, vouchedAt, linked },
    event,
    { ...identifiers, own },
    playbook,
  );
  const said = [...identifiers.unproven, ...unproven];
  const ways = { vouchedAt, identifiers: linked, addresses };
  const open = [...(state.unproven ?? []), ...said, ...asIdentifiers(dropped, playbook)];
  const kept = mergeUnproven(open, ways, playbook);
  return {
    ways: { ...ways, ...(kept.length === 0 ? {} : { unproven: kept }) },
    refused: said.map(({ type }): RefusedFact => ({ what: type, reason: "unproven" })),
  };
};
