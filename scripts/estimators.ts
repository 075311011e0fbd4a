/** `npm run estimators [-- --runs 1000]`: how often the intervals of the estimators hold a truth that is known. */
import { parseArgs } from "node:util";
import { seeded } from "./bandits/seeded.ts";
import { type Coverage, coverageOf, ESTIMATORS, type EstimatorName, WORLDS } from "./estimators/synthetic.ts";

const { values } = parseArgs({ options: { runs: { type: "string", default: "1000" } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error("--runs takes a whole number from 1 on");
  process.exit(2);
}

const LEAST_COVERED = 0.93;

const cell = ({ covered, width }: Coverage, name: EstimatorName): string =>
  `${String(covered[name]).padStart(4)}/${runs} +-${((width[name] / 2) * 100).toFixed(1).padStart(5)} %`;

console.log(`runs whose 95 % interval holds the truth, and half its mean width, of ${runs} seeded runs\n`);
console.log(["world".padEnd(36), ...ESTIMATORS.map((name) => name.padStart(20))].join(""));
let missed = 0;
for (const world of WORLDS) {
  const coverage = coverageOf(world, runs, seeded);
  console.log(
    [world.name.padEnd(36), ...ESTIMATORS.map((name) => cell(coverage, name).padStart(20))].join(""),
  );
  missed += ESTIMATORS.filter((name) => coverage.covered[name] < LEAST_COVERED * runs).length;
}
console.log(
  missed === 0 ? "\nevery interval keeps its promise" : `\n${missed} below ${LEAST_COVERED * 100} %`,
);
process.exitCode = missed === 0 ? 0 : 1;
