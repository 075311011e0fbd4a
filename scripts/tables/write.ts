import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WrittenFile } from "./written-file.ts";

const WRITER = ".table.ts";

/** What every `*.table.ts` of this folder would write: each exports its `files`. */
export const writtenFiles = async (): Promise<readonly WrittenFile[]> => {
  const writers = readdirSync(import.meta.dirname).filter((name) => name.endsWith(WRITER));
  const modules: { files: readonly WrittenFile[] }[] = await Promise.all(
    writers.sort().map((name) => import(pathToFileURL(join(import.meta.dirname, name)).href)),
  );
  return modules.flatMap(({ files }) => files);
};

const holds = (path: string, text: string): boolean =>
  existsSync(path) && readFileSync(path, "utf8") === text;

/** `npm run tables`: writes every generated file of the project anew that is stale, and names it. A test says when one is. */
if (import.meta.main) {
  for (const { path, text } of await writtenFiles()) {
    const file = join(import.meta.dirname, "../..", path);
    if (holds(file, text)) continue;
    writeFileSync(file, text);
    console.log(path);
  }
}
