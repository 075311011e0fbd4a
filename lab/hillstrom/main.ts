import { seeded } from "../seeded.ts";
import { estimateValue } from "./estimate.ts";
import { always, learnt, type Policy, random } from "./policies.ts";
import { type Customer, readTrial } from "./trial.ts";

/**
 * `npm run hillstrom -- <file>`: what a learnt policy would have earned in Hillstrom's e-mail trial, beside policies that
 * learn nothing. One half of the customers teaches, the other half judges, in 20 random splits.
 */
const SPLITS = 20;
const OUTCOMES = ["visit", "spend"] as const;
type Outcome = (typeof OUTCOMES)[number];
const SETTINGS = { learner: "linear", halfLifeDays: 0, segmentBy: 2 } as const;
/** In standard deviations. Men's mail is best for nearly everyone: what is known of a few must not cost its value. */
const CAUTION = 1;
/** Half the width of a 95 % interval in standard errors. */
const Z = 1.96;

const NAMES = ["learnt", "always men's", "always women's", "random", "none"] as const;
type Name = (typeof NAMES)[number];

/** An estimate from one split, with its standard error. */
type Row = { readonly value: number; readonly error: number };
/** What all splits gave for one outcome. `gain`: learnt minus always men's, on the same customers. */
type Results = { readonly policies: Readonly<Record<Name, readonly Row[]>>; readonly gain: readonly Row[] };

const shuffled = <T>(items: readonly T[], next: () => number): T[] => {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    const [a, b] = [copy[last], copy[other]];
    if (a !== undefined && b !== undefined) [copy[last], copy[other]] = [b, a];
  }
  return copy;
};

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const policiesFor = (teaching: readonly Customer[], outcome: Outcome): Readonly<Record<Name, Policy>> => ({
  learnt: learnt(teaching, (customer) => customer[outcome], SETTINGS, CAUTION),
  "always men's": always("mens"),
  "always women's": always("womens"),
  random,
  none: always("none"),
});

const resultsOf = (customers: readonly Customer[], outcome: Outcome): Results => {
  const policies: Record<Name, Row[]> = {
    learnt: [],
    "always men's": [],
    "always women's": [],
    random: [],
    none: [],
  };
  const gain: Row[] = [];
  const of = (customer: Customer): number => customer[outcome];
  for (let split = 0; split < SPLITS; split += 1) {
    const order = shuffled(customers, seeded(split + 1));
    const half = Math.floor(order.length / 2);
    const judging = order.slice(half);
    const candidates = policiesFor(order.slice(0, half), outcome);
    for (const name of NAMES) policies[name].push(estimateValue(judging, of, candidates[name]));
    gain.push(estimateValue(judging, of, candidates.learnt, candidates["always men's"]));
  }
  return { policies, gain };
};

const verdict = (low: number, high: number): string => {
  if (low > 0) return "The learnt policy is better than the best single mail.";
  if (high < 0) return "The learnt policy is WORSE than the best single mail.";
  return "Not better than the best single mail beyond noise: the trial does not show that choosing by customer pays here.";
};

const UNITS = {
  visit: { scale: 100, text: "visits per 100 customers" },
  spend: { scale: 1, text: "spend per customer" },
} as const;

const print = (outcome: Outcome, { policies, gain }: Results): void => {
  const { scale, text } = UNITS[outcome];
  const shown = (value: number): string => (value * scale).toFixed(3).padStart(8);
  const interval = (rows: readonly Row[]) => {
    const [value, error] = [mean(rows.map((row) => row.value)), mean(rows.map((row) => row.error))];
    const [low, high] = [value - Z * error, value + Z * error];
    return { low, high, text: `${shown(value)}   [${shown(low)}, ${shown(high)}]` };
  };
  console.log(`\n${text}`);
  for (const name of NAMES) console.log(`  ${name.padEnd(16)}${interval(policies[name]).text}`);
  const { low, high, text: gained } = interval(gain);
  const better = gain.filter(({ value }) => value > 0).length;
  const same = gain.filter(({ value }) => value === 0).length;
  console.log(`  learnt minus men's ${gained}; better in ${better}, equal in ${same} of ${SPLITS} splits`);
  console.log(`  ${verdict(low, high)}`);
};

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error("usage: npm run hillstrom -- <file>   (hillstrom.csv or hillstrom.csv.gz)");
  process.exit(2);
}
const customers = readTrial(path);
console.log(`${customers.length} customers, ${SPLITS} random halves; 95 % intervals of one half's estimate`);
for (const outcome of OUTCOMES) print(outcome, resultsOf(customers, outcome));
