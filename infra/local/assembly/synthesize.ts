import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { parseObject } from "../aws/json.ts";
import { COMPLETE, noteMade, readMade, renewCode, USER_FILE } from "./newer-code.ts";
import {
  codeSources,
  digestsIn,
  hashSources,
  haveSameTemplates,
  type Made,
  templateSources,
} from "./sources.ts";

const KEPT_ASSEMBLIES = 3;
const LOOK_AGAIN_MS = 200;

export type SynthesizeOptions = {
  /** The project's root. */
  readonly root: string;
  /** Where assemblies are kept, by the hash of their sources. */
  readonly cache: string;
  /** The channels whose workers are there. Default: those that `RAPPORT_CHANNELS` names, with commas between; else cdk.json. */
  readonly channels?: readonly string[];
  readonly onProgress?: (step: string) => void;
};

/**
 * Bundles and synthesizes `infra/app.ts` for the stage `local`, in a process of its own so that CDK and esbuild leave
 * its memory. An assembly of the same sources is used again; where only code has changed since one was made, the functions
 * concerned are bundled anew and its templates stay. Several processes asking at once share one synthesis.
 * @returns the folder of the assembly
 */
export async function synthesize(given: SynthesizeOptions): Promise<string> {
  const options = ofItsChannels(given);
  mkdirSync(options.cache, { recursive: true });
  for (;;) {
    const sources = hashSources(options.root);
    const directory = join(options.cache, sources);
    if (existsSync(directory)) {
      writeFileSync(join(directory, `${USER_FILE}${process.pid}`), "");
      return directory;
    }
    const lock = `${directory}.lock`;
    if (takeLock(lock)) {
      try {
        if (!existsSync(directory)) await build(options, directory);
      } finally {
        rmSync(lock, { force: true });
      }
    } else await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** Each choice of channels has assemblies of its own. */
function ofItsChannels({
  cache,
  channels = channelsWished(),
  ...options
}: SynthesizeOptions): SynthesizeOptions {
  if (channels === undefined) return { ...options, cache };
  return { ...options, channels, cache: join(cache, [...channels].toSorted().join("+") || "none") };
}

const channelsWished = (): readonly string[] | undefined =>
  process.env.RAPPORT_CHANNELS?.split(",").flatMap((name) => name.trim() || []);

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = Number(existsSync(lock) ? readFileSync(lock, "utf8") : 0);
    // Written and not yet filled counts as alive.
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Makes the assembly, unless its sources change meanwhile: what they hold then goes by another name. */
async function build(
  { root, cache, channels, onProgress }: SynthesizeOptions,
  directory: string,
): Promise<void> {
  const draft = `${directory}.draft`;
  rmSync(draft, { recursive: true, force: true });
  const digest = digestsIn(root);
  const earlier = await firstOf(finishedIn(cache).flatMap(madeAt), ({ made }) =>
    haveSameTemplates(root, made.templates, digest),
  );
  if (earlier !== undefined) {
    onProgress?.("bundling the functions that have changed");
    await renewCode({ root, from: earlier.path, to: draft, made: earlier.made, digest });
  } else {
    onProgress?.("bundling the functions and synthesizing the templates: the first time takes half a minute");
    const templates = await templateSources(root);
    await runApp(root, draft, channels);
    const metafile: Metafile = JSON.parse(readFileSync(join(root, "dist/meta.json"), "utf8"));
    noteMade(draft, { templates, code: codeSources(root, root, metafile) });
  }
  if (hashSources(root) !== basename(directory)) {
    rmSync(draft, { recursive: true });
    return;
  }
  dropOldAssemblies(cache);
  writeFileSync(join(draft, COMPLETE), "");
  renameSync(draft, directory);
}

/** An assembly that says what it was made from. */
type Finished = { readonly path: string; readonly made: Made };

const madeAt = (path: string): readonly Finished[] => {
  const made = readMade(path);
  return made === null ? [] : [{ path, made }];
};

async function firstOf<T>(all: readonly T[], isMeant: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of all) if (await isMeant(one)) return one;
  return undefined;
}

/** Here mail comes to whatever address answers are asked for; and where the playbook names none, to one of ours. */
const LOCAL_CONTEXT = { "rapport:stage": "local", "rapport:inboundDomains": ["inbound.example", "*"] };

function runApp(root: string, outdir: string, channels: SynthesizeOptions["channels"]): Promise<void> {
  const chosen = channels === undefined ? {} : { "rapport:channels": channels };
  const context = { ...projectContext(root), ...chosen, ...LOCAL_CONTEXT };
  const child = spawn(process.execPath, [join(root, "infra/app.ts")], {
    cwd: root,
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = (): void => {
    child.kill();
  };
  process.once("exit", end);
  const output: string[] = [];
  child.stdout.on("data", (chunk) => output.push(String(chunk)));
  child.stderr.on("data", (chunk) => output.push(String(chunk)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.removeListener("exit", end);
      if (code === 0) resolve();
      else reject(new Error(`infra/app.ts failed:\n${output.join("").trim()}`));
    });
  });
}

/** What the CDK command would hand over. */
function projectContext(root: string): object {
  const context = parseObject(readFileSync(join(root, "cdk.json"), "utf8"))?.context;
  return typeof context === "object" && context !== null ? context : {};
}

/** The assemblies that are complete, the newest first. */
const finishedIn = (cache: string): readonly string[] =>
  readdirSync(cache)
    .map((name) => join(cache, name))
    .filter((path) => existsSync(join(path, COMPLETE)))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);

function dropOldAssemblies(cache: string): void {
  for (const path of finishedIn(cache).slice(KEPT_ASSEMBLIES - 1)) {
    if (!isUsed(path)) rmSync(path, { recursive: true, force: true });
  }
}

const isUsed = (assembly: string): boolean =>
  readdirSync(assembly)
    .filter((name) => name.startsWith(USER_FILE))
    .some((name) => isAlive(Number(name.slice(USER_FILE.length))));
