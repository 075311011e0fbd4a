import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "./names.ts";

const ROOT = join(import.meta.dirname, "../..");

export const readProjectFile = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** Refuses to write into folders of the project that are there already, by their names. */
export const refuseTaken = (...folders: readonly string[]): void => {
  const taken = folders.filter((folder) => existsSync(join(ROOT, folder)));
  if (taken.length > 0) throw new Error(`there already: ${taken.join(", ")}`);
};

/** Writes files of the project as the linter wants them, and then all generated tables anew. */
export const writeProjectFiles = (files: Files): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(path);
  }
  const code = Object.keys(files).filter((path) => path.endsWith(".ts"));
  // Not by `.bin`: what npm puts there is a script of the shell on Windows, which cannot be spawned.
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  execFileSync(process.execPath, [biome, "check", "--write", ...code], { cwd: ROOT });
  execFileSync(process.execPath, [join(ROOT, "scripts/tables/write.ts")], { stdio: "inherit" });
};

/** Runs a generator of the command line; what is wrong with the call is said in one line. */
export const generate = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
};
