import { assignments } from "#domain/experiment/recorded.ts";
import { shownActions } from "#domain/outcome/recorded.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { Telemetry } from "#ports/telemetry.ts";

type Dependencies = { readonly bus: EventBus; readonly telemetry: Telemetry };

/**
 * Publishes the facts that an answer's actions were shown, for the models, and that customers entered experiments. A bus
 * that fails does not fail the answer: the actions then count as shown once they have an outcome.
 */
export const publishShown = async (
  deps: Dependencies,
  playbook: Pick<CompiledPlaybook, "learning">,
  decisions: readonly Decision[],
): Promise<void> => {
  const shown = decisions
    .filter(({ learning }) => learning !== undefined)
    .flatMap((decision) => shownActions(decision, playbook.learning));
  await publish(deps, [...shown, ...assignments(decisions)]);
};

/** Publishes into which experiments decisions brought their customers. */
export const publishAssigned = (deps: Dependencies, decisions: readonly Decision[]): Promise<void> =>
  publish(deps, assignments(decisions));

const publish = async ({ bus, telemetry }: Dependencies, events: readonly DomainEvent[]): Promise<void> => {
  if (events.length === 0) return;
  try {
    await bus.publish(events);
  } catch (error) {
    telemetry.log.error("what was shown and to whom was not told", error, { count: events.length });
  }
};
