import { type ApplyInput, type ApplyResult, applyEvents } from "#domain/profile/apply.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { RapportError } from "#kernel/errors.ts";
import type { RunStore } from "#ports/run-store.ts";

/** What a result needs at most to be read for: a rule may ask for more once it saw what another set. */
const MOST_READS = 8;

/**
 * Applies events; where runs of journeys are concerned, again with those read, until all are known. Nearly always none are:
 * that costs nothing.
 * @param runs absent: nobody walks through journeys
 */
export const applyWithRuns = async (runs: RunStore | undefined, input: ApplyInput): Promise<ApplyResult> => {
  if (runs === undefined) return applyEvents(input);
  let known = new Map<string, JourneyRun | null>();
  let still: ReadonlySet<string> | undefined;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const result = applyEvents({ ...input, runs: known, ...(still === undefined ? {} : { still }) });
    if (result.wants.length === 0 && (still !== undefined || result.runs.length === 0)) return result;
    const isFirst: boolean = still === undefined;
    const [found, keptStill] = await Promise.all([
      result.wants.length === 0 ? [] : runs.get(result.wants),
      still ?? runs.still(),
    ]);
    still = keptStill;
    if (isFirst && result.wants.length === 0 && still.size === 0) return result;
    known = new Map<string, JourneyRun | null>([
      ...known,
      ...result.wants.map((id) => [id, null] as const),
      ...found.map((run) => [run.runId, run] as const),
    ]);
  }
  throw new RapportError("unavailable", "runs of journeys lead to ever more of them");
};
