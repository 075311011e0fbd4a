/**
 * `npm run estimators [-- --runs 1000]`: how often the estimators' 95 % intervals hold the truth, in worlds where it is
 * known; over all runs, and in each series of 100 runs.
 */
import { parseArgs } from "node:util";
import { seeded } from "../seeded.ts";
import { type Coverage, coverageOf, ESTIMATORS, hasEnoughEvidence, SERIES } from "./coverage.ts";
import { WORLDS } from "./worlds.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "1000" } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < SERIES) {
  console.error(`--runs takes a whole number from ${SERIES} on`);
  process.exit(2);
}

const LEAST = 93;
const COLUMNS = [36, 19, 8, 11, 13, 7, 14, 9] as const;

const line = (...cells: readonly string[]): string =>
  cells
    .map((cell, index) => (index < 2 ? cell.padEnd(COLUMNS[index] ?? 0) : cell.padStart(COLUMNS[index] ?? 0)))
    .join("");

const cellsOf = ({ covered, series, width }: Coverage): readonly string[] => [
  `${((100 * covered) / runs).toFixed(1)} %`,
  `+-${(50 * width).toFixed(1)} %`,
  `${series[0]}`,
  `${Math.min(...series)}`,
  `${series.filter((held) => held >= LEAST).length} of ${series.length}`,
];

console.log(`${runs} seeded runs a world, in series of ${SERIES}
  hold         share of the 95 % intervals that hold the truth
  width        half the mean width of an interval, in shares of the truth
  seeds 1-100  intervals that hold it in the first series; worst: in the worst series
  ${LEAST} or more   series in which at least ${LEAST} hold it
  warned       share of runs that give a warning
`);
console.log(
  line("world", "estimator", "hold", "width", "seeds 1-100", "worst", `${LEAST} or more`, "warned"),
);
let held = 0;
let first = 0;
let missed = 0;
for (const world of WORLDS) {
  const coverage = coverageOf(world, runs, seeded);
  const warned = `${Math.round((100 * coverage.warned) / runs)} %`;
  for (const [index, name] of ESTIMATORS.entries()) {
    console.log(
      line(index === 0 ? world.name : "", name, ...cellsOf(coverage[name]), index === 0 ? warned : ""),
    );
    if (!hasEnoughEvidence(coverage)) continue;
    held += 1;
    if ((coverage[name].series[0] ?? 0) >= LEAST) first += 1;
    if (coverage[name].covered < (LEAST / 100) * runs) missed += 1;
  }
}
console.log(
  `\nwhere most runs end without a warning: ${held - missed} of ${held} intervals hold the truth in at least ${LEAST} %`,
);
console.log(`of all runs; ${first} of ${held} do in the series of seeds 1 to 100`);
process.exitCode = missed === 0 ? 0 : 1;
