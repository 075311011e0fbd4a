import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build, type Metafile } from "esbuild";
import * as z from "zod/mini";
import { CONSOLE_FUNCTION } from "../../bundle.ts";
import { discoverFunctions } from "../../functions.ts";

/** What the console is built from, beside packages: as console/build says. */
const CONSOLE = ["console", "client", "shared/dmn", "shared/domain/draft"];
/** Everything an assembly is made from. The local cloud itself is none of it. */
const SOURCES = [
  "infra",
  "functions",
  "providers",
  "shared",
  "console",
  "client",
  "package-lock.json",
  "cdk.json",
];
const IGNORED = new Set(["local", "node_modules"]);
/** What templates are made from besides modules: settings, and packages in their versions. */
const TEMPLATE_FILES = ["package-lock.json", "cdk.json"];

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
 * Names the templates by what they are made from: the app, its settings, each function's `stack.ts`, and every module that
 * these import. A handler is none of it, so templates outlive most changes of code.
 */
export async function hashTemplateSources(root: string): Promise<string> {
  const folders = await discoverFunctions(root);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["infra/app.ts", ...folders.map(({ path }) => join(path, "stack.ts"))],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "unwritten",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return hashFiles(root, [...TEMPLATE_FILES, ...Object.keys(metafile.inputs)]);
}

/** What a bundle was made from: files of the project, by their paths from its root, and a hash of what they held. */
const CodeSource = z.object({ files: z.array(z.string()), hash: z.string() });
type CodeSource = z.output<typeof CodeSource>;
/** What an assembly remembers of its making, so that the next one can be made from it; code by the id of its function. */
export const Made = z.object({ templates: z.string(), code: z.record(z.string(), CodeSource) });
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
  if (assets !== undefined)
    files.set(CONSOLE_FUNCTION, [...assets, ...CONSOLE.flatMap((folder) => filesIn(root, folder))]);
  return Object.fromEntries(
    [...files].map(([id, paths]) => [id, { files: paths, hash: hashFiles(root, paths) }]),
  );
}

const filesIn = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));

/** Whether the files of a bundle hold something else by now. */
export const isStale = (root: string, { files, hash }: CodeSource): boolean =>
  hashFiles(root, files) !== hash;

/** A file that is gone counts, too. */
function hashFiles(root: string, files: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...new Set(files)].sort()) {
    const path = join(root, file);
    hash.update(file).update("\0");
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) hash.update(readFileSync(path));
    hash.update("\0");
  }
  return hash.digest("hex").slice(0, 20);
}
