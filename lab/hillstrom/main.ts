import { seeded } from "../seeded.ts";
import { estimateValue } from "./estimate.ts";
import { always, learnt, type Policy, random } from "./policies.ts";
import { type Customer, readTrial } from "./trial.ts";

/**
 * `npm run hillstrom -- <file>`: what a learnt policy would have earned in Hillstrom's e-mail trial, beside the policies
 * that need no learning. One half teaches, the other half judges, over 20 random splits.
 */
const SPLITS = 20;
const OUTCOMES = ["visit", "spend"] as const;
type Outcome = (typeof OUTCOMES)[number];
const SETTINGS = { learner: "linear", halfLifeDays: 0, segmentBy: 2 } as const;
/** Standard deviations: men's mail is best for nearly everyone, and the little that is known of a few must not cost it. */
const CAUTION = 1;

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error("usage: npm run hillstrom -- <file>   (hillstrom.csv or hillstrom.csv.gz)");
  process.exit(2);
}

const shuffled = <T>(items: readonly T[], next: () => number): T[] => {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    const [a, b] = [copy[last], copy[other]];
    if (a !== undefined && b !== undefined) [copy[last], copy[other]] = [b, a];
  }
  return copy;
};

type Row = { readonly value: number; readonly error: number };
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const customers = readTrial(path);
const names = ["learnt", "always men's", "always women's", "random", "none"] as const;
const values = new Map<string, Row[]>();
/** Learnt minus always men's on the same customers, and its standard error. */
const gains = new Map<Outcome, Row[]>();

for (let split = 0; split < SPLITS; split += 1) {
  const order = shuffled(customers, seeded(split + 1));
  const half = Math.floor(order.length / 2);
  const [teaching, judging] = [order.slice(0, half), order.slice(half)];
  for (const outcome of OUTCOMES) {
    const of = (customer: Customer): number => customer[outcome];
    const policies: Readonly<Record<(typeof names)[number], Policy>> = {
      learnt: learnt(teaching, of, SETTINGS, CAUTION),
      "always men's": always("mens"),
      "always women's": always("womens"),
      random,
      none: always("none"),
    };
    for (const name of names) {
      const key = `${outcome} ${name}`;
      values.set(key, [...(values.get(key) ?? []), estimateValue(judging, of, policies[name])]);
    }
    const gain = estimateValue(judging, of, policies.learnt, policies["always men's"]);
    gains.set(outcome, [...(gains.get(outcome) ?? []), gain]);
  }
}

const Z = 1.96;
console.log(`${customers.length} customers, ${SPLITS} random halves; 95 % intervals of one half's estimate`);
for (const outcome of OUTCOMES) {
  const unit =
    outcome === "visit"
      ? { scale: 100, text: "visits per 100 customers" }
      : { scale: 1, text: "spend per customer" };
  const shown = (value: number): string => (value * unit.scale).toFixed(3).padStart(8);
  console.log(`\n${unit.text}`);
  for (const name of names) {
    const rows = values.get(`${outcome} ${name}`) ?? [];
    const value = mean(rows.map((row) => row.value));
    const error = mean(rows.map((row) => row.error));
    console.log(
      `  ${name.padEnd(16)}${shown(value)}   [${shown(value - Z * error)}, ${shown(value + Z * error)}]`,
    );
  }
  const rows = gains.get(outcome) ?? [];
  const gain = mean(rows.map(({ value }) => value));
  const error = mean(rows.map((row) => row.error));
  const better = rows.filter(({ value }) => value > 0).length;
  const same = rows.filter(({ value }) => value === 0).length;
  const [low, high] = [gain - Z * error, gain + Z * error];
  console.log(
    `  learnt minus men's ${shown(gain)}   [${shown(low)}, ${shown(high)}]; better in ${better}, equal in ${same} of ${SPLITS} splits`,
  );
  console.log(
    low > 0
      ? "  The learnt policy is better than the best single mail."
      : high < 0
        ? "  The learnt policy is WORSE than the best single mail."
        : "  Not better than the best single mail beyond noise: the trial does not show that choosing by customer pays here.",
  );
}
