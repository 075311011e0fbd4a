import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, it } from "vitest";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const LEFT_OUT = ["node_modules", ".git", ".rapport", "dist", "cdk.out"];
/** Whatever holds all functions to rules: a new one must keep them from its first minute. */
const SUITES = [
  "test/architecture.test.ts",
  "test/scripts/tables.test.ts",
  "test/infra/application.test.ts",
  "test/infra/data-map.test.ts",
  "test/infra/iam.test.ts",
  "test/infra/nag.test.ts",
  "test/infra/runbook.test.ts",
  "test/conformance/contract/document.test.ts",
];

const copy = mkdtempSync(join(tmpdir(), "rapport-copy-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a command of the project in the copy. Fails with what it said. */
const run = async (command: string, ...more: readonly string[]): Promise<void> => {
  const path = `${join(copy, "node_modules/.bin")}:${process.env.PATH}`;
  await promisify(execFile)(command, more, { cwd: copy, env: { ...process.env, PATH: path } }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${command} ${more.join(" ")}\n${stdout.slice(-4_000)}${stderr.slice(-4_000)}`);
    },
  );
};

beforeAll(async () => {
  const paths = LEFT_OUT.map((name) => join(PROJECT_ROOT, name));
  cpSync(PROJECT_ROOT, copy, {
    recursive: true,
    filter: (source) => !paths.includes(source) && !source.endsWith("/node_modules"),
  });
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(copy, "node_modules"));
  await run("npm", "run", "new:function", "--", "receive/replies", "worker");
  await run("npm", "run", "new:function", "--", "people/erasures", "http");
});

describe("a project with functions that were just made", () => {
  it("has right types, and is written as the linter wants it", async () => {
    await run("npm", "run", "check");
  });

  it("keeps every rule that holds for all functions, and answers the new call", async () => {
    await run("vitest", "run", ...SUITES, "test/functions/receive", "test/functions/people");
  });
});
