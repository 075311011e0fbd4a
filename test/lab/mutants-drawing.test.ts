import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allMutants, described, drawn } from "#lab/mutants/drawing.ts";
import { isSaidEqual, SAID_EQUAL } from "#lab/mutants/equal.ts";
import { mutated, mutationsOf } from "#lab/mutants/mutations.ts";
import { nearestFirst } from "#lab/mutants/nearest.ts";
import { seeded } from "#lab/seeded.ts";

const ROOT = join(import.meta.dirname, "../..");
const keyOf = ({ file, from, replacement }: { file: string; from: number; replacement: string }): string =>
  `${file} ${from} ${replacement}`;

describe("mutants that are said to be equal", () => {
  it.each(SAID_EQUAL)("are one mutation each of code that stands there once: $file, $becomes", (said) => {
    const text = readFileSync(join(ROOT, said.file), "utf8");
    expect(text.split(said.code)).toHaveLength(2);
    const meant = mutationsOf(text).filter((mutation) => isSaidEqual({ ...mutation, file: said.file, text }));
    expect(meant.map((mutation) => mutated(text, mutation))).toContain(
      text.replace(said.code, () => said.becomes),
    );
    expect(said.because).not.toBe("");
  });

  it("are counted apart, and others are drawn for them", () => {
    const all = allMutants();
    const equal = all.filter(isSaidEqual);
    expect(equal).toHaveLength(SAID_EQUAL.length);
    const one = all.find((mutant) => !isSaidEqual(mutant));
    if (one === undefined) throw new Error("no mutant at all");
    expect(drawn([...equal, one], 1 + equal.length, seeded(1))).toEqual({
      mutants: [one],
      equal: equal.length,
    });
  });
});

describe("a draw", () => {
  it("is the same for the same seed, and holds nothing twice", () => {
    const all = allMutants("statistics");
    const keys = drawn(all, 30, seeded(7)).mutants.map(keyOf);
    expect(drawn(all, 30, seeded(7)).mutants.map(keyOf)).toEqual(keys);
    expect(drawn(all, 30, seeded(8)).mutants.map(keyOf)).not.toEqual(keys);
    expect(new Set(keys).size).toBe(30);
  });

  it("says of a mutant where it is, what it changes, and the line", () => {
    const text = "const a = 1;\n  if (a < 2) b();\n";
    const [mutation] = mutationsOf(text).filter(({ replacement }) => replacement === "<=");
    if (mutation === undefined) throw new Error("no such mutation");
    expect(described({ ...mutation, file: "x.ts", text, tests: [] })).toBe(
      "x.ts:2:9 < -> <=   if (a < 2) b();",
    );
  });
});

it("asks the tests that load a file alone: the nearest first, then the quickest, then those that nobody ran yet", () => {
  const distances = { a: { x: 2 }, b: { x: 1 }, c: { y: 1 }, d: { x: 1 }, e: { x: 1 } };
  const times = new Map([
    ["a", 1],
    ["b", 300],
    ["e", 20],
  ]);
  const tests = ["a", "b", "c", "d", "e"];
  expect(nearestFirst({ file: "x", tests }, { distances, times })).toEqual(["e", "b", "d", "a"]);
});
