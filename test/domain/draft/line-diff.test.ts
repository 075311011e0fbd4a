import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines, linesOf } from "#domain/draft/merge/line-diff.ts";

/** How many lines two lists have in common at most, in order. */
const mostInCommon = (before: readonly string[], after: readonly string[]): number => {
  let above = new Array<number>(after.length + 1).fill(0);
  for (const line of before) {
    const row = [0];
    for (const [index, other] of after.entries())
      row.push(line === other ? (above[index] ?? 0) + 1 : Math.max(above[index + 1] ?? 0, row[index] ?? 0));
    above = row;
  }
  return above.at(-1) ?? 0;
};

const keptIn = (before: readonly string[], after: readonly string[]): number =>
  before.length - diffLines(before, after).reduce((sum, { from, end }) => sum + end - from, 0);

describe("where two lists of lines differ", () => {
  const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 24 });

  it("is as little as can be, in order, and what is beside it is the same in both", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        expect(keptIn(before, after)).toBe(mostInCommon(before, after));
        let [done, otherDone] = [0, 0];
        for (const { from, end, otherFrom, otherEnd } of diffLines(before, after)) {
          expect(from - done).toBe(otherFrom - otherDone);
          expect(before.slice(done, from)).toEqual(after.slice(otherDone, otherFrom));
          expect(end - from + otherEnd - otherFrom).toBeGreaterThan(0);
          [done, otherDone] = [end, otherEnd];
        }
        expect(before.slice(done)).toEqual(after.slice(otherDone));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ["a line that came", ["a", "c"], ["a", "b", "c"], [[1, 1, 1, 2]]],
    ["a line that went", ["a", "b", "c"], ["a", "c"], [[1, 2, 1, 1]]],
    ["all of it", ["a"], ["b"], [[0, 1, 0, 1]]],
    ["nothing", ["a", "b"], ["a", "b"], []],
    ["nothing of nothing", [], [], []],
    [
      "a beginning and an end",
      ["a", "b", "c"],
      ["x", "b", "y"],
      [
        [0, 1, 0, 1],
        [2, 3, 2, 3],
      ],
    ],
    ["one of two alike", ["a", "a"], ["a"], [[1, 2, 1, 1]]],
  ])("is told by its lines: %s", (_what, before, after, hunks) => {
    expect(
      diffLines(before, after).map(({ from, end, otherFrom, otherEnd }) => [from, end, otherFrom, otherEnd]),
    ).toEqual(hunks);
  });

  it("is told apart up to 1500 differences, and as one past that", () => {
    const rowsOf = (count: number): readonly string[] =>
      Array.from({ length: count }, (_, index) => [`same ${index}`, `gone ${index}`]).flat();
    const kept = (lines: readonly string[]): readonly string[] => [
      ...lines.filter((line) => line.startsWith("same")),
      "end",
    ];
    // One more difference is the line at the end.
    expect(diffLines(rowsOf(1_499), kept(rowsOf(1_499)))).toHaveLength(1_499);
    expect(diffLines(rowsOf(1_500), kept(rowsOf(1_500)))).toHaveLength(1);
  });
});

it.each([
  ["", []],
  ["a", ["a"]],
  ["a\n", ["a\n"]],
  ["\n\na\r\nb", ["\n", "\n", "a\r\n", "b"]],
])("the lines of %j are the text, each with its break", (text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});
