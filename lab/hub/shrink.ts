import { type Outcome, type Run, runHub } from "./run.ts";

/** So many runs are tried at most: a history need not be the very shortest. */
const MOST_TRIALS = 500;

/** Leaves out part after part, halves first, as long as `stillFails` (delta debugging: Zeller, Hildebrandt 2002). */
const smallest = async <T>(
  items: readonly T[],
  stillFails: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> => {
  if (items.length > 0 && (await stillFails([]))) return [];
  let kept = items;
  let parts = 2;
  while (kept.length >= 2) {
    const size = Math.ceil(kept.length / parts);
    let isSmaller = false;
    for (let from = 0; from < kept.length && !isSmaller; from += size) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (!(await stillFails(rest))) continue;
      kept = rest;
      parts = Math.max(2, parts - 1);
      isSmaller = true;
    }
    if (isSmaller) continue;
    if (size === 1) break;
    parts = Math.min(kept.length, parts * 2);
  }
  return kept;
};

/** The few deeds and faults that still break the same promise. */
export const shrink = async (
  run: Run,
  { violation, deeds, faults }: Outcome,
): Promise<NonNullable<Run["only"]>> => {
  let trials = 0;
  const breaks = async (some: { deeds: readonly number[]; faults: readonly string[] }): Promise<boolean> => {
    trials += 1;
    if (trials > MOST_TRIALS) return false;
    const only = { deeds: new Set(some.deeds), faults: new Set(some.faults) };
    const outcome = await runHub({ ...run, only });
    return outcome.violation?.check === violation?.check;
  };
  const fewFaults = await smallest(faults, (some) => breaks({ deeds, faults: some }));
  const fewDeeds = await smallest(deeds, (some) => breaks({ deeds: some, faults: fewFaults }));
  const fewer = await smallest(fewFaults, (some) => breaks({ deeds: fewDeeds, faults: some }));
  return { deeds: new Set(fewDeeds), faults: new Set(fewer) };
};
