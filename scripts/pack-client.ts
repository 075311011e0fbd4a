import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

/*
 * `npm run pack:client -- <folder>` packs `@rapport/client` into a folder: JavaScript modules with their types for programs that
 * are bundled or run in Node, and one small file for pages without a bundler, whose `<script>` makes a global `rapport`.
 */

const ROOT = join(import.meta.dirname, "..");
const CLIENT = join(ROOT, "client");
/** On Windows npm and tsc are scripts of the shell. */
const shell = process.platform === "win32";

const build = (out: string): void => {
  execFileSync("tsc", ["-p", CLIENT, "--outDir", join(out, "dist")], { stdio: "inherit", shell });
  buildSync({
    entryPoints: [join(CLIENT, "index.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "rapport",
    target: "es2022",
    outfile: join(out, "dist/browser.js"),
  });
  for (const name of ["package.json", "README.md"]) cpSync(join(CLIENT, name), join(out, name));
  cpSync(join(ROOT, "LICENSE"), join(out, "LICENSE"));
};

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: npm run pack:client -- <folder>");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
// Built apart: two may pack at once.
const built = mkdtempSync(join(tmpdir(), "rapport-client-"));
try {
  build(built);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", resolve(folder)], {
    cwd: built,
    stdio: "inherit",
    shell,
  });
} finally {
  rmSync(built, { recursive: true, force: true });
}
