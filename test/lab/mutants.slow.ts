import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

it("the command changes one thing, asks the tests of its folder and says whether they noticed", () => {
  const ran = spawnSync(process.execPath, ["lab/mutants/main.ts", "--seed", "3", "--mutants", "1"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toMatch(/^seed 3, 1 of 1: shared\/domain\/\S+:\d+:\d+ .+ -> .+\n {4}\S/m);
  expect(ran.stdout).toMatch(/^seed 3: [01] of 1 found, \d+ more said to be equal$/m);
});
