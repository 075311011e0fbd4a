import { hashId } from "#kernel/hash.ts";
import { ENDS } from "../journey/advance.ts";
import { journeyEvent } from "../journey/effects.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { applyEvents } from "../profile/apply.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { JourneyRun } from "../records/journey.ts";

/**
 * What becomes of somebody inside as a version goes live: they rest where they are, are put elsewhere because their step is
 * gone, leave, or go on because by the new version their time has come.
 */
export const PREVIEWED = ["stay", "move", "exit", "dueNow"] as const;
export type Previewed = (typeof PREVIEWED)[number];

/** What became of a run that looked anew, by the version that is live then. */
export const becameOf = (
  before: JourneyRun,
  after: JourneyRun,
  { journeys }: Pick<CompiledPlaybook, "journeys">,
): Previewed => {
  const { ended, visit } = after;
  const isThere = journeys.get(before.journey)?.steps.has(before.step) === true;
  // Who comes to the end by going on is told as going on: on the way they may be written to.
  const wentOn = visit > before.visit || (ended?.as === ENDS.finished && ended.recalls !== true);
  if (isThere && wentOn) return "dueNow";
  if (ended !== undefined) return "exit";
  return wentOn ? "move" : "stay";
};

/** Runs that a run's own deeds may ask for: those of its customer are known, others are not there. */
const MOST_READS = 8;

type Around = {
  /** The version that is to be. */
  readonly playbook: CompiledPlaybook;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly still: ReadonlySet<string>;
};

/**
 * What becomes of a run that looks anew, by the very code that then moves it: the event that wakes it is applied to its
 * customer as they are, and nothing is kept.
 * @param own the customer's runs that live, by id
 */
export const previewOf = (
  run: JourneyRun,
  record: CustomerRecord,
  own: ReadonlyMap<string, JourneyRun>,
  { playbook, now, still }: Around,
): Previewed => {
  const at = new Date(now).toISOString();
  const id = hashId("evt", "preview", run.runId);
  const event = journeyEvent("journey.due", { id, customerId: run.home, at }, { runId: run.runId });
  const { customerId } = record.state;
  const records = new Map([
    [customerId, record],
    [run.home, record],
  ]);
  let runs = new Map<string, JourneyRun | null>(own);
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const result = applyEvents({
      group: "preview",
      events: [event],
      links: new Map(),
      seenEvents: new Set(),
      records,
      playbook,
      now,
      newId: () => customerId,
      runs,
      still,
    });
    if (result.wants.length === 0) {
      const after = result.runs.find(({ runId }) => runId === run.runId) ?? run;
      return becameOf(run, after, playbook);
    }
    runs = new Map([...runs, ...result.wants.map((want) => [want, runs.get(want) ?? null] as const)]);
  }
  return "stay";
};
