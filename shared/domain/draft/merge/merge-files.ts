import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { mergeLines } from "./merge-lines.ts";
import { mergeTables } from "./merge-tables.ts";
import { mergeYaml } from "./merge-yaml.ts";
import type { Merged, ThreeTexts } from "./merged.ts";

/** Puts two changes of a file together: by table rows or YAML keys where that is sound, else by lines. */
export const mergeTexts = (path: string, texts: ThreeTexts): Merged => {
  const { before, yours, theirs } = texts;
  if (before === yours || yours === theirs) return { text: theirs, conflicts: [], by: "lines" };
  if (before === theirs) return { text: yours, conflicts: [], by: "lines" };
  const sound = path.endsWith(".dmn") ? mergeTables(texts) : path.endsWith(".yaml") ? mergeYaml(texts) : null;
  return sound ?? mergeLines(texts);
};

/** A file that two people changed; a text that is null is not there. */
export type MergedFile = {
  readonly path: string;
  readonly before: string | null;
  readonly yours: string | null;
  readonly theirs: string | null;
  /** Null: the file goes. */
  readonly text: string | null;
  readonly conflicts: Merged["conflicts"];
  readonly by: Merged["by"] | "file";
};

/** As `mergeTexts`, of files that may come and go: to take away what the other changed is a conflict of the whole file. */
export const mergeFile = (
  path: string,
  { before, yours, theirs }: Pick<MergedFile, "before" | "yours" | "theirs">,
): MergedFile => {
  const texts = { path, before, yours, theirs };
  if (before === yours || yours === theirs) return { ...texts, text: theirs, conflicts: [], by: "file" };
  if (before === theirs) return { ...texts, text: yours, conflicts: [], by: "file" };
  if (yours !== null && theirs !== null)
    return { ...texts, ...mergeTexts(path, { before: before ?? "", yours, theirs }) };
  const whole = { line: 1, before: before ?? "", yours: yours ?? "", theirs: theirs ?? "" };
  return { ...texts, text: theirs, conflicts: [whole], by: "file" };
};

/** Every file that either changed, put together. */
export const mergeFiles = (
  before: PlaybookFiles,
  yours: PlaybookFiles,
  theirs: PlaybookFiles,
): readonly MergedFile[] =>
  [...new Set([...Object.keys(before), ...Object.keys(yours), ...Object.keys(theirs)])]
    .filter((path) => before[path] !== yours[path] || before[path] !== theirs[path])
    .sort()
    .map((path) =>
      mergeFile(path, {
        before: before[path] ?? null,
        yours: yours[path] ?? null,
        theirs: theirs[path] ?? null,
      }),
    );
