import { describe, expect, it } from "vitest";
import { isScalar, parseDocument } from "yaml";
import { offsetInFile } from "#domain/playbook/read/scalar-offset.ts";

/** For each character of the value of `a`, what stands in the file where it is said to stand. */
const pointedAt = (source: string): readonly (readonly [string, string])[] => {
  const node = parseDocument(source).get("a", true);
  if (!isScalar(node)) throw new Error("no scalar");
  const value = String(node.value);
  return [...value].map((character, index) => [
    character,
    source.slice(offsetInFile(source, node, value, index)).slice(0, character === " " ? 1 : 2),
  ]);
};

/** Where the n-th character of the value stands. */
const offsetsIn = (source: string): readonly number[] => {
  const node = parseDocument(source).get("a", true);
  if (!isScalar(node)) throw new Error("no scalar");
  const value = String(node.value);
  return Array.from({ length: value.length + 1 }, (_, index) => offsetInFile(source, node, value, index));
};

describe("where a character of a value stands in the file", () => {
  it.each([
    ["a plain one", "a: xy z", [3, 4, 5, 6, 7]],
    ["one in double quotes", 'a: "xy"', [4, 5, 6]],
    ["one in single quotes", "a: 'xy'", [4, 5, 6]],
    ["single quotes in single quotes", "a: 'x''y'", [4, 5, 7, 8]],
    ["a plain one with a quote", "a: x'y", [3, 4, 5, 6]],
    ["a double-quoted one with a quote", `a: "x'y"`, [4, 5, 6, 7]],
    ["a plain one with a backslash", "a: x\\ny", [3, 4, 5, 6, 7]],
    ["a line break as an escape", 'a: "x\\ny"', [4, 5, 7, 8]],
    ["an escape of two digits", 'a: "x\\x41y"', [4, 5, 9, 10]],
    ["an escape of four digits", 'a: "x\\u0041y"', [4, 5, 11, 12]],
    ["an escape of eight digits", 'a: "x\\U00000041y"', [4, 5, 15, 16]],
    ["a block", "a: |\n  x\n  y\n", [7, 8, 11, 12, 13]],
    ["a folded block", "a: >\n  x\n  y\n", [7, 8, 11, 12, 13]],
    ["a plain one on two lines", "a: x\n  y", [3, 4, 7, 8]],
    ["a plain one on two lines with a tab", "a: x\n \t y", [3, 4, 8, 9]],
    ["a quoted one on two lines", 'a: "x\n  y"', [4, 5, 8, 9]],
    ["a quoted one whose lines are joined", 'a: "x\\\n  y"', [4, 9, 10]],
    ["several blanks", "a: x  y", [3, 4, 5, 6, 7]],
    ["blanks before a line break", "a: x \n  y", [3, 4, 8, 9]],
    ["windows' line breaks", "a: x\r\n  y", [3, 4, 8, 9]],
  ])("is right in %s", (_what, source, offsets) => {
    expect(offsetsIn(source)).toEqual(offsets);
    expect(
      pointedAt(source).filter(
        ([character, found]) =>
          /\w/.test(character) && !found.startsWith(character) && !found.startsWith("\\"),
      ),
    ).toEqual([]);
  });

  it("is never past the value", () => {
    const source = "a: xy\nb: z";
    const node = parseDocument(source).get("a", true);
    if (!isScalar(node)) throw new Error("no scalar");
    expect(offsetInFile(source, node, "xy", 9)).toBe(5);
  });
});
