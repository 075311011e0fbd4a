import { describe, expect, it } from "vitest";
import { isSame, mergeYaml } from "#domain/draft/merge/merge-yaml.ts";

describe("two values of YAML files", () => {
  it.each<[unknown, unknown, boolean]>([
    [1, 1, true],
    [1, "1", false],
    [null, null, true],
    [null, {}, false],
    [{}, null, false],
    [undefined, null, false],
    [Number.NaN, Number.NaN, true],
    [[], [], true],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [[], {}, false],
    [{}, [], false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { a: 1, b: 1 }, false],
    [{ a: 1, b: 1 }, { a: 1 }, false],
    [{ a: undefined }, { b: undefined }, false],
    [{ a: { b: 1 } }, { a: { b: 1 } }, true],
    [{ a: { b: 1 } }, { a: { b: 2 } }, false],
    ["a", { a: 1 }, false],
    ["a", ["a"], false],
    [["a"], "a", false],
  ])("%j and %j are the same: %s", (left, right, expected) => {
    expect(isSame(left, right)).toBe(expected);
  });
});

describe("two changes of a YAML file", () => {
  const BEFORE = "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n";
  const merged = (yours: string, theirs: string, before = BEFORE) => mergeYaml({ before, yours, theirs });

  it.each([
    ["of two members", BEFORE.replace("1", "7"), BEFORE.replace("5", "8"), "a: 7\nb: 2\nc: 3\nd: 4\ne: 8\n"],
    ["of one side alone", BEFORE.replace("1", "7"), BEFORE, "a: 7\nb: 2\nc: 3\nd: 4\ne: 5\n"],
    ["of the other side alone", BEFORE, BEFORE.replace("1", "7"), "a: 7\nb: 2\nc: 3\nd: 4\ne: 5\n"],
    [
      "that are the same",
      BEFORE.replace("1", "7"),
      BEFORE.replace("1", "7"),
      "a: 7\nb: 2\nc: 3\nd: 4\ne: 5\n",
    ],
    [
      "of which one takes a member away",
      BEFORE.replace("a: 1\n", ""),
      BEFORE.replace("5", "8"),
      "b: 2\nc: 3\nd: 4\ne: 8\n",
    ],
  ])("go together by keys: %s", (_what, yours, theirs, text) => {
    expect(merged(yours, theirs)).toEqual({ text, conflicts: [], by: "keys" });
  });

  it.each([
    ["of one value", BEFORE.replace("1", "7"), BEFORE.replace("1", "8")],
    ["of a value that the other takes away", BEFORE.replace("1", "7"), BEFORE.replace("a: 1\n", "")],
    ["of which one is no YAML", "a: [\n", BEFORE],
    ["of which the other is no YAML", BEFORE, "a: [\n"],
  ])("do not go together by keys: %s", (_what, yours, theirs) => {
    expect(merged(yours, theirs)).toBeNull();
  });

  it("do not go together where what they change was no YAML", () => {
    expect(merged("a: 1\n", "a: 1\n", "a: [\n")).toBeNull();
  });
});
