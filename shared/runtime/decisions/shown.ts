import { assignments } from "#domain/experiment/recorded.ts";
import { shownActions } from "#domain/outcome/recorded.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { EventBus } from "#ports/queues.ts";
import { log } from "../log.ts";

/**
 * Tells the models what an answer shows, and experiments whom it shows it to. A bus that takes nothing holds up no answer: what is missing then counts as
 * seen once something comes of it.
 */
export const tellShown = async (
  bus: EventBus,
  playbook: Pick<CompiledPlaybook, "learning">,
  decisions: readonly Decision[],
): Promise<void> => {
  const shown = decisions
    .filter(({ learning }) => learning !== undefined)
    .flatMap((decision) => shownActions(decision, playbook.learning));
  await tell(bus, [...shown, ...assignments(decisions)]);
};

/** Tells into which experiments decisions brought their customers. */
export const tellAssigned = (bus: EventBus, decisions: readonly Decision[]): Promise<void> =>
  tell(bus, assignments(decisions));

const tell = async (bus: EventBus, events: readonly DomainEvent[]): Promise<void> => {
  if (events.length === 0) return;
  try {
    await bus.publish(events);
  } catch (error) {
    log.error("what was shown and to whom was not told", error, { count: events.length });
  }
};
