/**
 * `npm run lab -- adversary [--minutes 30] [--seed 1] [--rate 4]`: somebody with nothing but the write key, at so many
 * requests a second, beside honest customers of a hub in this process. Prints what came of it beside its budgets
 * (docs/security.md), and exits with 1 where one is missed.
 */
import { parseArgs } from "node:util";
import { printTable } from "../measure/table.ts";
import { runAdversary } from "./run.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "4" },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (Number(value) > 0) continue;
  console.error(`--${name} takes a number above 0, not "${value}"`);
  process.exit(2);
}
const SHOWN = 20;
const [minutes, seed, rate] = [Number(values.minutes), Number(values.seed), Number(values.rate)];
const { lines, findings } = await runAdversary({ seed, rate, seconds: minutes * 60 });
const missed = printTable(
  `An adversary with the write key: ${minutes} min, ${rate} requests a second, seed ${seed}`,
  lines,
);
for (const finding of findings.slice(0, SHOWN)) console.log(`- ${finding}`);
process.exitCode = missed === 0 ? 0 : 1;
