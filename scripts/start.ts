import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { fail, say, settleProcess, step, stopOnSignals } from "./hub/process.ts";
import { playTrial, publishTrial, readTrialOptions, startTrial, tellReady } from "./hub/trial.ts";

/** `npm start`: the whole project on this machine. Options: hub/trial.ts. */
settleProcess();
await start().catch(fail);

async function start(): Promise<void> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const options = readTrialOptions(root);
  say("Rapport, the local cloud");
  const assembly = await synthesize({ root, cache: join(root, ".rapport/assembly"), onProgress: step });
  step("templates are ready");
  const cloud = await startTrial(assembly, options);
  await publishTrial(cloud, options);
  await playTrial(cloud, options);
  stopOnSignals(cloud);
  tellReady(cloud, options);
}
