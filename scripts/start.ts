import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readFolder } from "#cli/folder.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { startLocalCloud } from "#infra/local/cloud.ts";
import {
  LOCAL_SECRET_KEY,
  LOCAL_SECRETS,
  LOCAL_WRITE_KEY,
  loadPlaybook,
  seedKeys,
} from "#infra/local/seed.ts";
import {
  fail,
  readPort,
  say,
  settleProcess,
  step,
  stopOnSignals,
  tellAlarm,
  tellRestored,
} from "./hub/process.ts";

/**
 * `npm start`: the whole project on this machine. Options, each also as an environment variable:
 * --port (PORT, 4000), --aws-port (AWS_PORT, the next one), --state <folder> (RAPPORT_STATE_DIR, .rapport),
 * --memory (nothing is kept), --playbook <folder> (RAPPORT_PLAYBOOK, playbooks/retail),
 * --logs (functions' logs on the console). RAPPORT_SMTP_URL=smtp://user:password@host really sends mail.
 */
settleProcess();
await start().catch(fail);

async function start(): Promise<void> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const options = readOptions(root);
  say("Rapport, the local cloud");
  const assembly = await synthesize({ root, cache: join(root, ".rapport/assembly"), onProgress: step });
  step("templates are ready");
  const cloud = await startLocalCloud({
    assembly,
    port: options.port,
    awsPort: options.awsPort,
    stateDirectory: options.memory ? null : options.state,
    smtpUrl: process.env.RAPPORT_SMTP_URL,
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
  await loadRetail(cloud.url, options);
  stopOnSignals(cloud);
  say(`
ready at ${cloud.url}
  outbox     ${cloud.url}/_local/
  write key  ${LOCAL_WRITE_KEY}
  secret key ${LOCAL_SECRET_KEY}
  AWS        ${cloud.awsUrl} (AWS_ENDPOINT_URL; any credentials will do)
  state      ${options.memory ? "in memory" : options.state}
  mail       ${process.env.RAPPORT_SMTP_URL === undefined ? "kept in the outbox (RAPPORT_SMTP_URL sends it)" : "really sent"}`);
}

type Options = ReturnType<typeof readOptions>;

function readOptions(root: string) {
  const { env } = process;
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: env.PORT ?? "4000" },
      "aws-port": { type: "string" },
      state: { type: "string", default: env.RAPPORT_STATE_DIR ?? join(root, ".rapport") },
      memory: { type: "boolean", default: false },
      playbook: { type: "string", default: env.RAPPORT_PLAYBOOK ?? join(root, "playbooks/retail") },
      logs: { type: "boolean", default: false },
    },
  });
  const port = readPort(values.port, "PORT");
  const awsPort = readPort(values["aws-port"] ?? env.AWS_PORT ?? String(port && port + 1), "AWS_PORT");
  return { ...values, port, awsPort };
}

async function loadRetail(url: string, { state, memory, playbook }: Options): Promise<void> {
  const note = join(state, "started-playbook");
  const mine = !memory && existsSync(note) ? readFileSync(note, "utf8").trim() : null;
  const loaded = await loadPlaybook({ url }, readFolder(playbook), mine);
  for (const warning of loaded.warnings) step(`playbook: ${JSON.stringify(warning)}`);
  if (!loaded.published) {
    step(`another playbook version is live and stays; ${playbook} is uploaded as ${loaded.version}`);
    return;
  }
  step(`playbook ${loaded.version} is live`);
  if (memory) return;
  mkdirSync(state, { recursive: true });
  writeFileSync(note, loaded.version);
}
