import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Metafile, stop } from "esbuild";
import { bundleFunctions, codePath } from "../../bundle.ts";
import { discoverFunctions } from "../../functions.ts";
import { parseObject } from "../aws/json.ts";
import { codeSources, isStale, Made } from "./sources.ts";

/** In an assembly: bundles that are newer than its templates, `functions/<id>/`. */
const NEWER = "newer";
const MADE = "made.json";

/** Where the code of a function (`collect/http`) lies that is newer than the assembly's own; null if none is. */
export function newerCode(assembly: string, label: string): string | null {
  const folder = join(assembly, NEWER, "functions", label.replace("/", "-"));
  return existsSync(folder) ? folder : null;
}

/** Notes in a new assembly what it was made from; `metafile` is what esbuild told of its bundles, run in the root. */
export function noteMade(assembly: string, root: string, templates: string, metafile: Metafile): void {
  const made: Made = { templates, code: codeSources(root, root, metafile) };
  writeFileSync(join(assembly, MADE), JSON.stringify(made));
}

/** What an assembly was made from; null if it does not say so. */
export function readMade(assembly: string): Made | null {
  const file = join(assembly, MADE);
  if (!existsSync(file)) return null;
  const read = Made.safeParse(parseObject(readFileSync(file, "utf8")));
  return read.success ? read.data : null;
}

/**
 * Makes an assembly from one of the same templates: bundles the functions whose sources have changed, and nothing else.
 * @throws Error when the code does not bundle
 */
export async function renewCode(
  { root, from, to }: { readonly root: string; readonly from: string; readonly to: string },
  made: Made,
): Promise<void> {
  const folders = await discoverFunctions(root);
  const stale = folders.filter(({ id }) => {
    const source = made.code[id];
    return source === undefined || isStale(root, source);
  });
  cpSync(from, to, { recursive: true, filter: (path) => !/[/\\]user-\d+$/.test(path) });
  if (stale.length === 0) return;
  const fresh = join(to, "fresh");
  try {
    await bundleFunctions({ folders: stale, outdir: fresh });
    const metafile: Metafile = JSON.parse(readFileSync(join(fresh, "meta.json"), "utf8"));
    for (const folder of stale) replaceFolder(codePath(fresh, folder), codePath(join(to, NEWER), folder));
    const code = { ...made.code, ...codeSources(root, process.cwd(), metafile) };
    writeFileSync(join(to, MADE), JSON.stringify({ templates: made.templates, code } satisfies Made));
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
