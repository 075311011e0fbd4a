import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { fuzzInput, SEEDS, seededRandom } from "#lab/fuzz/feel-inputs.ts";
import { type Comparison, driverComparison } from "../support/compare-drivers.ts";
import { EXPRESSIONS } from "../support/expressions.ts";
import type { Names } from "../support/grammar-drivers.ts";
import {
  type GrammarText,
  longCell,
  oddText,
  textsOfModels,
  textsOfSources,
} from "../support/grammar-texts.ts";

const KIT = join(import.meta.dirname, "../../../../shared/dmn-tck");
/** `node lab/fuzz/grammar.ts` takes any number. */
const INPUTS = 1500;
const NAMES: Names = { x: 1, t: 1, l: 1, "a b": 1, "a-b": { c: 1 }, customer: { age: 1, "first name": 1 } };

let compare: (texts: Iterable<GrammarText>) => Comparison;

beforeAll(async () => {
  compare = await driverComparison();
});

const named = (texts: readonly string[]): GrammarText[] => texts.map((text) => ({ text, names: NAMES }));

if (!existsSync(KIT)) {
  console.warn(`The DMN compatibility kit is not at ${KIT}, so its texts were not read by both drivers.`);
}

describe("our driver and lezer's find the same trees and the same places of errors", () => {
  it.runIf(existsSync(KIT))("in every text of the compatibility kit", () => {
    const result = compare(textsOfModels(KIT));

    expect(result).toMatchObject({ different: [], repaired: 0 });
    expect(result.trees).toBeGreaterThan(5000);
  });

  it("in every string that the tests of the language hold", () => {
    const result = compare(named(textsOfSources(join(import.meta.dirname, ".."))));

    expect(result.different).toEqual([]);
    expect(result.trees).toBeGreaterThan(1000);
    expect(result.errors).toBeGreaterThan(1000);
  });

  it("in generated expressions", () => {
    const result = compare(named(fc.sample(EXPRESSIONS, { numRuns: 500, seed: 20 })));

    expect(result).toEqual({ different: [], trees: 1500, errors: 0, repaired: 0 });
  });

  it("in random bytes, rows of tokens and damaged expressions", () => {
    const random = seededRandom(20);
    const result = compare(named(Array.from({ length: INPUTS }, () => fuzzInput(random))));

    expect(result.different).toEqual([]);
    expect(result.trees).toBeGreaterThan(INPUTS / 10);
    expect(result.repaired).toBeLessThan(INPUTS / 100);
  });

  it("in comments, which the language blanks out before it parses", () => {
    const comment = "/* one */ // two\n";
    const texts = SEEDS.flatMap((seed) => [
      comment + seed + comment,
      seed.replaceAll(" ", ` ${comment} `),
      seed.replaceAll(/[()[\]{},]/g, (bracket) => comment + bracket + comment),
    ]);
    const result = compare(named(texts));

    expect(result.different).toEqual([]);
    expect(result.trees).toBeGreaterThan(SEEDS.length);
  });

  it("in cells that may long be read in two ways: as tests that are negated, and as a call of not()", () => {
    // With this seed two of the choices hang on how far ahead tokens were looked for.
    const random = seededRandom(23);
    const result = compare(Array.from({ length: 400 }, () => longCell(random)));

    expect(result.different).toEqual([]);
    expect(result.trees).toBeGreaterThan(30);
  });

  it("where names are like keywords, operations, and parts of each other", () => {
    const random = seededRandom(21);
    const result = compare(Array.from({ length: INPUTS }, () => oddText(random)));

    expect(result.different).toEqual([]);
    expect(result.trees).toBeGreaterThan(INPUTS / 10);
  });
});
