import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../support/project/root.ts";

const LEFT_OUT = ["node_modules", ".git", ".rapport", "dist", "cdk.out"];
/** Whatever holds all functions, channels and providers to rules: a new one must keep them from its first minute. */
const SUITES = [
  "test/architecture.test.ts",
  "test/names.test.ts",
  "test/providers/contract.test.ts",
  "test/scripts/tables.test.ts",
  "test/infra/application.test.ts",
  "test/infra/data-map.test.ts",
  "test/infra/iam.test.ts",
  "test/infra/nag.test.ts",
  "test/infra/runbook.test.ts",
  "test/conformance/contract/document.test.ts",
  // One message by each provider, the new one included, through the local cloud, and what came of it.
  "test/flows/every-provider.test.ts",
];
/** Files that a new channel or provider may change: what is deployed, and those that are written from the folders. */
const WRITTEN =
  /^(?:cdk\.json|providers\/all\.\w+\.ts|shared\/channels\/all(?:\.renders)?\.ts|playbooks\/schemas\/[\w-]+\.schema\.json|docs\/event-catalogue\.md)$/;

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

/** Files of the copy that the project has too, and that are not the same. */
const changed = (): readonly string[] =>
  readdirSync(copy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(copy, join(entry.parentPath, entry.name)))
    .filter((path) => {
      const original = join(PROJECT_ROOT, path);
      return existsSync(original) && !readFileSync(original).equals(readFileSync(join(copy, path)));
    });
let changedByFolders: readonly string[];

beforeAll(async () => {
  const paths = LEFT_OUT.map((name) => join(PROJECT_ROOT, name));
  cpSync(PROJECT_ROOT, copy, {
    recursive: true,
    filter: (source) => !paths.includes(source) && !source.endsWith("/node_modules"),
  });
  symlinkSync(join(PROJECT_ROOT, "node_modules"), join(copy, "node_modules"));
  await run("npm", "run", "new:provider", "--", "example", "--channel", "sms");
  await run("npm", "run", "new:channel", "--", "fax");
  changedByFolders = changed();
  await run("npm", "run", "new:function", "--", "receive/replies", "worker");
  await run("npm", "run", "new:function", "--", "people/erasures", "http");
});

describe("a project with functions, a channel and a provider that were just made", () => {
  it("has nothing changed outside the folders of channel and provider but what is deployed and the written tables", () => {
    expect(changedByFolders.length).toBeGreaterThan(0);
    expect(changedByFolders.filter((path) => !WRITTEN.test(path))).toEqual([]);
  });

  it("has right types, and is written as the linter wants it", async () => {
    await run("npm", "run", "check");
  });

  it("keeps every rule that holds for all, answers the new call and sends by the new provider", async () => {
    await run(
      "vitest",
      "run",
      ...SUITES,
      "test/functions/receive",
      "test/functions/people",
      "test/channels/fax",
    );
  });
});
