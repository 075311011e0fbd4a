import { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import { once } from "#kernel/once.ts";
import { DAY_MS } from "#kernel/time.ts";
import { customerView } from "../customer/view.ts";
import { historyOf, JOURNEY_DUE, timersFor } from "../journey/effects.ts";
import { hintAfter } from "../journey/hint.ts";
import { homeOf } from "../journey/ids.ts";
import { type Happening, NOTHING, type Walked, walkRuns } from "../journey/walk.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { CustomerId } from "../records/identity.ts";
import type { JourneyAsk, JourneyRun } from "../records/journey.ts";
import type { ApplyInput, Working } from "./people.ts";

/** What runs ask deciding, as a trigger does. */
const askedEvent = (customerId: CustomerId, ask: JourneyAsk): DomainEvent => {
  const id = hashId("trg", ask.stepId);
  const { about, journey, placement, depth, stepId, runId, entryId, isAwaited, skipsQuiet } = ask;
  const run = { runId, entryId, stepId, isAwaited, skipsQuiet };
  const detail = {
    v: 1,
    id,
    customerId,
    trigger: journey,
    placement,
    eventId: about.id,
    eventAt: about.at,
    depth,
  };
  return { id, name: TriggerFired.name, detail: { ...detail, run } };
};

/** Where a journey is gone, or everybody may come in again at once, what ended is kept for so long. */
const KEPT_MS = 30 * DAY_MS;

/** A run that ended is kept as long as it says whether its customer may come in again. */
const kept = (run: JourneyRun, { journeys }: CompiledPlaybook): JourneyRun => {
  const { ended, journey } = run;
  const again = journeys.get(journey)?.again ?? "always";
  if (ended === undefined || again === "never") return run;
  const ms = again === "always" ? KEPT_MS : again.afterMs + DAY_MS;
  return { ...run, ended: { ...ended, keepUntil: new Date(Date.parse(ended.at) + ms).toISOString() } };
};

/**
 * Lets a customer's runs hear what happened, and drafts what follows. Where runs must be read first, that is all that is
 * noted (`wants`).
 */
export const tellRuns = (customer: Working, happening: Happening, input: ApplyInput): Walked => {
  const { playbook, now, still = new Set() } = input;
  if (input.runs === undefined) return NOTHING;
  const { state } = customer.subject;
  const context = { playbook, state, customer: once(() => customerView(state, playbook, now)), now, still };
  const walked = walkRuns(happening, customer.runs.known, context);
  const { homes, known } = customer.runs;
  const unheardOf = walked.wants.filter((id) => !homes.includes(homeOf(id) ?? ""));
  if (unheardOf.length > 0) {
    for (const id of unheardOf) known.set(id, null);
    return tellRuns(customer, happening, input);
  }
  customer.runs.wants.push(...walked.wants);
  const { changed } = walked;
  if (changed.length === 0) return walked;
  const { draft, runs } = customer;
  const at = new Date(now).toISOString();
  for (const { before, after } of changed) {
    runs.known.set(after.runId, after);
    runs.changed.set(after.runId, kept(after, playbook));
    draft.history.push(...historyOf(state.customerId, { before, after }, at));
  }
  const isFired = happening.command?.name === JOURNEY_DUE;
  const { timers, cancel } = timersFor(state.customerId, changed, { playbook, now, isFired });
  draft.timers.push(...timers);
  draft.cancel.push(...cancel);
  draft.publish.push(...walked.asks.map((ask) => askedEvent(state.customerId, ask)));
  runs.counts.push(...walked.counts);
  customer.touched = true;
  customer.subject = { ...customer.subject, state: { ...state, runs: hintAfter(state.runs, changed, now) } };
  return walked;
};
