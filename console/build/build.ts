import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build as bundle } from "esbuild";
import { build, type InlineConfig } from "vite";

const CONSOLE = fileURLToPath(new URL("..", import.meta.url));
const ROOT = join(CONSOLE, "..");
/** What the built console is made from; packages in the versions of the lock file. The local cloud reads it, too. */
const SOURCES: readonly string[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "sources.json"), "utf8"),
);
/** What is smaller when packed; pictures and fonts are packed already. */
const PACKABLE = new Set([".html", ".js", ".css", ".svg"]);
const KEPT_BUILDS = 3;

/** `button-primary_3f2a`: what a class is of, told apart by where its file lies. */
const className = (name: string, file: string): string => {
  const place = relative(CONSOLE, file).replaceAll("\\", "/");
  const hash = createHash("sha256").update(place).digest("hex").slice(0, 4);
  return `${basename(place, ".module.css")}-${name}_${hash}`;
};

/** How the console is built; developing serves it in the same way. Needs nothing but what npm has brought. */
export const CONSOLE_CONFIG = {
  configFile: false,
  root: CONSOLE,
  base: "/console/",
  logLevel: "error",
  css: { modules: { generateScopedName: className } },
  build: {
    // The first browsers that know `light-dark()`: all since the middle of 2024.
    target: ["chrome123", "firefox121", "safari17.5"],
    // No file is part of another: the page's policy allows none but its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What several pages need is one file: a request for each small part would cost more than its bytes. What two or
    // three need alone is left apart: the first page would carry it for them.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 4 }] } } },
  },
} satisfies InlineConfig;

/** Names a build by its sources. */
const hashSources = (): string => {
  const hash = createHash("sha256").update(process.version);
  const add = (name: string): void => {
    const path = join(ROOT, name);
    const entries = extname(name) === "" ? readdirSync(path).sort() : null;
    if (entries === null) hash.update(name).update("\0").update(readFileSync(path)).update("\0");
    else for (const entry of entries) add(`${name}/${entry}`);
  };
  for (const source of SOURCES) add(source);
  return hash.digest("hex").slice(0, 20);
};

/** Lays a packed twin beside each file that it makes smaller, so that nobody packs at every request. */
const packFiles = (folder: string): void => {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!PACKABLE.has(extname(name))) continue;
    const bytes = readFileSync(join(folder, name));
    const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    if (packed.length < bytes.length) writeFileSync(join(folder, `${name}.br`), packed);
  }
};

const dropOld = (cache: string, made: string): void => {
  const others = readdirSync(cache).filter((name) => name !== made && !name.includes("."));
  for (const name of others.slice(0, Math.max(0, others.length - KEPT_BUILDS + 1)))
    rmSync(join(cache, name), { recursive: true, force: true });
};

/** The chat that stands on other people's pages: one script, for the browsers that the console is for. */
export const buildWidget = async (outfile: string): Promise<void> => {
  const { target } = CONSOLE_CONFIG.build;
  const entry = join(ROOT, "widget/main.ts");
  await bundle({
    entryPoints: [entry],
    outfile,
    target,
    bundle: true,
    minify: true,
    format: "iife",
    charset: "utf8",
  });
};

/**
 * Puts the built console into a folder: `index.html`, the chat as `widget.js`, `assets/` named by their content, and a `.br` beside each file that is
 * smaller so. The same sources are built once: what was built is kept below `.rapport/console`.
 */
export const buildConsole = async (outdir: string): Promise<void> => {
  const cache = join(ROOT, ".rapport/console");
  const name = hashSources();
  const made = join(cache, name);
  if (!existsSync(made)) {
    // Two that build at once do not meet, and a build that broke off is none.
    const draft = `${made}.${process.pid}`;
    mkdirSync(cache, { recursive: true });
    // Whoever builds, under tests too: else React would come as it is for those who develop it, twice as large.
    process.env.NODE_ENV = "production";
    await build({ ...CONSOLE_CONFIG, build: { ...CONSOLE_CONFIG.build, outDir: draft, emptyOutDir: true } });
    await buildWidget(join(draft, "widget.js"));
    packFiles(draft);
    if (existsSync(made)) rmSync(draft, { recursive: true });
    else renameSync(draft, made);
    dropOld(cache, name);
  }
  rmSync(outdir, { recursive: true, force: true });
  cpSync(made, outdir, { recursive: true });
};
