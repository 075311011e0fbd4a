import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { failuresBySuite, resultsCsv, summary } from "./report.ts";
import { runKit } from "./run.ts";

const USAGE =
  "usage: npm run tck -- <folder of the DMN TCK> [--out <folder for tck_results.csv>] [--suite <part of a name>]";

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: "string", default: ".rapport/tck" }, suite: { type: "string" } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error(USAGE);
    return 2;
  }
  const { suite } = values;
  const results = runKit(resolve(folder), (name) => suite === undefined || name.includes(suite));
  if (results.length === 0) {
    console.error(
      `no test cases in ${resolve(folder)}: expected a clone of the kit, its folder TestCases, a level or a suite`,
    );
    return 2;
  }
  for (const line of failuresBySuite(results)) console.log(line);
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "tck_results.csv"), resultsCsv(results));
  for (const line of summary(results)) console.log(line);
  return 0;
}

process.exitCode = main();
