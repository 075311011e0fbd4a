import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMade } from "#infra/local/assembly/newer-code.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { endWhenAsked } from "../hub/ending.ts";
import { fail, say, step } from "../hub/process.ts";
import { notePublished } from "../hub/published.ts";
import { publishTrial, readTrialOptions, startTrial, tellReady } from "../hub/trial.ts";
import { pushPlaybook } from "./playbook.ts";
import { watchPlaces } from "./watch.ts";

const CODE = ["functions", "shared", "providers", "infra", "console", "widget", "client", "cdk.json"];
/** The local cloud itself, and what it is made of, runs in this very process. */
const ITSELF = join("infra", "local");

/**
 * Starts the hub as `npm start` does, and what is edited is live at once: code within three seconds, a playbook within two, with
 * its findings here. Options: hub/trial.ts.
 */
export const develop = (): Promise<void> => developHub().catch(fail);

async function developHub(): Promise<void> {
  const ending = endWhenAsked();
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const options = readTrialOptions(root);
  const make = () => synthesize({ root, cache: join(root, ".rapport/assembly"), onProgress: step });
  let assembly: string;
  let cloud: LocalCloud;
  let version: string;
  const begun = Promise.withResolvers<void>();

  const restart = async (): Promise<string> => {
    say("  routes, queues or rights have changed: the hub starts again");
    await cloud.finish();
    await cloud.stop();
    cloud = await startTrial(assembly, options);
    version = await publishTrial(cloud, options);
    return "everything";
  };
  const renewCode = async (paths: ReadonlySet<string>): Promise<string> => {
    if ([...paths].every((path) => path.startsWith(ITSELF)))
      return "nothing: the local cloud itself takes a new `npm run dev`";
    const before = readMade(assembly)?.templates.hash;
    assembly = await make();
    const after = readMade(assembly)?.templates.hash;
    if (after === undefined || after !== before) return restart();
    const labels = await cloud.renew(assembly);
    return labels.length === 0 ? "nothing: no function holds it" : labels.join(", ");
  };
  const renewPlaybook = async (): Promise<string> => {
    const pushed = await pushPlaybook(cloud, options.playbook, version, say);
    if (pushed === null) return "nothing new";
    if (!options.memory) notePublished(options.state, { version: pushed, checkedBy: null });
    version = pushed;
    return pushed;
  };
  const telling =
    (renew: (paths: ReadonlySet<string>) => Promise<string>) =>
    async (paths: ReadonlySet<string>, at: number) => {
      await begun.promise;
      await tell(at, [...paths].join(", "), () => renew(paths));
    };
  // From the beginning: what is edited while the hub starts is live once it has started.
  const watchers = [
    watchPlaces(root, CODE, telling(renewCode)),
    watchPlaces(options.playbook, ["."], telling(renewPlaybook)),
  ];

  say("Rapport, while you develop");
  assembly = await make();
  cloud = await startTrial(assembly, options);
  version = await publishTrial(cloud, options);
  ending.beginWith(async () => {
    for (const watcher of watchers) watcher.stop();
    await cloud.finish();
    await cloud.stop();
  });
  tellReady(cloud, options);
  say(`\nwatching the code and ${options.playbook}`);
  begun.resolve();
}

/** Says what a change came to and after how long; what went wrong is said too, and all goes on. */
async function tell(at: number, what: string, work: () => Promise<string>): Promise<void> {
  try {
    const live = await work();
    say(`  ${((performance.now() - at) / 1000).toFixed(1)} s  ${what} -> live: ${live}`);
  } catch (error) {
    say(`  ${what}: ${error instanceof Error ? error.message : String(error)}\n  what ran before goes on`);
  }
}
