/**
 * `npm run mutants [-- --seed 1 --seed 2 --mutants 40]`: changes one thing in shared/domain at a time, in a copy of the project, and
 * asks the tests of its own folder: first those that name the changed file, which mostly notice, then the others. Prints
 * what nobody noticed; fails where less than 34 of 40 were.
 */
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { positionOf } from "#feel/syntax/diagnostics.ts";
import { seeded } from "../seeded.ts";
import { type Mutation, mutated, mutationsOf } from "./mutations.ts";

const ROOT = join(import.meta.dirname, "../..");
const DOMAIN = "shared/domain";
/** The share that has to be found: 34 of 40. */
const ENOUGH = 34 / 40;
/** So many times as long as the tests take otherwise, and a mutant has made something endless: it counts as found, and is told. */
const TIMES_AS_LONG = 10;
const LEFT_OUT: readonly string[] = ["node_modules", ".git", "cdk.out", ".rapport", "dist"];

interface Mutant extends Mutation {
  readonly file: string;
  readonly folder: string;
  /** The test files of its folder, in the order in which they are asked. */
  readonly asked: readonly (readonly string[])[];
  readonly text: string;
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", multiple: true, default: ["1"] },
    mutants: { type: "string", default: "40" },
  },
});

/** Every mutant of the folders that have tests of their own. */
function allMutants(): readonly Mutant[] {
  return globSync(`${DOMAIN}/**/*.ts`, { cwd: ROOT })
    .toSorted()
    .flatMap((file) => {
      const folder = `test/domain/${relative(DOMAIN, file).split(sep)[0]}`;
      const asked = testsOf(file, folder);
      const text = readFileSync(join(ROOT, file), "utf8");
      return asked.length === 0
        ? []
        : mutationsOf(text).map((mutation) => ({ ...mutation, file, folder, asked, text }));
    });
}

/** The test files of a file's own folder: those that import it, then the rest. */
function testsOf(file: string, folder: string): readonly (readonly string[])[] {
  const tests = globSync(`${folder}/**/*.test.ts`, { cwd: ROOT }).toSorted();
  const names = (test: string) =>
    readFileSync(join(ROOT, test), "utf8").includes(`"#domain/${relative(DOMAIN, file)}"`);
  return [tests.filter(names), tests.filter((test) => !names(test))].filter((some) => some.length > 0);
}

/** So many of them by chance, each at most once. */
function drawn(mutants: readonly Mutant[], count: number, random: () => number): readonly Mutant[] {
  const left = [...mutants];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

function placeOf({ file, text, from, to, replacement }: Mutant): string {
  const { line, column } = positionOf(text, from);
  return `${file}:${line}:${column} ${text.slice(from, to)} -> ${replacement || "nothing"}`;
}

type Ending = "passed" | "failed" | "endless";

/** @param timeout milliseconds that the tests may take; absent: as long as they need */
function runTests(copy: string, tests: readonly string[], timeout?: number): Ending {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const ran = spawnSync(process.execPath, [vitest, "run", ...tests, "--bail=1", "--no-isolate"], {
    cwd: copy,
    stdio: "ignore",
    ...(timeout === undefined ? {} : { timeout }),
  });
  if (ran.error !== undefined && "code" in ran.error && ran.error.code === "ETIMEDOUT") return "endless";
  return ran.status === 0 ? "passed" : "failed";
}

/** How long the tests of each folder take where nothing is changed, in ms. Throws where they fail. */
function usualTimes(copy: string, mutants: readonly Mutant[]): ReadonlyMap<string, number> {
  const folders = [...new Set(mutants.map(({ folder }) => folder))];
  return new Map(
    folders.map((folder) => {
      const began = performance.now();
      if (runTests(copy, [folder]) !== "passed") throw new Error(`${folder} fails as it is`);
      return [folder, performance.now() - began];
    }),
  );
}

function tried(copy: string, mutant: Mutant, timeout: number): Ending {
  const file = join(copy, mutant.file);
  writeFileSync(file, mutated(mutant.text, mutant));
  let ending: Ending = "passed";
  for (const tests of mutant.asked) if (ending === "passed") ending = runTests(copy, tests, timeout);
  writeFileSync(file, mutant.text);
  return ending;
}

function tryAll(copy: string, mutants: readonly Mutant[], usual: ReadonlyMap<string, number>): number {
  let found = 0;
  for (const mutant of mutants) {
    const ending = tried(copy, mutant, Math.ceil(TIMES_AS_LONG * (usual.get(mutant.folder) ?? 0)));
    if (ending === "passed") console.log(`survived: ${placeOf(mutant)}`);
    else found += 1;
    if (ending === "endless") console.log(`endless, so found: ${placeOf(mutant)}`);
  }
  return found;
}

const copy = mkdtempSync(join(tmpdir(), "rapport-mutants-"));
try {
  const filter = (path: string): boolean => !LEFT_OUT.some((name) => path.endsWith(`${sep}${name}`));
  cpSync(ROOT, copy, { recursive: true, filter });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const all = allMutants();
  const runs = values.seed.map((seed) => ({
    seed,
    mutants: drawn(all, Number(values.mutants), seeded(Number(seed))),
  }));
  const usual = usualTimes(
    copy,
    runs.flatMap(({ mutants }) => mutants),
  );
  for (const { seed, mutants } of runs) {
    const found = tryAll(copy, mutants, usual);
    console.log(`seed ${seed}: ${found} of ${mutants.length} found`);
    if (found < ENOUGH * mutants.length) process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true });
}
