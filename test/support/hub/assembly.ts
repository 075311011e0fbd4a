import { PROVIDERS } from "#channels/all.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { PROJECT_ROOT } from "../project/root.ts";

/** The channels that somebody carries. */
export const CARRIED: readonly string[] = [...PROVIDERS].flatMap(([channel, providers]) =>
  providers.length === 0 ? [] : [channel],
);

/** The whole project with the workers of all channels, synthesized once for all tests: it is kept by the hash of the sources. */
export const testAssembly = (): Promise<string> =>
  synthesize({ root: PROJECT_ROOT, cache: `${PROJECT_ROOT}.rapport/assembly`, channels: CARRIED });
