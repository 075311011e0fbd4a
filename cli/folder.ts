import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { isLitter, normalizeFiles } from "#domain/playbook/read/paths.ts";

/** Reads the files of a playbook's folder, by path. Throws with the file's name when one is no text in UTF-8. */
export const readFolder = (folder: string): PlaybookFiles => {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`there is no folder ${folder}`);
  }
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join("/");
    // A playbook may be a repository of its own, and what git keeps is no text.
    if (!isLitter(path)) files[path] = readText(file);
  }
  return normalizeFiles(files);
};

const readText = (file: string): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    if (cause instanceof TypeError) throw new Error(`${file} is no text in UTF-8`, { cause });
    throw cause;
  }
};
