import { globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { positionOf } from "#feel/syntax/diagnostics.ts";
import { isSaidEqual } from "./equal.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";

const ROOT = join(import.meta.dirname, "../..");
const DOMAIN = "shared/domain";

/** A mutation of a file of shared/domain. */
export interface Mutant extends Mutation {
  /** From the project's root. */
  readonly file: string;
  /** The file as it is. */
  readonly text: string;
  /** The test files of its own folder, in no particular order. */
  readonly tests: readonly string[];
}

export interface Draw {
  readonly mutants: readonly Mutant[];
  /** So many more came up that are said to be equal. */
  readonly equal: number;
}

/**
 * Every mutant of the folders that have tests of their own.
 * @param within a folder below shared/domain; empty: all of it
 */
export function allMutants(within = ""): readonly Mutant[] {
  return globSync(`${join(DOMAIN, within)}/**/*.ts`, { cwd: ROOT })
    .toSorted()
    .flatMap((file) => {
      const [folder] = relative(DOMAIN, file).split(sep);
      const tests = globSync(`test/domain/${folder}/**/*.test.ts`, { cwd: ROOT }).toSorted();
      const text = readFileSync(join(ROOT, file), "utf8");
      return tests.length === 0
        ? []
        : mutationsOf(text).map((mutation) => ({ ...mutation, file, tests, text }));
    });
}

/** So many of them by chance, each at most once; one that is said to be equal is counted apart, and another drawn for it. */
export function drawn(mutants: readonly Mutant[], count: number, random: () => number): Draw {
  const left = [...mutants];
  const chosen: Mutant[] = [];
  let equal = 0;
  while (chosen.length < count && left.length > 0) {
    const [next] = left.splice(Math.floor(random() * left.length), 1);
    if (next === undefined) continue;
    if (isSaidEqual(next)) equal += 1;
    else chosen.push(next);
  }
  return { mutants: chosen, equal };
}

/** Where a mutant is and what it changes, with the line that it changes. */
export function described({ file, text, from, to, replacement }: Mutant): string {
  const { line, column } = positionOf(text, from);
  const whole = text.split("\n")[line - 1]?.trim() ?? "";
  return `${file}:${line}:${column} ${text.slice(from, to)} -> ${replacement || "nothing"}   ${whole}`;
}
