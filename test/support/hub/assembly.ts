import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDERS } from "#channels/all.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { PROJECT_ROOT } from "../project/root.ts";

const settings: { context: { "rapport:channels": readonly string[] } } = JSON.parse(
  readFileSync(join(PROJECT_ROOT, "cdk.json"), "utf8"),
);
const carried = [...PROVIDERS].flatMap(([channel, providers]) => (providers.length === 0 ? [] : [channel]));

/** The channels that somebody carries, and those that are deployed: a new one is deployed before anybody carries it. And what tells systems outside of events. */
export const CARRIED: readonly string[] = [
  ...new Set([...carried, ...settings.context["rapport:channels"], "events-out"]),
];

/** The whole project with the workers of all channels, synthesized once for all tests: it is kept by the hash of the sources. */
export const testAssembly = (): Promise<string> =>
  synthesize({ root: PROJECT_ROOT, cache: `${PROJECT_ROOT}.rapport/assembly`, channels: CARRIED });
