import { decide } from "../decision/decide.ts";
import type { DecideResult } from "../decision/input.ts";
import { declaredPropensity, type Propensity } from "../decision/propensity.ts";
import { drawsFrom } from "../decision/random.ts";
import { propensityKey } from "../decision/witness.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import { restoreRecord } from "./record.ts";
import type { LogRecord } from "./types.ts";

const requestOf = ({ request: { unavailable, ...request } }: LogRecord) =>
  unavailable === undefined ? request : { ...request, unavailable: new Map(Object.entries(unavailable)) };

/** The recorded numbers first; a version that draws more often goes on as the decision itself would have. */
const recordedDraws = ({ draws, decisionId }: LogRecord): (() => number) => {
  const further = drawsFrom(decisionId);
  let count = 0;
  return () => {
    const fresh = further();
    const recorded = draws[count];
    count += 1;
    return recorded ?? fresh;
  };
};

/** What the models said then; an action they had not been asked about gets what it declares. */
const recordedPropensity =
  (known: Readonly<Record<string, number>>): Propensity =>
  (candidate, scope) =>
    (Object.hasOwn(known, propensityKey(candidate)) ? known[propensityKey(candidate)] : undefined) ??
    declaredPropensity(candidate, scope);

/**
 * Decides again from what the log holds: the same state, clock, ids and random numbers. With the version that made the
 * record the decision is the same, byte by byte, unless a rule read the text of a personal value.
 * @param random replaces the recorded numbers, to see what else might have been chosen
 */
export const replay = (
  record: LogRecord,
  playbook: CompiledPlaybook,
  random: () => number = recordedDraws(record),
): DecideResult =>
  decide({
    ...requestOf(record),
    playbook,
    record: restoreRecord(record),
    placement: record.decision.placement,
    decisionId: record.decisionId,
    now: record.now,
    dryRun: record.decision.dryRun,
    random,
    ...(record.propensities === undefined ? {} : { propensity: recordedPropensity(record.propensities) }),
  });
