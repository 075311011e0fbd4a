import { describe, expect, it } from "vitest";
import { isLitter, normalizeFiles } from "#domain/playbook/read/paths.ts";

const pathsOf = (...paths: string[]) =>
  Object.keys(normalizeFiles(Object.fromEntries(paths.map((path) => [path, ""]))));

describe("the paths of a playbook's files", () => {
  it.each([
    ["as they are", ["playbook.yaml", "actions/a.yaml"], ["playbook.yaml", "actions/a.yaml"]],
    [
      "without a folder around all of them",
      ["shop/actions/a.yaml", "shop/playbook.yaml"],
      ["actions/a.yaml", "playbook.yaml"],
    ],
    [
      "with the folder where not all are in it",
      ["shop/playbook.yaml", "a.yaml"],
      ["shop/playbook.yaml", "a.yaml"],
    ],
    [
      "with the folder where it holds no playbook",
      ["shop/a.yaml", "shop/b.yaml"],
      ["shop/a.yaml", "shop/b.yaml"],
    ],
    [
      "with a folder beside a playbook",
      ["shop/playbook.yaml", "playbook.yaml"],
      ["shop/playbook.yaml", "playbook.yaml"],
    ],
    [
      "with slashes, and without dots in front",
      ["actions\\a.yaml", "././playbook.yaml"],
      ["actions/a.yaml", "playbook.yaml"],
    ],
    [
      "without litter",
      ["shop/playbook.yaml", "__MACOSX/shop/a", "shop/.DS_Store", ".hidden"],
      ["playbook.yaml"],
    ],
    ["none of none", [], []],
  ])("are %s", (_what, paths, expected) => {
    expect(pathsOf(...paths)).toEqual(expected);
  });

  it.each([
    "../a.yaml",
    "a/../b.yaml",
    "a/./b.yaml",
    "a//b.yaml",
    "/a.yaml",
    "C:/a.yaml",
    "",
    "a\u0000.yaml",
    "a\u007f.yaml",
    "a".repeat(301),
  ])("lead nowhere else: %j", (path) => {
    expect(() => pathsOf(path)).toThrow();
  });

  it("may be three hundred characters", () => {
    expect(pathsOf("a".repeat(300))).toHaveLength(1);
  });

  it.each([
    ["Thumbs.db", true],
    ["a/.git/x", true],
    ["a/Thumbs.dbx", false],
    ["a.b", false],
  ])("are litter, or none: %s", (path, expected) => {
    expect(isLitter(path)).toBe(expected);
  });
});
