import { createHash, type Hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build, type Metafile } from "esbuild";
import * as z from "zod/mini";
import { CONSOLE_FUNCTION } from "../../bundle.ts";
import { discoverFunctions } from "../../functions.ts";

/** What all is made from besides modules: settings, and packages in their versions. */
const SETTINGS = ["package-lock.json", "package.json", "tsconfig.json", "cdk.json"];
/** Everything an assembly is made from. The local cloud itself is none of it. */
const SOURCES = ["infra", "functions", "providers", "shared", "console", "widget", "client", ...SETTINGS];
const IGNORED = new Set(["local", "node_modules"]);
/** Names the files and folders that the console is built from. */
const CONSOLE_SOURCES = "console/build/sources.json";

/** Names an assembly by all its sources. */
export function hashSources(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const source of SOURCES) addToHash(hash, join(root, source), source);
  return hash.digest("hex").slice(0, 20);
}

function addToHash(hash: Hash, path: string, name: string): void {
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

/**
 * What the templates are made from: the app, its settings, each function's `stack.ts`, and every module that these import. A
 * handler is none of it, so templates outlive most changes of code.
 */
export async function templateSources(root: string): Promise<MadeFrom> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["infra/app.ts", ...(await stackFiles(root))],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "unwritten",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const files = [...SETTINGS, ...Object.keys(metafile.inputs)];
  return { files, hash: hashFiles(files, digestsIn(root)) };
}

/** Whether templates made from this would be made the same now. */
export async function haveSameTemplates(
  root: string,
  templates: MadeFrom,
  digest: Digests,
): Promise<boolean> {
  const known = new Set(templates.files);
  // No file that was known imports a function that is new: it is found by its folder.
  const stacks = await stackFiles(root);
  return stacks.every((file) => known.has(file)) && !isStale(templates, digest);
}

const stackFiles = async (root: string): Promise<readonly string[]> =>
  (await discoverFunctions(root)).map(({ path }) => slashed(relative(root, join(path, "stack.ts"))));

/** As esbuild writes paths. */
const slashed = (path: string): string => path.replaceAll("\\", "/");

/** What something was made from: files of the project, by their paths from its root, and a hash of what they held. */
const MadeFrom = z.object({ files: z.array(z.string()), hash: z.string() });
export type MadeFrom = z.output<typeof MadeFrom>;
/** What an assembly remembers of its making, so that the next one can be made from it; code by the id of its function. */
export const Made = z.object({ templates: MadeFrom, code: z.record(z.string(), MadeFrom) });
export type Made = z.output<typeof Made>;

/**
 * The sources of bundled functions, as esbuild's metafile tells them. Packages are left out: the lock file speaks for them.
 * @param from the folder that the metafile's paths begin at: where esbuild ran
 */
export function codeSources(root: string, from: string, metafile: Pick<Metafile, "outputs">): Made["code"] {
  const files = new Map<string, string[]>();
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const id = /functions\/([^/]+)\/[^/]+\.mjs$/.exec(output)?.[1];
    const own = Object.keys(inputs).filter((path) => !path.includes("node_modules/"));
    if (id === undefined) continue;
    files.set(id, [...(files.get(id) ?? []), ...own.map((path) => relative(root, resolve(from, path)))]);
  }
  const assets = files.get(CONSOLE_FUNCTION);
  if (assets !== undefined) files.set(CONSOLE_FUNCTION, [...assets, ...consoleSources(root)]);
  const digest = digestsIn(root);
  return Object.fromEntries(
    [...files].map(([id, paths]) => [id, { files: paths, hash: hashFiles(paths, digest) }]),
  );
}

const consoleSources = (root: string): readonly string[] => {
  const places: readonly string[] = JSON.parse(readFileSync(join(root, CONSOLE_SOURCES), "utf8"));
  return [CONSOLE_SOURCES, ...places.flatMap((place) => filesIn(root, place))];
};

const filesIn = (root: string, place: string): readonly string[] => {
  const path = join(root, place);
  if (!statSync(path).isDirectory()) return [place];
  return readdirSync(path, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
};

/** Whether the files that something was made from hold something else by now. */
export const isStale = ({ files, hash }: MadeFrom, digest: Digests): boolean =>
  hashFiles(files, digest) !== hash;

/** What a file holds, in short; the same for ever for one that is gone. */
export type Digests = (file: string) => string;

/** Reads each file below a root once: a module is part of many bundles. */
export function digestsIn(root: string): Digests {
  const known = new Map<string, string>();
  return (file) => {
    const path = join(root, file);
    const digest =
      known.get(file) ??
      (existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : "gone");
    known.set(file, digest);
    return digest;
  };
}

function hashFiles(files: readonly string[], digest: Digests): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...new Set(files)].sort()) hash.update(`${file}\0${digest(file)}\0`);
  return hash.digest("hex").slice(0, 20);
}
