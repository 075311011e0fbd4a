import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Metafile, stop } from "esbuild";
import { bundleFunctions, codePath } from "../../bundle.ts";
import { discoverFunctions } from "../../functions.ts";
import { parseObject } from "../aws/json.ts";
import { codeSources, type Digests, isStale, Made } from "./sources.ts";

/** In an assembly: bundles that are newer than its templates, `functions/<id>/`. */
const NEWER = "newer";
const MADE = "made.json";
/** In an assembly, an empty file once it is whole. */
export const COMPLETE = "complete";
/** In an assembly, one file for each process that may still start threads from it. */
export const USER_FILE = "user-";

/** Where the code of a function (`collect/http`) lies that is newer than the assembly's own; null if none is. */
export function newerCode(assembly: string, label: string): string | null {
  const folder = join(assembly, NEWER, "functions", label.replace("/", "-"));
  return existsSync(folder) ? folder : null;
}

/** Notes in a new assembly what it was made from; `metafile` is what esbuild told of its bundles, run in the root. */
export function noteMade(assembly: string, made: Made): void {
  writeFileSync(join(assembly, MADE), JSON.stringify(made));
}

/** What an assembly was made from; null if it does not say so. */
export function readMade(assembly: string): Made | null {
  const file = join(assembly, MADE);
  if (!existsSync(file)) return null;
  const read = Made.safeParse(parseObject(readFileSync(file, "utf8")));
  return read.success ? read.data : null;
}

type Renewal = {
  readonly root: string;
  /** A finished assembly. */
  readonly from: string;
  /** A folder that is not there yet. */
  readonly to: string;
  /** What `from` was made from. */
  readonly made: Made;
  readonly digest: Digests;
};

/**
 * Makes an assembly from one of the same templates: bundles the functions whose sources have changed, and nothing else.
 * @throws Error when the code does not bundle
 */
export async function renewCode({ root, from, to, made, digest }: Renewal): Promise<void> {
  const folders = await discoverFunctions(root);
  const stale = folders.filter(({ id }) => {
    const source = made.code[id];
    return source === undefined || isStale(source, digest);
  });
  linkFiles(from, to);
  if (stale.length === 0) {
    noteMade(to, made);
    return;
  }
  const fresh = join(to, "fresh");
  try {
    await bundleFunctions({ folders: stale, outdir: fresh });
    const metafile: Metafile = JSON.parse(readFileSync(join(fresh, "meta.json"), "utf8"));
    for (const folder of stale) replaceFolder(codePath(fresh, folder), codePath(join(to, NEWER), folder));
    const code = { ...made.code, ...codeSources(root, process.cwd(), metafile) };
    noteMade(to, { templates: made.templates, code });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    // The bundler's own process ends, and its memory with it.
    await stop();
  }
}

function replaceFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

/** Nothing of an assembly is written again once it is there, so that two can share a file; what is of one alone stays out. */
function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const { name } = entry;
    const [there, here] = [join(from, name), join(to, name)];
    if (entry.isDirectory()) linkFiles(there, here);
    else if (name !== MADE && name !== COMPLETE && !name.startsWith(USER_FILE)) linkFile(there, here);
  }
}

function linkFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Some file systems know no second name of a file.
    copyFileSync(from, to);
  }
}
