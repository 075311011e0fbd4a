/**
 * `npm run lab -- hub [--seed 1] [--seeds 1] [--steps 20000]`: lets the hub's use cases live on virtual time, with
 * everything that may go wrong between them, and holds them to what always holds (docs/invariants.md). On a violation it
 * prints the shortest history that still breaks the promise, and exits with 1.
 */
import { parseArgs } from "node:util";
import { type Run, runHub } from "./run.ts";
import { shopPlaybooks } from "./shop/playbooks.ts";
import { shrink } from "./shrink.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    steps: { type: "string", default: "20000" },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^[1-9]\d*$/.test(value)) continue;
  console.error(`--${name} takes a whole number from 1 on, not "${value}"`);
  process.exit(2);
}
const first = Number(values.seed);
const seeds = Number(values.seeds);
const steps = Number(values.steps);

const printShortest = async (run: Run): Promise<void> => {
  const outcome = await runHub(run);
  const only = await shrink(run, outcome);
  const lines: string[] = [];
  const shortest = await runHub({ ...run, only, trace: (line) => lines.push(line) });
  console.log(
    `\n${only.deeds.size} of ${outcome.deeds.length} deeds and ${only.faults.size} of ${outcome.faults.length} faults still break it, in ${shortest.steps} steps:`,
  );
  for (const line of lines) console.log(line);
  console.log(`\n${shortest.violation?.check}: ${shortest.violation?.text}`);
  console.log(`again: npm run lab -- hub --seed ${run.seed} --steps ${run.steps}`);
};

const playbooks = await shopPlaybooks();
const started = performance.now();
const total = { steps: 0, faults: 0, events: 0, decisions: 0, messages: 0 };
let violations = 0;
for (let seed = first; seed < first + seeds; seed += 1) {
  const run: Run = { seed, steps, playbooks };
  const { violation, seen, faults, ...outcome } = await runHub(run);
  total.steps += outcome.steps;
  total.faults += faults.length;
  total.events += seen.events;
  total.decisions += seen.decisions;
  total.messages += seen.messages;
  if (violation === null) continue;
  violations += 1;
  console.log(`seed ${seed}, step ${violation.step}: broken is "${violation.check}": ${violation.text}`);
  if (violations === 1) await printShortest(run);
}
const seconds = ((performance.now() - started) / 1_000).toFixed(1);
console.log(
  `${seeds} seeds x ${steps} steps: ${violations} violations; ${total.steps} steps, ${total.faults} faults, ${total.events} events, ${total.decisions} decisions, ${total.messages} messages in ${seconds} s`,
);
process.exitCode = violations === 0 ? 0 : 1;
