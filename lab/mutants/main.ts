/**
 * `npm run mutants [-- --seed 1 --seed 2 --mutants 40 --in playbook/read]`: changes one thing in shared/domain at a time and
 * asks those tests of its own folder that load the changed file, nearest first. Prints who noticed what, and what nobody
 * noticed; fails where less than 34 of 40 were found.
 */
import { parseArgs } from "node:util";
import { seeded } from "../seeded.ts";
import { type Asker, type Ending, startAsker } from "./asker.ts";
import { allMutants, type Draw, described, drawn, type Mutant } from "./drawing.ts";
import { mutated } from "./mutations.ts";
import { nearestFirst, type TestFiles } from "./nearest.ts";

/** The share that has to be found: 34 of 40. */
const ENOUGH = 34 / 40;

/** Whether test files pass where nothing is changed, as far as that was asked. */
type Passing = Map<string, boolean>;

/** A test that fails where nothing is changed finds everything: each one that finds something is run once as it is. */
async function passes(asker: Asker, test: string, passing: Passing): Promise<boolean> {
  const known = passing.get(test);
  if (known !== undefined) return known;
  const { kind } = await asker.ask({ tests: [test], onlyLoaded: false });
  passing.set(test, kind === "passed");
  if (kind !== "passed") console.log(`left out, for it fails where nothing is changed: ${test}`);
  return kind === "passed";
}

async function tried(asker: Asker, mutant: Mutant, files: TestFiles, passing: Passing): Promise<Ending> {
  const tests = nearestFirst(mutant, files).filter((test) => passing.get(test) !== false);
  if (tests.length === 0) return { kind: "passed", distances: {} };
  const planted = { file: mutant.file, text: mutated(mutant.text, mutant) };
  const ending = await asker.ask({ tests, onlyLoaded: false, planted });
  const isTrue =
    ending.kind !== "failed" || ending.test === null || (await passes(asker, ending.test, passing));
  return isTrue ? ending : tried(asker, mutant, files, passing);
}

async function play(
  seed: string,
  { mutants, equal }: Draw,
  tryOne: (mutant: Mutant) => Promise<Ending>,
): Promise<boolean> {
  const survivors: Mutant[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const ending = await tryOne(mutant);
    const how = ending.kind === "passed" ? "survived" : `${ending.kind}: ${ending.by}`;
    console.log(`seed ${seed}, ${index + 1} of ${mutants.length}: ${described(mutant)}\n    ${how}`);
    if (ending.kind === "passed") survivors.push(mutant);
  }
  for (const survivor of survivors) console.log(`survived: ${described(survivor)}`);
  const found = mutants.length - survivors.length;
  console.log(`seed ${seed}: ${found} of ${mutants.length} found, ${equal} more said to be equal`);
  return found >= ENOUGH * mutants.length;
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", multiple: true, default: ["1"] },
    mutants: { type: "string", default: "40" },
    in: { type: "string", default: "" },
  },
});

const all = allMutants(values.in);
const draws = values.seed.map((seed) => ({
  seed,
  draw: drawn(all, Number(values.mutants), seeded(Number(seed))),
}));
const tests = [...new Set(draws.flatMap(({ draw }) => draw.mutants.flatMap((mutant) => mutant.tests)))];
const times = new Map<string, number>();
const asker = startAsker(({ test, failed, milliseconds }) => {
  if (failed === null) times.set(test, milliseconds);
});
try {
  const loaded = await asker.ask({ tests, onlyLoaded: true });
  if (loaded.kind !== "passed") throw new Error(`does not load where nothing is changed: ${loaded.by}`);
  const files: TestFiles = { distances: loaded.distances, times };
  const passing: Passing = new Map();
  for (const { seed, draw } of draws)
    if (!(await play(seed, draw, (mutant) => tried(asker, mutant, files, passing)))) process.exitCode = 1;
} finally {
  asker.stop();
}
