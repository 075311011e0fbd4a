/**
 * `npm run mutants [-- --seed 1 --mutants 40]`: changes one thing in shared/domain at a time, in a copy of the project, and
 * asks the tests of its own folder. Prints what nobody noticed; fails where less than 34 of 40 were.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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
  readonly tests: string;
  readonly text: string;
}

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, mutants: { type: "string", default: "40" } },
});

/** Every mutant of the folders that have tests of their own. */
function allMutants(): readonly Mutant[] {
  return globSync(`${DOMAIN}/**/*.ts`, { cwd: ROOT })
    .toSorted()
    .flatMap((file) => {
      const tests = join("test/domain", relative(DOMAIN, file).split(sep)[0] ?? "");
      if (!existsSync(join(ROOT, tests))) return [];
      const text = readFileSync(join(ROOT, file), "utf8");
      return mutationsOf(text).map((mutation) => ({ ...mutation, file, tests, text }));
    });
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
function runTests(copy: string, tests: string, timeout?: number): Ending {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const ran = spawnSync(process.execPath, [vitest, "run", tests, "--bail=1"], {
    cwd: copy,
    stdio: "ignore",
    ...(timeout === undefined ? {} : { timeout }),
  });
  if (ran.error !== undefined && "code" in ran.error && ran.error.code === "ETIMEDOUT") return "endless";
  return ran.status === 0 ? "passed" : "failed";
}

/** How long the tests of each folder take where nothing is changed, in ms. Throws where they fail. */
function usualTimes(copy: string, mutants: readonly Mutant[]): ReadonlyMap<string, number> {
  const folders = [...new Set(mutants.map(({ tests }) => tests))];
  return new Map(
    folders.map((tests) => {
      const began = performance.now();
      if (runTests(copy, tests) !== "passed") throw new Error(`${tests} fails as it is`);
      return [tests, performance.now() - began];
    }),
  );
}

function tried(copy: string, mutant: Mutant, timeout: number): Ending {
  const file = join(copy, mutant.file);
  writeFileSync(file, mutated(mutant.text, mutant));
  const ending = runTests(copy, mutant.tests, timeout);
  writeFileSync(file, mutant.text);
  return ending;
}

const copy = mkdtempSync(join(tmpdir(), "rapport-mutants-"));
try {
  const filter = (path: string): boolean => !LEFT_OUT.some((name) => path.endsWith(`${sep}${name}`));
  cpSync(ROOT, copy, { recursive: true, filter });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const mutants = drawn(allMutants(), Number(values.mutants), seeded(Number(values.seed)));
  const usual = usualTimes(copy, mutants);
  let found = 0;
  for (const mutant of mutants) {
    const ending = tried(copy, mutant, Math.ceil(TIMES_AS_LONG * (usual.get(mutant.tests) ?? 0)));
    if (ending === "passed") console.log(`survived: ${placeOf(mutant)}`);
    else found += 1;
    if (ending === "endless") console.log(`endless, so found: ${placeOf(mutant)}`);
  }
  console.log(`seed ${values.seed}: ${found} of ${mutants.length} found`);
  if (found < ENOUGH * mutants.length) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true });
}
