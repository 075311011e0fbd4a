import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { endWhenAsked } from "./ending.ts";
import { fail, giveBack, say, step } from "./process.ts";
import { playTrial, publishTrial, readTrialOptions, startTrial, tellReady } from "./trial.ts";

/** Starts the whole project on this machine, and says what to do where that fails. Options: trial.ts. */
export const start = (): Promise<void> => startHub().catch(fail);

async function startHub(): Promise<void> {
  const ending = endWhenAsked();
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const options = readTrialOptions(root);
  say("Rapport, the local cloud");
  const assembly = await synthesize({ root, cache: join(root, ".rapport/assembly"), onProgress: step });
  step("templates are ready");
  const cloud = await startTrial(assembly, options);
  ending.beginWith(() => cloud.finish().then(cloud.stop));
  await publishTrial(cloud, options);
  await playTrial(cloud, options);
  await giveBack(cloud);
  tellReady(cloud, options);
}
