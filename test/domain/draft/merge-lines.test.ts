import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFile, mergeFiles, mergeTexts } from "#domain/draft/merge/merge-files.ts";
import { mergeLines } from "#domain/draft/merge/merge-lines.ts";

const BEFORE = "1\n2\n3\n4\n5\n6\n";
const merged = (yours: string, theirs: string, isApart = false) =>
  mergeLines({ before: BEFORE, yours, theirs }, { isApart });

describe("two changes of a text, line by line,", () => {
  it.each<readonly [what: string, yours: string, theirs: string, text: string]>([
    ["apart", "one\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nsix\n", "one\n2\n3\n4\n5\nsix\n"],
    ["with a line between", "1\nb\n3\n4\n5\n6\n", "1\n2\n3\nd\n5\n6\n", "1\nb\n3\nd\n5\n6\n"],
    ["that take away and add", "2\n3\n4\n5\n6\n", `${BEFORE}7\n`, "2\n3\n4\n5\n6\n7\n"],
    ["that are the same", "1\nx\n3\n4\n5\n6\n", "1\nx\n3\n4\n5\n6\n", "1\nx\n3\n4\n5\n6\n"],
    ["of which one is a part of the other", "1\nx\n3\n4\n5\n6\n", "1\nx\n3\n4\n5\ny\n", "1\nx\n3\n4\n5\ny\n"],
    ["the last without a break", "1\n2\n3\n4\n5\n6", "0\n1\n2\n3\n4\n5\n6\n", "0\n1\n2\n3\n4\n5\n6"],
  ])("are both kept: %s", (_what, yours, theirs, text) => {
    expect(merged(yours, theirs)).toEqual({ text, conflicts: [], by: "lines" });
    expect(merged(theirs, yours).text).toBe(text);
  });

  it("that meet are told with the line of the merged text, and theirs stands", () => {
    const yours = "0\n1\n2\nc\nd\n5\nf\n";
    const theirs = "1\n2\nC\n4\n5\nF\n";
    expect(merged(yours, theirs)).toEqual({
      text: "0\n1\n2\nC\n4\n5\nF\n",
      conflicts: [
        { line: 4, before: "3\n4\n", yours: "c\nd\n", theirs: "C\n4\n" },
        { line: 7, before: "6\n", yours: "f\n", theirs: "F\n" },
      ],
      by: "lines",
    });
  });

  it("of which one reaches over several of the other are one conflict", () => {
    expect(merged("1\nwhole\n6\n", "1\nb\n3\n4\ne\n6\n").conflicts).toEqual([
      { line: 2, before: "2\n3\n4\n5\n", yours: "whole\n", theirs: "b\n3\n4\ne\n" },
    ]);
    expect(merged("1\nb\n3\n4\ne\n6\n", "1\nwhole\n6\n").text).toBe("1\nwhole\n6\n");
  });

  it("that stand beside each other meet, unless they may stand apart", () => {
    const [yours, theirs] = ["1\nb\n3\n4\n5\n6\n", "1\n2\nc\n4\n5\n6\n"];
    expect(merged(yours, theirs).conflicts).toEqual([
      { line: 2, before: "2\n3\n", yours: "b\n3\n", theirs: "2\nc\n" },
    ]);
    expect(merged(yours, theirs, true)).toMatchObject({ text: "1\nb\nc\n4\n5\n6\n", conflicts: [] });
  });

  it("that add something at one place meet, though they may stand apart", () => {
    const [yours, theirs] = ["1\n2\n3\nx\n4\n5\n6\n", "1\n2\n3\ny\n4\n5\n6\n"];
    expect(merged(yours, theirs, true)).toEqual({
      text: theirs,
      conflicts: [{ line: 4, before: "", yours: "x\n", theirs: "y\n" }],
      by: "lines",
    });
    const behind = merged("1\n2\n3\nx\n4\n5\n6\n", "1\n2\n3\nfour\n5\n6\n", true);
    expect(behind).toMatchObject({ text: "1\n2\n3\nx\nfour\n5\n6\n", conflicts: [] });
  });

  it("come to the same whoever made which, but for whose words stand", () => {
    const lines = fc
      .array(fc.constantFrom("a\n", "b\n", "c\n"), { maxLength: 12 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(lines, lines, lines, fc.boolean(), (before, yours, theirs, isApart) => {
        const one = mergeLines({ before, yours, theirs }, { isApart });
        const other = mergeLines({ before, yours: theirs, theirs: yours }, { isApart });
        const told = ({ before: was, yours: mine, theirs: its }: (typeof one.conflicts)[number]) => [
          was,
          mine,
          its,
        ];
        expect(other.conflicts.map(told)).toEqual(
          one.conflicts.map(told).map(([was, mine, its]) => [was, its, mine]),
        );
        if (one.conflicts.length === 0) expect(other.text).toBe(one.text);
        for (const { line, theirs: its } of one.conflicts) {
          const from = one.text
            .split("\n")
            .slice(line - 1)
            .join("\n");
          expect(from.startsWith(its)).toBe(true);
        }
      }),
    );
  });
});

describe("two changes of a YAML file", () => {
  const WAS = "a: { x: 1, y: 2 }\nb: [1, 2]\nc: 3\nd: 4\n";
  const by = (yours: string, theirs: string, before = WAS): string =>
    mergeTexts("x.yaml", { before, yours, theirs }).by;
  it.each<readonly [what: string, yours: string, theirs: string, by: string]>([
    ["of two members", WAS.replace("c: 3", "c: 5"), WAS.replace("d: 4", "d: 6"), "keys"],
    ["that take one away and change another", WAS.replace("c: 3\n", ""), WAS.replace("d: 4", "d: 6"), "keys"],
    ["that add one and change another", `${WAS}e: 1\n`, WAS.replace("c: 3", "c: 5"), "keys"],
    ["of a map and a list beside it", WAS.replace("x: 1", "x: 2"), WAS.replace("[1, 2]", "[1]"), "keys"],
    ["of a list on one line", WAS.replace("[1, 2]", "[1]"), WAS.replace("[1, 2]", "[2]"), "lines"],
    ["of members on one line", WAS.replace("x: 1", "x: 2"), WAS.replace("y: 2", "y: 3"), "lines"],
    ["of which one is no YAML", `${WAS}e: [\n`, WAS.replace("c: 3", "c: 5"), "lines"],
    [
      "that take one away that the other changes",
      WAS.replace("c: 3\n", ""),
      WAS.replace("c: 3", "c: 5"),
      "lines",
    ],
  ])("are put together by its keys where that is sound: %s", (_what, yours, theirs, how) => {
    expect([by(yours, theirs), by(theirs, yours)]).toEqual([how, how]);
  });

  it("are put together with a value that is no number, and not where a map became a list", () => {
    const before = "a: .nan\nb: 1\nc: 2\n";
    expect(by(before.replace("b: 1", "b: 3"), before.replace("c: 2", "c: 4"), before)).toBe("keys");
    const maps = "a:\n  x: 1\nb: 1\n";
    expect(by("a:\n  - 1\nb: 1\n", "a:\n  x: 2\nb: 1\n", maps)).toBe("lines");
  });

  it("are not where aliases would grow without end", () => {
    const bomb = `a: &a [x]\nb: [${Array(101).fill("*a").join(", ")}]\nc: 1\nd: 2\n`;
    expect(by(bomb.replace("c: 1", "c: 3"), bomb.replace("d: 2", "d: 4"), bomb)).toBe("lines");
  });
});

describe("a file that two people changed", () => {
  const [A, B, C] = ["a\n", "b\n", "c\n"];
  it.each<
    readonly [
      before: string | null,
      yours: string | null,
      theirs: string | null,
      text: string | null,
      conflicts: number,
      by: string,
    ]
  >([
    [A, A, B, B, 0, "file"],
    [A, B, A, B, 0, "file"],
    [A, B, B, B, 0, "file"],
    [A, B, C, C, 1, "lines"],
    [A, null, A, null, 0, "file"],
    [A, A, null, null, 0, "file"],
    [A, null, null, null, 0, "file"],
    [A, null, B, B, 1, "file"],
    [A, B, null, null, 1, "file"],
    [null, A, null, A, 0, "file"],
    [null, null, A, A, 0, "file"],
    [null, A, A, A, 0, "file"],
    [null, A, B, B, 1, "lines"],
  ])("%j, for you %j, for them %j: %j", (before, yours, theirs, text, count, how) => {
    const found = mergeFile("x.txt", { before, yours, theirs });
    expect(found).toMatchObject({ path: "x.txt", before, yours, theirs, text, by: how });
    expect(found.conflicts).toHaveLength(count);
    const whole = { line: 1, before: before ?? "", yours: yours ?? "", theirs: theirs ?? "" };
    if (count === 1) expect(found.conflicts).toEqual([whole]);
  });

  it("is told by its path, and one that nobody changed is not", () => {
    const files = mergeFiles(
      { same: A, mine: A, gone: A },
      { same: A, mine: B, gone: A, new: C },
      { same: A, mine: A },
    );
    expect(files.map(({ path, text }) => [path, text])).toEqual([
      ["gone", null],
      ["mine", B],
      ["new", C],
    ]);
  });
});
