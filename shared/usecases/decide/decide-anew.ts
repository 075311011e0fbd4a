import { isCalledOff } from "#domain/profile/trigger/pending.ts";
import type { DecisionReleased } from "#events/decision-released.ts";
import { hashId } from "#kernel/hash.ts";
import { askAgain } from "./ask-again.ts";
import type { Committed } from "./commit.ts";
import { decideFor, eventOf, type OnEventDependencies } from "./decide-for.ts";

/**
 * Decides anew for a trigger whose decision, or its message, the customer's conversation kept back, now that it lets it:
 * on what is known today, and with a record that names the earlier one. Where it is too late, what happened since calls it
 * off, or the playbook asks no more, what an earlier delivery decided is asked for again; null: nothing was.
 */
export const decideAnew = async (
  deps: OnEventDependencies,
  { customerId, decisionId, until }: DecisionReleased,
): Promise<Committed | null> => {
  const anewId = hashId("dec", decisionId, "anew");
  if (deps.clock.now() >= Date.parse(until)) return askAgain(deps, anewId);
  const [earlier, playbook, record] = await Promise.all([
    deps.decisions.get(decisionId),
    deps.playbooks.current(),
    deps.customers.find(customerId),
  ]);
  const { eventId } = earlier ?? {};
  const trigger = playbook.triggers.find(({ name }) => name === earlier?.trigger);
  if (earlier === null || eventId === undefined || trigger === undefined || record === null)
    return askAgain(deps, anewId);
  const event = await eventOf(deps, { eventId }, record);
  const eventAt = event?.at ?? earlier.at;
  if (isCalledOff({ trigger: trigger.name, eventAt }, record.state.lastSeen, playbook))
    return askAgain(deps, anewId);
  return decideFor(deps, {
    fired: {
      v: 1,
      id: hashId("trg", decisionId, "anew"),
      customerId: record.state.customerId,
      trigger: trigger.name,
      placement: trigger.placement,
      eventId,
      eventAt,
      depth: earlier.depth,
    },
    decisionId: anewId,
    playbook,
    record,
    anew: { decisionId, until },
  });
};
