import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFolder } from "#cli/folder.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { loadPlaybook } from "#infra/local/seed.ts";
import { endWhenAsked } from "./ending.ts";
import { type Keys, provideKeys } from "./keys.ts";
import { checkMailServer } from "./mail-server.ts";
import { readOptions, type ServeOptions } from "./options.ts";
import { fail, giveBack, say, step, tellAlarm, tellRestored } from "./process.ts";

/** Setting: the version that this script published last. */
const PUBLISHED = "started-playbook";
/** A sender of a domain that is nobody's (RFC 2606). */
const EXAMPLE_SENDER = /^\s*from:.*@(?:[\w-]+\.)*example(?:\.(?:com|net|org))?\b/m;

/**
 * Starts the hub of a small shop, for real customers, on one machine (docs/serve.md), and says what to do where that fails. The
 * same functions and the same assembly as in AWS; keys of its own, no `/_local`, and mail that really leaves.
 */
export const serve = (): Promise<void> => serveHub().catch(fail);

async function serveHub(): Promise<void> {
  const ending = endWhenAsked();
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const options = readOptions(process.argv.slice(2), process.env, root);
  const { smtpUrl, publicUrl, host } = options;
  say("Rapport, for your customers");
  if (publicUrl.startsWith("http:"))
    step(`${publicUrl} is not encrypted: whoever listens in reads links and keys`);
  await checkMailServer(smtpUrl, options.state, step);
  const assembly = await synthesize({ root, cache: join(root, ".rapport/assembly"), onProgress: step });
  step("templates are ready");
  const cloud = await startLocalCloud({
    assembly,
    port: options.port,
    awsPort: options.awsPort,
    stateDirectory: options.state,
    served: { publicUrl, host, smtpUrl },
    onLog: (label, line) => {
      if (options.logs) say(`[${label}] ${line}`);
    },
    onAlarm: tellAlarm,
    onBroken: fail,
  });
  ending.beginWith(() => cloud.finish().then(cloud.stop));
  step(`${cloud.functions.length} functions; those on the way of an event are warm`);
  tellRestored(cloud, options.state);
  const keys = await provideKeys(cloud);
  await publish(cloud, keys, options.playbook);
  await giveBack(cloud);
  say(greeting(cloud, options, keys));
}

async function publish(cloud: LocalCloud, { own }: Keys, playbook: string): Promise<void> {
  const { settings, url } = cloud;
  const files = readFolder(playbook);
  if (EXAMPLE_SENDER.test(files["playbook.yaml"] ?? "")) {
    step("playbook: its sender is an example; write in one of yours, and name its folder with --playbook");
  }
  const loaded = await loadPlaybook({ url, key: own }, files, settings.get(PUBLISHED));
  for (const warning of loaded.warnings) step(`playbook: ${JSON.stringify(warning)}`);
  if (!loaded.published) {
    step(`another playbook version is live and stays; ${playbook} is uploaded as ${loaded.version}`);
    return;
  }
  step(`playbook ${loaded.version} is live`);
  settings.set(PUBLISHED, loaded.version);
}

function greeting(cloud: LocalCloud, options: ServeOptions, { write, admin }: Keys): string {
  const { state, publicUrl, smtpUrl } = options;
  const adminLine =
    admin === null
      ? "shown at the first start; another: npx rapport keys create --name <who> --scopes all --state " +
        state
      : `${admin}   (shown this once)`;
  return `
ready at ${cloud.url}, reached by customers as ${publicUrl}
  write key  ${write}   (public: for web pages and apps)
  admin key  ${adminLine}
  AWS        ${cloud.awsUrl}, for requests signed with this hub's own credentials
  state      ${state}; copy it while it runs: npx rapport backup <file> --state ${state}
  mail       by ${new URL(smtpUrl).host}

What it has not, against AWS (docs/serve.md):
  - a second machine: while this one is down, nothing is taken or sent
  - backups by themselves, and alarms that reach anybody: make the one, and watch the other
  - text messages and push: messages by them end as failed
  - news of deliveries, bounces and complaints: a mail server tells no more than that it took a mail`;
}
