import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
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
import { join } from "node:path";
import { parseObject } from "../aws/json.ts";

/** Everything the assembly is made from. The local cloud itself is none of it. */
const SOURCES = ["infra", "functions", "providers", "shared", "package-lock.json", "cdk.json"];
const IGNORED = new Set(["local", "node_modules"]);
const KEPT_ASSEMBLIES = 3;
/** In an assembly, one file for each process that may still start threads from it. */
const USER_FILE = "user-";
const LOOK_AGAIN_MS = 200;

export type SynthesizeOptions = {
  /** The project's root. */
  readonly root: string;
  /** Where assemblies are kept, by the hash of their sources. */
  readonly cache: string;
  readonly onProgress?: (step: string) => void;
};

/**
 * Bundles and synthesizes `infra/app.ts` for the stage `local`, in a process of its own so that CDK and esbuild leave
 * its memory. An assembly of the same sources is used again; several processes asking at once share one synthesis.
 * @returns the folder of the assembly
 */
export async function synthesize(options: SynthesizeOptions): Promise<string> {
  mkdirSync(options.cache, { recursive: true });
  const directory = join(options.cache, hashSources(options.root));
  const lock = `${directory}.lock`;
  while (!existsSync(directory)) {
    if (takeLock(lock)) {
      try {
        if (!existsSync(directory)) await build(options, directory);
      } finally {
        rmSync(lock, { force: true });
      }
    } else await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  writeFileSync(join(directory, `${USER_FILE}${process.pid}`), "");
  return directory;
}

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

async function build(options: SynthesizeOptions, directory: string): Promise<void> {
  options.onProgress?.("bundling the functions and synthesizing the templates");
  const draft = `${directory}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await runApp(options.root, draft);
  dropOldAssemblies(options.cache);
  writeFileSync(join(draft, "complete"), "");
  renameSync(draft, directory);
}

function runApp(root: string, outdir: string): Promise<void> {
  const context = { ...projectContext(root), "rapport:stage": "local" };
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
  const output: string[] = [];
  child.stdout.on("data", (chunk) => output.push(String(chunk)));
  child.stderr.on("data", (chunk) => output.push(String(chunk)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
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

function dropOldAssemblies(cache: string): void {
  const finished = readdirSync(cache)
    .map((name) => join(cache, name))
    .filter((path) => existsSync(join(path, "complete")))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of finished.slice(KEPT_ASSEMBLIES - 1)) {
    if (!isUsed(path)) rmSync(path, { recursive: true, force: true });
  }
}

const isUsed = (assembly: string): boolean =>
  readdirSync(assembly)
    .filter((name) => name.startsWith(USER_FILE))
    .some((name) => isAlive(Number(name.slice(USER_FILE.length))));

function hashSources(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const source of SOURCES) addToHash(hash, join(root, source), source);
  return hash.digest("hex").slice(0, 20);
}

function addToHash(hash: ReturnType<typeof createHash>, path: string, name: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    hash.update(name).update("\0").update(readFileSync(path)).update("\0");
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (!IGNORED.has(entry)) addToHash(hash, join(path, entry), `${name}/${entry}`);
  }
}
