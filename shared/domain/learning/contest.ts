import {
  type Arm,
  asOf,
  type Cell,
  type Cells,
  cellOf,
  EMPTY_CELL,
  type Estimate,
  type Foreseen,
  type Observation,
} from "./model.ts";

/**
 * Two learners foresee every choice, and are judged by what came of it (prequential: Dawid 1984): by the squared errors of what
 * each expected when the choice was made, before anything of it was learnt. The scores are sums like all others: they need no
 * order, no lock, and come to the same when they are counted anew.
 */
export type LearnerName = keyof Foreseen;

/**
 * Standard deviations by which one must be ahead to be followed alone. So many are hardly ever crossed back: a sum that far out
 * moves slowly. Tuned on generated bandits (lab/bandits/): with 2 or 3, a run of luck decides where rewards are rare.
 */
export const ENOUGH = 5;

/**
 * A lead of the linear learner counts from here on. Where rare rewards make up most of the errors, it is ahead by less for long, and
 * still wrong; where effects add up, it is soon ahead by more.
 */
const NEARLY = 4;

const ALL = "v";
const aheadKey = ({ action, channel }: Arm): string => `${ALL}|${action}|${channel}`;
const errorsKey = ({ action, channel }: Arm): string => `b|${action}|${channel}`;

/**
 * The cells that an observation adds: how much smaller the squared error of counters was than that of the linear learner, by arm
 * and over all, and the squared errors of both. An outcome that comes after its trial adds what it changes.
 */
export const contestCells = (
  observation: Observation,
  halfLifeDays: number,
): readonly (readonly [string, Cell])[] => {
  const { foreseen, arm, reward, before = 0 } = observation;
  if (foreseen === undefined) return [];
  const { counters, linear } = foreseen;
  const { weight } = cellOf({ ...observation, trials: 1 }, halfLifeDays);
  const isTrial = observation.trials !== 0;
  const ahead = (rewarded: number): number => (linear - rewarded) ** 2 - (counters - rewarded) ** 2;
  /** What the whole choice comes to now, less what it came to before. */
  const change = (of: (rewarded: number) => number): number =>
    weight * (of(before + reward) - (isTrial ? 0 : of(before)));
  const trials = isTrial ? weight : 0;
  const lead = { weight: trials, sum: change(ahead), squares: change((rewarded) => ahead(rewarded) ** 2) };
  const errors = {
    weight: trials,
    sum: change((rewarded) => (counters - rewarded) ** 2),
    squares: change((rewarded) => (linear - rewarded) ** 2),
  };
  return [
    [ALL, lead],
    [aheadKey(arm), lead],
    [errorsKey(arm), errors],
  ];
};

/** Whom to follow for an arm, and why. */
export type Verdict = {
  /** `both`: neither is ahead by enough; each counts by its share. */
  readonly follows: LearnerName | "both";
  /** What decided: the arm's own observations, or those of all arms while its own say less. */
  readonly because: "own" | "all" | "undecided";
  /** How much counters count, 0 to 1; the linear learner counts the rest. */
  readonly share: number;
  /** Standard deviations by which counters are ahead on the arm; negative: the linear learner is. */
  readonly ahead: number;
  /** The same over all arms. */
  readonly aheadOverAll: number;
};

/** Standard deviations that a sum of differences lies above 0. Sums of large and rare ones do not lie far out. */
const deviations = ({ sum, squares }: Cell): number => (squares > 0 ? sum / Math.sqrt(squares) : 0);

/** Half and half without a lead; alone from `ENOUGH` on. */
const shareOf = (lead: number): number => {
  const far = lead > 0 ? lead / ENOUGH : Math.min(0, lead + NEARLY) / (ENOUGH - NEARLY);
  return Math.min(1, Math.max(0, (1 + far) / 2));
};

/**
 * Half and half without evidence; the further one is ahead, the more it counts, and alone from `ENOUGH` on: nothing jumps when a
 * lead comes and goes. `now`: milliseconds since the epoch.
 */
export const verdictOf = (cells: Cells, arm: Arm, now: number, halfLifeDays: number): Verdict => {
  const read = (key: string): Cell => asOf(cells.get(key) ?? EMPTY_CELL, now, halfLifeDays);
  const ahead = deviations(read(aheadKey(arm)));
  const aheadOverAll = deviations(read(ALL));
  const isOwn = Math.abs(ahead) >= Math.min(ENOUGH, Math.abs(aheadOverAll));
  const lead = isOwn ? ahead : aheadOverAll;
  const share = shareOf(lead);
  const follows = share === 1 ? "counters" : share === 0 ? "linear" : "both";
  return {
    follows,
    because: follows === "both" ? "undecided" : isOwn ? "own" : "all",
    share,
    ahead,
    aheadOverAll,
  };
};

/** Mean squared error of each learner on an arm; null before there is an observation that both foresaw. */
export const errorsOf = (cells: Cells, arm: Arm): Foreseen | null => {
  const { weight, sum, squares } = cells.get(errorsKey(arm)) ?? EMPTY_CELL;
  return weight > 0 ? { counters: sum / weight, linear: squares / weight } : null;
};

/** The estimate of whom the verdict follows. Of both: what each expects by its share, as unsure as the more unsure one. */
export const followed = (
  { share }: Verdict,
  { counters, linear }: Readonly<Record<LearnerName, Estimate>>,
): Estimate => {
  if (share === 1) return counters;
  if (share === 0) return linear;
  return {
    mean: share * counters.mean + (1 - share) * linear.mean,
    deviation: Math.max(counters.deviation, linear.deviation),
    evidence: counters.evidence,
  };
};
