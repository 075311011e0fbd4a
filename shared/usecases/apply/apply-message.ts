import type { ApplyResult } from "#domain/profile/apply.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { DeadLetters, PoisonEvent } from "#ports/dead-letters.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { type ApplyDependencies, applyGroup } from "./apply-group.ts";

/** A message of the inbox as it was read: what in it is no event is set apart. */
export type ReadMessage = {
  readonly group: string;
  readonly events: readonly CollectedEvent[];
  readonly poison: readonly PoisonEvent[];
};

const countAll = ({ count, log }: Telemetry, { counts }: ApplyResult): void => {
  if (counts.applied > 0) count(METRICS.eventsApplied, counts.applied);
  if (counts.duplicates > 0) count(METRICS.eventsDuplicate, counts.duplicates);
  if (counts.fired > 0) count(METRICS.triggersFired, counts.fired);
  for (const reason of counts.skipped) count(METRICS.triggersSkipped, 1, reason);
  const late = counts.skipped.filter((reason) => reason === "age").length;
  if (late > 0) log.warn("too old to trigger", { count: late });
  for (const reason of counts.refused) count(METRICS.factsRefused, 1, reason);
  if (counts.contested > 0) count(METRICS.identifiersContested, counts.contested);
  if (counts.large > 0) count(METRICS.profilesLarge, counts.large);
};

/**
 * Applies one message of the inbox. Events that can never be applied are kept in the dead-letter queue, each alone with
 * its reason, after the others are done; so a crash in between only tells of them twice.
 */
export const applyMessage = async (
  deps: ApplyDependencies & { readonly deadLetters: DeadLetters; readonly telemetry: Telemetry },
  { group, events, poison }: ReadMessage,
): Promise<void> => {
  const { deadLetters, telemetry } = deps;
  const results = events.length === 0 ? [] : await applyGroup(deps, { v: 1, group, events });
  for (const result of results) countAll(telemetry, result);
  const all: PoisonEvent[] = [...poison, ...results.flatMap((result) => result.poison)];
  if (all.length === 0) return;
  await deadLetters.put(group, all);
  for (const { reason } of all) {
    telemetry.count(METRICS.deadLettered, 1, reason.code);
    telemetry.log.error("event dead-lettered", reason.cause ?? reason, { code: reason.code });
  }
};
