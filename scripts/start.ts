import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readFolder } from "#cli/folder.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { startLocalCloud } from "#infra/local/cloud.ts";
import { LOCAL_SECRET_KEY, LOCAL_WRITE_KEY, loadPlaybook, seedKeys } from "#infra/local/seed.ts";

/**
 * `npm start`: the whole project on this machine. Options, each also as an environment variable:
 * --port (PORT, 4000), --aws-port (AWS_PORT, the next one), --state <folder> (RAPPORT_STATE_DIR, .rapport), --memory (nothing is kept),
 * --playbook <folder> (RAPPORT_PLAYBOOK, playbooks/retail), --logs (functions' logs on the console).
 * RAPPORT_SMTP_URL=smtp://user:password@host really sends mail.
 */
settleProcess();

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env.PORT ?? "4000" },
    "aws-port": { type: "string" },
    state: { type: "string", default: process.env.RAPPORT_STATE_DIR ?? join(root, ".rapport") },
    memory: { type: "boolean", default: false },
    playbook: { type: "string", default: process.env.RAPPORT_PLAYBOOK ?? join(root, "playbooks/retail") },
    logs: { type: "boolean", default: false },
  },
});

const awsPort = values["aws-port"] ?? process.env.AWS_PORT;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const began = performance.now();
const step = (text: string): void =>
  say(`  ${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${text}`);

try {
  await start();
} catch (error) {
  say(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

/**
 * Starts the program anew, in the same process, with settings that count only at the start: UTC, as on Lambda, and one
 * memory arena for all threads, which saves some 150 MB (each function has a thread). Without `execve` it does nothing.
 */
function settleProcess(): void {
  if (process.env.MALLOC_ARENA_MAX !== undefined || process.platform === "win32") return;
  const environment = { ...process.env, MALLOC_ARENA_MAX: "1", TZ: "UTC" };
  process.execve?.(
    process.execPath,
    [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    environment,
  );
}

async function start(): Promise<void> {
  say("Rapport, the local cloud");
  const assembly = await synthesize({ root, cache: join(root, ".rapport/assembly"), onProgress: step });
  step("templates are ready");
  const cloud = await startLocalCloud({
    assembly,
    port: Number(values.port),
    ...(awsPort === undefined ? {} : { awsPort: Number(awsPort) }),
    stateDirectory: values.memory ? null : values.state,
    smtpUrl: process.env.RAPPORT_SMTP_URL,
    onLog: (label, line) => {
      if (values.logs) say(`[${label}] ${line}`);
    },
  });
  step(`${cloud.functions.length} functions; those on the way of an event are warm`);
  await seedKeys(cloud);
  await loadRetail(cloud.url);
  const stop = (): void => {
    void cloud.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  say(`
ready at ${cloud.url}
  outbox     ${cloud.url}/_local/
  write key  ${LOCAL_WRITE_KEY}
  secret key ${LOCAL_SECRET_KEY}
  AWS        ${cloud.awsUrl} (AWS_ENDPOINT_URL; any credentials will do)
  state      ${values.memory ? "in memory" : values.state}
  mail       ${process.env.RAPPORT_SMTP_URL === undefined ? "kept in the outbox (RAPPORT_SMTP_URL sends it)" : "really sent"}`);
}

async function loadRetail(url: string): Promise<void> {
  const note = join(values.state, "started-playbook");
  const mine = !values.memory && existsSync(note) ? readFileSync(note, "utf8").trim() : null;
  const loaded = await loadPlaybook(url, readFolder(values.playbook), mine);
  for (const warning of loaded.warnings) step(`playbook: ${JSON.stringify(warning)}`);
  if (!loaded.published) {
    step(`another playbook version is live and stays; ${values.playbook} is uploaded as ${loaded.version}`);
    return;
  }
  step(`playbook ${loaded.version} is live`);
  if (values.memory) return;
  mkdirSync(values.state, { recursive: true });
  writeFileSync(note, loaded.version);
}
