import { readdirSync, writeFileSync } from "node:fs";
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

/** `npm run tables`: writes every generated file of the project anew. A test says when one is stale. */
if (import.meta.main) {
  for (const { path, text } of await writtenFiles()) {
    writeFileSync(join(import.meta.dirname, "../..", path), text);
    console.log(path);
  }
}
