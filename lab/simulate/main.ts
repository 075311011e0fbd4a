/**
 * `npm run simulate -- --decisions 1000000 [--live playbooks/retail] [--tried <folder>] [--placement ...]`: decides on
 * made-up customers with the live playbook and replays every decision with the tried one. `--estimate` makes up how they
 * respond, too, so that the estimators have something to estimate.
 */
import { parseArgs } from "node:util";
import { listeningTo } from "#domain/simulation/fired-rows.ts";
import { recordOfProfile } from "#domain/simulation/profile.ts";
import { reportOf } from "#domain/simulation/report.ts";
import { simulateRecord } from "#domain/simulation/simulate-record.ts";
import { newTally } from "#domain/simulation/tally.ts";
import { seeded } from "../seeded.ts";
import { person } from "./people.ts";
import { playbookIn } from "./playbook.ts";

const { values } = parseArgs({
  options: {
    decisions: { type: "string", default: "10000" },
    live: { type: "string", default: "playbooks/retail" },
    tried: { type: "string" },
    placement: { type: "string", multiple: true, default: ["web.home.hero", "call.retention"] },
    estimate: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});
const decisions = Number(values.decisions);
if (!Number.isInteger(decisions) || decisions < 1) {
  console.error("--decisions takes a whole number from 1 on");
  process.exit(2);
}

const live = await playbookIn(values.live);
const tried = listeningTo(values.tried === undefined ? live : await playbookIn(values.tried));
const random = seeded(Number(values.seed));
const tally = newTally();
const now = Date.parse("2026-11-18T12:00:00.000Z");
const step = Math.max(1, Math.floor(decisions / 10));

const started = performance.now();
let replaying = 0;
for (let index = 0; index < decisions; index += 1) {
  const placement = values.placement[index % values.placement.length] ?? "";
  const record = recordOfProfile(person(random), live, { simulationId: "local", index, placement, now });
  const before = performance.now();
  const reward = record.decision.actions.length > 0 && random() < 0.1 ? 1 : 0;
  simulateRecord(tally, record, tried, values.estimate ? reward : undefined);
  replaying += performance.now() - before;
  if ((index + 1) % step === 0) console.error(`${index + 1} of ${decisions}`);
}
const seconds = (performance.now() - started) / 1_000;

console.log(JSON.stringify(reportOf(tally), null, 2));
console.log(
  `\n${decisions} decisions in ${seconds.toFixed(1)} s: ${Math.round(decisions / seconds)} a second made and replayed, ${Math.round(decisions / (replaying / 1_000))} a second replayed`,
);
console.log(`memory: ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`);
