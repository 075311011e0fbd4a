import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyProject } from "#lab/bench/develop/copy.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rapport-project-"));
  const files = [
    "a/b.ts",
    "node_modules/pack/index.js",
    "node_modules/@s/p/index.js",
    "node_modules/.vite/x",
  ];
  for (const file of [...files, ".rapport/cloud.sqlite", ".git/HEAD"]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "as it was");
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the copy of the project that a bench changes", () => {
  it("has the code and the packages, and nothing that is the reader's own", () => {
    const { folder, remove } = copyProject(root);
    const there = (file: string): boolean => existsSync(join(folder, file));
    expect(["a/b.ts", "node_modules/pack/index.js", "node_modules/@s/p/index.js"].filter(there)).toHaveLength(
      3,
    );
    expect([".rapport", ".git", "node_modules/.vite"].filter(there)).toEqual([]);
    remove();
  });

  it("takes changes that the project does not see, and goes without the packages", () => {
    const { folder, remove } = copyProject(root);
    writeFileSync(join(folder, "a/b.ts"), "changed");
    mkdirSync(join(folder, "node_modules/.vite"));
    remove();
    expect(existsSync(folder)).toBe(false);
    for (const file of ["a/b.ts", "node_modules/pack/index.js", "node_modules/@s/p/index.js"]) {
      expect(readFileSync(join(root, file), "utf8")).toBe("as it was");
    }
  });
});
