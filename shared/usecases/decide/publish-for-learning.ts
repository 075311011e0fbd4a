import { assignments } from "#domain/experiment/recorded.ts";
import { shownActions } from "#domain/outcome/recorded.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { Telemetry } from "#ports/telemetry.ts";

type Dependencies = { readonly bus: EventBus; readonly telemetry: Telemetry };

/**
 * Publishes what an answer shows, for the models, and whom it shows it to, for experiments. A bus that takes nothing
 * holds up no answer: what is missing then counts as seen once something comes of it.
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
