import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFolder } from "#cli/folder.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { startLocalCloud } from "#infra/local/cloud.ts";
import { loadPlaybook, seedKeys } from "#infra/local/seed.ts";
import { openState } from "#infra/local/state/database.ts";
import { createSettings } from "#infra/local/state/settings.ts";
import { readAnswers } from "./answers.ts";
import { hubOf } from "./hub.ts";
import { leaveInFlight } from "./in-flight.ts";
import { liveThrough } from "./life.ts";
import { takeSnapshot } from "./snapshot.ts";
import { productionTemplates } from "./templates.ts";
import { readTokens } from "./tokens.ts";
import { writeFixtures } from "./write.ts";

/**
 * `npm run fixtures:release`: writes what this release leaves behind (state, queued messages, log, links, playbook,
 * templates) into `test/fixtures/release-<version>/`, by living through some days in a local cloud. Run it on the commit
 * that is released: the next release is tested on what that commit's own code wrote.
 */

const ROOT = join(import.meta.dirname, "../..");

/** A Tuesday morning. Nothing that is written depends on the day when it is written. */
const BEGIN = Date.parse("2026-11-24T08:00:00.000Z");

/** Requests to the decision log's stream that are kept: their records lie in the objects, too. */
const PUT_KEPT = 2;

/** By the end of the names of their resources. Keys of nobody, for fixtures alone. */
const SECRETS: Readonly<Record<string, string>> = {
  identifierkey: "fixtures-identifier-key-of-nobody-0123456789",
  linkkey: "fixtures-link-key-of-nobody-0123456789",
};

const secretOf = (resource: string): string => {
  const name = Object.keys(SECRETS).find((one) => resource.includes(one));
  if (name === undefined) throw new Error(`the fixtures have no value for the secret ${resource}`);
  return SECRETS[name] ?? "";
};

/** State as a cloud would find it that was started at BEGIN with these secrets. Gives the secrets by name. */
const prepareState = async (assembly: string, stateDirectory: string): Promise<Record<string, string>> => {
  const cloud = await startLocalCloud({ assembly, port: 0, stateDirectory: null });
  const names = cloud.deployment.secrets.map(({ name }) => name);
  await cloud.stop();
  const secrets = Object.fromEntries(names.map((name) => [name, secretOf(name)]));
  const database = openState(stateDirectory);
  const settings = createSettings(database);
  for (const [name, value] of Object.entries(secrets)) settings.set(`secret:${name}`, value);
  settings.set("clock-offset", String(BEGIN - Date.now()));
  database.close();
  return secrets;
};

/** The last commit that changed what is released. */
const codeCommit = (): string =>
  execFileSync("git", ["log", "-1", "--format=%h", "--", "shared", "functions", "infra", "playbooks"], {
    cwd: ROOT,
    encoding: "utf8",
  }).trim();

const releaseOf = (version: string): string => version.split(".").slice(0, 2).join(".");

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const folder = join(ROOT, "test/fixtures", `release-${releaseOf(version)}`);
if (existsSync(join(folder, "moment.json")) && !process.argv.includes("--again")) {
  process.stderr.write(
    `${folder} is written: it stays as that release's own code wrote it (--again replaces it)\n`,
  );
  process.exit(1);
}
const stateDirectory = mkdtempSync(join(tmpdir(), "rapport-release-"));
try {
  const assembly = await synthesize({ root: ROOT, cache: join(ROOT, ".rapport/assembly") });
  const secrets = await prepareState(assembly, stateDirectory);
  const uploaded = readFolder(join(ROOT, "playbooks/retail"));
  const logged: string[] = [];
  const cloud = await startLocalCloud({
    assembly,
    port: 0,
    stateDirectory,
    onRequest: ({ headers, body }) => {
      if (headers["x-amz-target"]?.startsWith("Firehose")) logged.push(body);
    },
  });
  const hub = hubOf(cloud);
  await seedKeys(cloud);
  await loadPlaybook(cloud, uploaded, null);
  await liveThrough(hub);
  await leaveInFlight(hub);
  const snapshot = await takeSnapshot(cloud, stateDirectory);
  const answers = await readAnswers(hub, snapshot);
  const tokens = readTokens(await hub.outbox(), secrets);
  await cloud.stop();
  writeFixtures(folder, {
    ...snapshot,
    code: codeCommit(),
    put: logged.slice(-PUT_KEPT),
    answers,
    tokens,
    uploaded,
    templates: productionTemplates(ROOT),
  });
} finally {
  rmSync(stateDirectory, { recursive: true, force: true });
}
