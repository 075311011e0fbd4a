import { RapportError } from "#kernel/errors.ts";
import { decide } from "../decision/decide.ts";
import { decideMessage } from "../decision/decide-message.ts";
import { propensityKey } from "../decision/explore/basis.ts";
import { drawsFrom } from "../decision/explore/random.ts";
import type { DecideResult } from "../decision/input/input.ts";
import { orderedIn } from "../decision/input/named-order.ts";
import { declaredPropensity, type Foresee, type Propensity } from "../decision/input/propensity.ts";
import { forAnybody } from "../learning/anybodys.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { restoreRecord } from "./restore.ts";
import type { LogRecord } from "./types.ts";

const requestOf = ({ request: { unavailable, order: _, ...request } }: LogRecord) =>
  unavailable === undefined ? request : { ...request, unavailable: new Map(Object.entries(unavailable)) };

/** The recorded numbers first. A version that draws more often goes on with those drawn from the decision's id. */
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

/** What the models answered then. An action they had not been asked about gets its declared propensity. */
const recordedPropensity =
  (known: NonNullable<LogRecord["propensities"]>): Propensity =>
  (candidate, scope) =>
    (Object.hasOwn(known, propensityKey(candidate)) ? known[propensityKey(candidate)] : undefined) ??
    declaredPropensity(candidate, scope);

/** What the two learners expected then, of what was chosen then. */
const recordedForesight =
  ({ decision: { learning } }: LogRecord): Foresee =>
  ({ action }) => {
    const pair = learning?.foreseen?.[action.name];
    return pair === undefined ? null : { counters: pair[0], linear: pair[1] };
  };

/** Takes over the predictors' recorded values: for a named message the log keeps nothing to work them out from. */
const withValues = (result: DecideResult, { decision: { learning: recorded } }: LogRecord): DecideResult => {
  const { learning } = result.decision;
  if (learning === undefined || learning.model !== recorded?.model) return result;
  return { ...result, decision: { ...result.decision, learning: { ...learning, values: recorded.values } } };
};

/** Whether there was a choice: for a message that an application named there is none. */
export const wasChosen = ({ request }: LogRecord): boolean => request.order === undefined;

/** Whether the version has what an application named; otherwise it would answer the same request with an error. */
export const takesOrder = ({ request: { channel, order } }: LogRecord, playbook: CompiledPlaybook): boolean =>
  order === undefined || orderedIn(order, channel, playbook) !== null;

/**
 * Decides again from what the log holds: the same state, clock, ids and random numbers. With the version that made the
 * record the decision is the same, byte by byte, unless a rule read the text of a personal value (`masked`).
 * Throws `not_found` where the version does not know what an application named (`takesOrder`).
 * @param random replaces the recorded numbers, to see what else might have been chosen
 */
export const replay = (
  record: LogRecord,
  version: CompiledPlaybook,
  random: () => number = recordedDraws(record),
): DecideResult => {
  const restored = restoreRecord(record);
  const isAnybodys = record.decision.learning?.model === forAnybody(version).learning?.model;
  const playbook = isAnybodys ? forAnybody(version) : version;
  const asked = {
    ...requestOf(record),
    playbook,
    decisionId: record.decisionId,
    now: record.now,
    dryRun: record.decision.dryRun,
    random,
    foresee: recordedForesight(record),
    ...(record.propensities === undefined ? {} : { propensity: recordedPropensity(record.propensities) }),
  };
  const { channel, order } = record.request;
  if (order === undefined) {
    return decide({ ...asked, record: restored, placement: record.decision.placement });
  }
  const ordered = orderedIn(order, channel, playbook);
  if (ordered === null || restored === null) {
    throw new RapportError("not_found", "this version does not know the category or treatment");
  }
  const content = order.contentOn === undefined ? {} : { content: {} };
  return withValues(decideMessage({ ...asked, ...ordered, ...content, record: restored }), record);
};
