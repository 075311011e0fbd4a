import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CDK } from "#cli/prove/cdk.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

it("finds the project's own cdk, for Node to run on every system", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));
  const version = execFileSync(process.execPath, [CDK, "--version"], { encoding: "utf8" });
  expect(version.split(" ")[0]).toBe(devDependencies["aws-cdk"]);
});
