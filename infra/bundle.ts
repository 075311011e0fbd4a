import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { type BuildOptions, build, type OutputFile, type Plugin } from "esbuild";
import type { FunctionFolder } from "./constructs/definition.ts";

/** Packages that came as CommonJS still call `require` for Node's own modules. */
const REQUIRE_BANNER =
  'import { createRequire as createRapportRequire } from "node:module"; const require = createRapportRequire(import.meta.url);';

/**
 * What a function needs only for some answers is its `later.ts`, fetched by `import()`: a file of its own beside the
 * bundle, so that a start does not read it. Splitting by esbuild would tie functions together by shared chunks.
 */
const laterBeside: Plugin = {
  name: "later-beside",
  setup(bundler) {
    bundler.onResolve({ filter: /\/later\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./later.mjs", external: true } : undefined,
    );
  },
};

/** How every function is bundled; benchmarks measure what is bundled the same way. */
export const FUNCTION_BUNDLE = {
  plugins: [laterBeside],
  alias: { undici: join(import.meta.dirname, "no-undici.ts") },
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  mainFields: ["module", "main"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  banner: { js: REQUIRE_BANNER },
  logLevel: "error",
} satisfies BuildOptions;

const entriesOf = (folder: FunctionFolder): { in: string; out: string }[] =>
  [
    { in: join(folder.path, "handler.ts"), out: `${folder.id}/index` },
    { in: join(folder.path, "later.ts"), out: `${folder.id}/later` },
  ].filter((entry) => entry.out.endsWith("/index") || existsSync(entry.in));

interface BundleProps {
  readonly folders: readonly FunctionFolder[];
  /** Gets `functions/<id>/index.mjs` and where there is one `later.mjs`, their `maps/` and `meta.json`. */
  readonly outdir: string;
}

/** Directory of a bundled function. */
export const codePath = (outdir: string, folder: FunctionFolder): string =>
  join(outdir, "functions", folder.id);

/**
 * Bundles every handler in one go, before synthesis: twenty separate runs take four times as long.
 * Output depends on the sources alone (no paths, times or revisions), so an untouched function keeps its asset hash.
 * Source maps stay out of the package; they are for reading stack traces at a desk.
 */
export const bundleFunctions = async ({ folders, outdir }: BundleProps): Promise<void> => {
  const result = await build({
    entryPoints: folders.flatMap(entriesOf),
    outdir: join(outdir, "functions"),
    outExtension: { ".js": ".mjs" },
    ...FUNCTION_BUNDLE,
    sourcemap: "external",
    metafile: true,
    write: false,
  });
  await removeForeign(join(outdir, "functions"), new Set(folders.map((folder) => codePath(outdir, folder))));
  const files = new Set(result.outputFiles.map((file) => file.path));
  await Promise.all(folders.map((folder) => removeForeign(codePath(outdir, folder), files)));
  await Promise.all(result.outputFiles.map((file) => writeOutput(outdir, file)));
  await layConsoleBeside(folders, outdir);
  await writeFile(join(outdir, "meta.json"), JSON.stringify(result.metafile));
};

/** The function that serves the console, by its id: the built files lie beside its bundle. */
export const CONSOLE_FUNCTION = "console-assets";

/** In a process of its own: the bundler of pages leaves with its memory. */
const layConsoleBeside = async (folders: readonly FunctionFolder[], outdir: string): Promise<void> => {
  const assets = folders.find(({ id }) => id === CONSOLE_FUNCTION);
  if (assets === undefined) return;
  const main = join(import.meta.dirname, "../console/build/main.ts");
  await promisify(execFile)(process.execPath, [main, join(codePath(outdir, assets), "console")]);
};

const writeOutput = async (outdir: string, file: OutputFile): Promise<void> => {
  const id = basename(dirname(file.path));
  const map = basename(file.path).replace("index", id).replace("later", `${id}.later`);
  const path = file.path.endsWith(".map") ? join(outdir, "maps", map) : file.path;
  if (existsSync(path) && (await readFile(path, "utf8")) === file.text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.contents);
};

/** A function or a file that was renamed or removed must not linger in what is deployed. */
const removeForeign = async (path: string, kept: ReadonlySet<string>): Promise<void> => {
  if (!existsSync(path)) return;
  const names = await readdir(path);
  const foreign = names.filter((name) => !kept.has(join(path, name)));
  await Promise.all(foreign.map((name) => rm(join(path, name), { recursive: true })));
};
