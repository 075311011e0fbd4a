import type { ApplyResult } from "#domain/profile/apply.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { RapportError } from "#kernel/errors.ts";
import type { DeadLetters, PoisonEvent } from "#ports/dead-letters.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { type ApplyDependencies, applyGroup } from "./apply-group.ts";

/** A message of the inbox as it was read: what in it is no event is set apart. */
export type ReadMessage = {
  readonly group: string;
  readonly events: readonly CollectedEvent[];
  readonly poison: readonly PoisonEvent[];
  /** What fails now for a reason that nobody foresaw is not tried again. */
  readonly isLastTry?: boolean;
};

export type ApplyMessageDependencies = ApplyDependencies & {
  readonly deadLetters: DeadLetters;
  readonly telemetry: Telemetry;
  /** Anything thrown as an entry of the catalogue of errors. */
  readonly errorOf: (thrown: unknown) => RapportError;
};

type Applied = { readonly results: readonly ApplyResult[]; readonly poison: readonly PoisonEvent[] };

/** Applies the events; where that can never succeed it halves them until those that cannot be applied stand alone. */
const applyApart = async (deps: ApplyMessageDependencies, message: ReadMessage): Promise<Applied> => {
  const { group, events, isLastTry = false } = message;
  const [first] = events;
  if (first === undefined) return { results: [], poison: [] };
  try {
    return { results: await applyGroup(deps, { v: 1, group, events }), poison: [] };
  } catch (thrown) {
    const reason = deps.errorOf(thrown);
    const isHopeless = !reason.transient || (isLastTry && reason.code === "internal");
    if (!isHopeless) throw thrown;
    if (events.length === 1) return { results: [], poison: [{ event: first, reason }] };
    const middle = Math.ceil(events.length / 2);
    const before = await applyApart(deps, { ...message, events: events.slice(0, middle) });
    const after = await applyApart(deps, { ...message, events: events.slice(middle) });
    return {
      results: [...before.results, ...after.results],
      poison: [...before.poison, ...after.poison],
    };
  }
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
export const applyMessage = async (deps: ApplyMessageDependencies, message: ReadMessage): Promise<void> => {
  const { group, poison } = message;
  const { deadLetters, telemetry } = deps;
  const { results, poison: apart } = await applyApart(deps, message);
  for (const result of results) countAll(telemetry, result);
  const all: PoisonEvent[] = [...poison, ...apart, ...results.flatMap((result) => result.poison)];
  if (all.length === 0) return;
  await deadLetters.put(group, all);
  for (const { reason } of all) {
    telemetry.count(METRICS.deadLettered, 1, reason.code);
    telemetry.log.error("event dead-lettered", reason.cause ?? reason, { code: reason.code });
  }
};
