import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readFolder } from "#cli/folder.ts";
import { playbookVersion } from "#domain/playbook/model/version.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { LOCAL_SECRETS, liveVersion, loadPlaybook, seedKeys } from "#infra/local/seed.ts";
import { LOCAL_SECRET_KEY, LOCAL_WRITE_KEY } from "#infra/local/state/local-keys.ts";
import { MONTH_MS, playMonth } from "../demo/play.ts";
import { fail, readPort, say, step, tellAlarm, tellRestored } from "./process.ts";
import { keeperOf, notePublished, readPublished } from "./published.ts";

export type TrialOptions = ReturnType<typeof readTrialOptions>;

/**
 * Options of a hub that is tried out, each also as an environment variable: --port (PORT, 4000), --aws-port (AWS_PORT, the next
 * one), --state <folder> (RAPPORT_STATE_DIR, .rapport), --memory (nothing is kept), --playbook <folder> (RAPPORT_PLAYBOOK,
 * playbooks/retail), --logs (functions' logs on the console), --demo (a state of its own, in which a made-up shop has lived for a
 * month). RAPPORT_SMTP_URL=smtp://user:password@host really sends mail.
 */
export function readTrialOptions(root: string) {
  const { env } = process;
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: env.PORT ?? "4000" },
      "aws-port": { type: "string" },
      state: { type: "string" },
      memory: { type: "boolean", default: false },
      playbook: { type: "string", default: env.RAPPORT_PLAYBOOK ?? join(root, "playbooks/retail") },
      logs: { type: "boolean", default: false },
      demo: { type: "boolean", default: false },
    },
  });
  const usual = join(root, values.demo ? ".rapport/demo" : ".rapport");
  const state = values.state ?? env.RAPPORT_STATE_DIR ?? usual;
  const port = readPort(values.port, "PORT");
  const awsPort = readPort(values["aws-port"] ?? env.AWS_PORT ?? String(port && port + 1), "AWS_PORT");
  return { ...values, state, port, awsPort };
}

/** Starts the hub from an assembly, with both local keys, and says what was done. */
export async function startTrial(assembly: string, options: TrialOptions): Promise<LocalCloud> {
  const cloud = await startLocalCloud({
    assembly,
    port: options.port,
    awsPort: options.awsPort,
    stateDirectory: options.memory ? null : options.state,
    // The month that is played ends now. Mail to people who are made up stays here.
    ...(options.demo ? { clockOffset: -MONTH_MS } : {}),
    smtpUrl: options.demo ? undefined : process.env.RAPPORT_SMTP_URL,
    secrets: LOCAL_SECRETS,
    onLog: (label, line) => {
      if (options.logs) say(`[${label}] ${line}`);
    },
    onAlarm: tellAlarm,
    onBroken: fail,
  });
  step(`${cloud.functions.length} functions; those on the way of an event are warm`);
  tellRestored(cloud, options.state);
  await seedKeys(cloud);
  return cloud;
}

/**
 * Publishes the folder's playbook, unless somebody published another one by hand; nothing is done where it is live and the same
 * code found nothing to say against it. Gives the version of the folder.
 */
export async function publishTrial(
  cloud: Pick<LocalCloud, "url" | "aws" | "deployment">,
  options: TrialOptions,
): Promise<string> {
  const { state, memory, playbook } = options;
  const { url } = cloud;
  const files = readFolder(playbook);
  const before = memory ? null : readPublished(state);
  const keeper = keeperOf(cloud);
  const isChecked = before?.version === playbookVersion(files) && before.checkedBy === keeper;
  if (before !== null && keeper !== null && isChecked && (await liveVersion(cloud)) === before.version) {
    step(`playbook ${before.version} is live`);
    return before.version;
  }
  const loaded = await loadPlaybook({ url }, files, before?.version ?? null);
  for (const warning of loaded.warnings) step(`playbook: ${JSON.stringify(warning)}`);
  if (!loaded.published) {
    const { version, live } = loaded;
    step(`${live} was published by hand and stays live; ${playbook} is uploaded as ${version}`);
    say(`           to make it live: npx rapport publish ${version} --url ${url}`);
    return loaded.version;
  }
  step(`playbook ${loaded.version} is live`);
  if (!memory) {
    const checkedBy = loaded.warnings.length === 0 ? keeper : null;
    notePublished(state, { version: loaded.version, checkedBy });
  }
  return loaded.version;
}

/** In the state's folder: that the month of the demo has been played. */
const PLAYED = "demo-played";

/** Plays the month of a made-up shop, where it has not been played yet. */
export async function playTrial({ url }: Pick<LocalCloud, "url">, options: TrialOptions): Promise<void> {
  const note = join(options.state, PLAYED);
  if (!options.demo || (!options.memory && existsSync(note))) return;
  step("playing a month of a made-up shop");
  const played = await playMonth(url);
  step(`${played.visits} visits of ${played.people} people, ${played.messages} messages to them`);
  if (!options.memory) writeFileSync(note, "");
}

/** Says where the hub is and how one gets in. */
export function tellReady({ url, awsUrl }: LocalCloud, { memory, state }: TrialOptions): void {
  say(`
ready at ${url}
  outbox     ${url}/_local/
  send event ${url}/_local/event
  preview    ${url}/_local/preview
  write key  ${LOCAL_WRITE_KEY}
  secret key ${LOCAL_SECRET_KEY}
  AWS        ${awsUrl} (AWS_ENDPOINT_URL; any credentials will do)
  state      ${memory ? "in memory" : state}
  mail       ${process.env.RAPPORT_SMTP_URL === undefined ? "kept in the outbox (RAPPORT_SMTP_URL sends it)" : "really sent"}`);
}
