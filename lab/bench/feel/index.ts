import { handWritten, type Profile, ROWS, scanRows, thousandRows } from "./decision-table.ts";
import {
  celTable,
  feelInputs,
  feelinTable,
  jsonLogicTable,
  jsonRulesTable,
  rapportTable,
  type TableEngine,
  zenTable,
} from "./engines.ts";
import { expressionContenders } from "./expression.ts";
import { makeProfiles } from "./profiles.ts";
import { type Contender, interleave, type Timing } from "./timing.ts";

const ROUNDS = 15;
const PROFILES = makeProfiles(1000);
const INPUTS = PROFILES.map(feelInputs);
const LARGE_ROWS = thousandRows();

const small = rapportTable(ROWS);
const large = rapportTable(LARGE_ROWS);

/** Budgets exceeded so far. Only ratios have budgets; wall times beside them are information. */
let missed = 0;

function budget(what: string, value: number, limit: number, sense: "at most" | "at least" = "at most"): void {
  const met = sense === "at most" ? value <= limit : value >= limit;
  if (!met) missed += 1;
  console.log(`  ${met ? "ok  " : "OVER"} ${what}: ${format(value)} (budget: ${sense} ${format(limit)})`);
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(2);
}

function print(title: string, timings: readonly Timing[]): void {
  console.log(`\n${title}`);
  for (const { name, nanoseconds, ratio } of timings) {
    console.log(
      `  ${name.padEnd(34)} ${`${format(ratio)} x`.padStart(12)} ${`${format(nanoseconds)} ns`.padStart(16)}`,
    );
  }
}

function profileAt(index: number): Profile {
  return PROFILES[index % PROFILES.length] as Profile;
}

function engineContender({ name, offer }: TableEngine, isAsync = false): Contender {
  return { name, run: (index) => offer(profileAt(index)), isAsync };
}

function ratioOf(timings: readonly Timing[], name: string): number {
  return timings.find((timing) => timing.name === name)?.ratio ?? Number.NaN;
}

/** Every engine must answer alike for every profile, or its time means nothing. */
async function checkEqual(engines: readonly TableEngine[]): Promise<void> {
  for (const [index, profile] of PROFILES.entries()) {
    const expected = handWritten(profile);
    const answers = { rapport: small(INPUTS[index] ?? {}), scan: scanRows(ROWS, profile) };
    for (const [name, answer] of Object.entries(answers)) {
      if (answer !== expected)
        throw new Error(`${name} answers ${answer} for ${JSON.stringify(profile)}, not ${expected}`);
    }
    for (const engine of engines) {
      const answer = await engine.offer(profile);
      if (answer !== expected) throw new Error(`${engine.name} answers ${answer}, not ${expected}`);
    }
    const band = scanRows(LARGE_ROWS, profile);
    if (large(INPUTS[index] ?? {}) !== band) throw new Error(`the large table does not answer ${band}`);
  }
  console.log(`all engines answer alike on ${PROFILES.length} profiles`);
}

/** Prints all figures; answers with the number of budgets that are exceeded. */
export async function run(): Promise<number> {
  const engines = [jsonLogicTable(ROWS), celTable(ROWS), feelinTable(ROWS)];
  const asynchronous = [zenTable(ROWS), jsonRulesTable(ROWS)];
  await checkEqual([...engines, ...asynchronous]);

  const table = await interleave(
    [
      { name: "hand-written", run: (index) => handWritten(profileAt(index)) },
      { name: "rapport", run: (index) => small(INPUTS[index % INPUTS.length] ?? {}) },
      { name: "rapport, from JSON each time", run: (index) => small(feelInputs(profileAt(index))) },
      ...engines.map((engine) => engineContender(engine)),
      ...asynchronous.map((engine) => engineContender(engine, true)),
    ],
    ROUNDS,
  );
  print("decision table of 20 rows and 5 columns, hit policy FIRST", table);
  budget("times hand-written JavaScript", ratioOf(table, "rapport"), 8);
  budget("times faster than feelin", ratioOf(table, "feelin") / ratioOf(table, "rapport"), 500, "at least");

  const expression = await interleave(expressionContenders(PROFILES), ROUNDS);
  print("one expression", expression);

  const sizes = await interleave(
    [
      { name: "20 rows", run: (index) => small(INPUTS[index % INPUTS.length] ?? {}) },
      { name: "1,000 rows, indexed", run: (index) => large(INPUTS[index % INPUTS.length] ?? {}) },
      { name: "1,000 rows, scanned in JavaScript", run: (index) => scanRows(LARGE_ROWS, profileAt(index)) },
    ],
    ROUNDS,
  );
  print("table of 1,000 rows", sizes);
  budget("times the 20-row table", ratioOf(sizes, "1,000 rows, indexed"), 5);

  const million = await interleave(
    [
      { name: "hand-written", run: () => overAMillion((index) => handWritten(profileAt(index))) },
      { name: "rapport", run: () => overAMillion((index) => small(INPUTS[index % INPUTS.length] ?? {})) },
    ],
    5,
  );
  print("one million profiles through one table", million);
  return missed;
}

function overAMillion(run: (index: number) => unknown): unknown {
  let last: unknown;
  for (let index = 0; index < 1_000_000; index += 1) last = run(index);
  return last;
}

if (import.meta.main) process.exitCode = (await run()) === 0 ? 0 : 1;
