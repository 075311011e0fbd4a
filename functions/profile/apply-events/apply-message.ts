import { $ZodError } from "zod/v4/core";
import type { ApplyResult } from "#domain/profile/apply.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { RapportError } from "#kernel/errors.ts";
import { log } from "#runtime/log.ts";
import { METRICS } from "#runtime/metric-names.ts";
import { count } from "#runtime/metrics.ts";
import { parse } from "#runtime/parse.ts";
import { type ApplyDependencies, applyGroup } from "./apply-group.ts";
import type { DeadLetters, PoisonEvent } from "./dead-letter.ts";
import { CollectedEventSchema, InboxMessageSchema } from "./schema.ts";

const sort = (candidates: readonly unknown[]) => {
  const events: CollectedEvent[] = [];
  const poison: PoisonEvent[] = [];
  for (const candidate of candidates) {
    try {
      events.push(parse(CollectedEventSchema, candidate));
    } catch (error) {
      if (!(error instanceof RapportError) && !(error instanceof $ZodError)) throw error;
      const reason = new RapportError("poison_event", "this is not an event", { cause: error });
      poison.push({ event: candidate, reason });
    }
  }
  return { events, poison };
};

const countAll = ({ counts }: ApplyResult): void => {
  if (counts.applied > 0) count(METRICS.eventsApplied, counts.applied);
  if (counts.duplicates > 0) count(METRICS.eventsDuplicate, counts.duplicates);
  if (counts.fired > 0) count(METRICS.triggersFired, counts.fired);
  for (const reason of counts.skipped) count(METRICS.triggersSkipped, 1, reason);
  for (const reason of counts.refused) count(METRICS.factsRefused, 1, reason);
  if (counts.contested > 0) count(METRICS.identifiersContested, counts.contested);
  if (counts.large > 0) count(METRICS.profilesLarge, counts.large);
};

/**
 * Applies one message of the inbox (`body`: parsed JSON). Events that can never be applied are kept in the dead-letter
 * queue, each alone with its reason, after the others are done; so a crash in between only tells of them twice.
 */
export const applyMessage = async (
  dependencies: ApplyDependencies & { readonly deadLetters: DeadLetters },
  body: unknown,
): Promise<void> => {
  const message = parse(InboxMessageSchema, body);
  const { events, poison } = sort(message.events);
  const results =
    events.length === 0 ? [] : await applyGroup(dependencies, { v: 1, group: message.group, events });
  for (const result of results) countAll(result);
  const all: PoisonEvent[] = [...poison, ...results.flatMap((result) => result.poison)];
  if (all.length === 0) return;
  await dependencies.deadLetters.put(message.group, all);
  for (const { reason } of all) {
    count(METRICS.deadLettered, 1, reason.code);
    log.error("event dead-lettered", reason.cause ?? reason, { code: reason.code });
  }
};
