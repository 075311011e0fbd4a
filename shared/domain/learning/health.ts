import type { Binning } from "./binning.ts";
import { asOf, type Cell, type Cells, cellOf, EMPTY_CELL, type Observation } from "./model.ts";

/** Expected propensities are counted in these classes: narrow where propensities usually lie. */
const CLASSES = [
  0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
] as const;

const classOf = (expected: number): number => CLASSES.filter((edge) => expected >= edge).length;
const keyOf = (action: string, channel: string, index: number): string => `r|${action}|${channel}|${index}`;

/**
 * The cell that an observation adds for judging the model: its choice, counted in the class of the expected propensity. The
 * cell's third sum is that of the expectations, where other cells sum squares.
 */
export const expectationCell = (observation: Observation, halfLifeDays: number): [string, Cell] | null => {
  const { arm, expected } = observation;
  if (expected === undefined) return null;
  const { weight, sum } = cellOf(observation, halfLifeDays);
  return [keyOf(arm.action, arm.channel, classOf(expected)), { weight, sum, squares: weight * expected }];
};

/** Successes and failures of a group, by weight. */
type Tally = { readonly good: number; readonly bad: number };

/**
 * Area under the ROC curve from groups in rising order of the score: the probability that a success was scored above a
 * failure, ties counting half. Null where there is none of one kind.
 */
export const areaUnderCurve = (groups: readonly Tally[]): number | null => {
  let [below, pairs] = [0, 0];
  let good = 0;
  for (const group of groups) {
    pairs += group.good * (below + group.bad / 2);
    below += group.bad;
    good += group.good;
  }
  return good * below > 0 ? pairs / (good * below) : null;
};

const tally = ({ weight, sum }: Cell): Tally => ({ good: Math.max(0, sum), bad: Math.max(0, weight - sum) });

export type ArmHealth = {
  readonly action: string;
  readonly channel: string;
  /** Choices seen, after decay. */
  readonly evidence: number;
  /** Successes among them, by their worth. */
  readonly positives: number;
  readonly rate: number;
  /** Of the propensities that choices were made with; null before there are successes and failures. */
  readonly auc: number | null;
  /** Expected and actual propensity, by class of the expected one. */
  readonly calibration: readonly {
    readonly expected: number;
    readonly observed: number;
    readonly evidence: number;
  }[];
  /** Best first; `auc` of the predictor alone, 0.5 to 1. */
  readonly predictors: readonly { readonly name: string; readonly auc: number }[];
};

const TOP_PREDICTORS = 5;

/** How well each action on each channel is known. `now`: milliseconds since the epoch. */
export const healthOf = (
  cells: Cells,
  binning: Binning,
  { now, halfLifeDays }: { readonly now: number; readonly halfLifeDays: number },
): readonly ArmHealth[] => {
  const read = (key: string): Cell => asOf(cells.get(key) ?? EMPTY_CELL, now, halfLifeDays);
  const bins = new Map<string, Cell[]>();
  for (const key of cells.keys()) {
    const [kind, action, channel, name] = key.split("|");
    if (kind !== "p") continue;
    const own = `${action}|${channel}|${name}`;
    bins.set(own, [...(bins.get(own) ?? []), read(key)]);
  }
  const predictorsOf = (arm: string) =>
    Object.keys(binning)
      .flatMap((name) => {
        const groups = (bins.get(`${arm}|${name}`) ?? []).filter(({ weight }) => weight > 0);
        const ranked = groups.sort((a, b) => a.sum / a.weight - b.sum / b.weight).map(tally);
        const auc = areaUnderCurve(ranked);
        return auc === null ? [] : [{ name, auc }];
      })
      .sort((a, b) => b.auc - a.auc)
      .slice(0, TOP_PREDICTORS);

  return [...cells.keys()].flatMap((key) => {
    const [kind, action = "", channel = ""] = key.split("|");
    if (kind !== "c" && kind !== "n") return [];
    // Where both learners count an arm, they count the same.
    if (kind === "n" && cells.has(`c|${action}|${channel}`)) return [];
    const { weight, sum } = read(key);
    const classes = Array.from({ length: CLASSES.length + 1 }, (_, index) =>
      read(keyOf(action, channel, index)),
    );
    return [
      {
        action,
        channel,
        evidence: weight,
        positives: sum,
        rate: weight === 0 ? 0 : sum / weight,
        auc: areaUnderCurve(classes.map(tally)),
        calibration: classes
          .filter((one) => one.weight > 0)
          .map((one) => ({
            expected: one.squares / one.weight,
            observed: one.sum / one.weight,
            evidence: one.weight,
          })),
        predictors: predictorsOf(`${action}|${channel}`),
      },
    ];
  });
};
