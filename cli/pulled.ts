import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { revisionOf } from "#domain/draft/draft.ts";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";

/** Beside the playbook, and no part of it: what a folder was pulled from, so that the next pull knows what is new where. */
const NOTE = ".rapport-pulled.json";

const Pulled = z.object({
  /** A draft's id, or the version that was live. */
  from: z.string(),
  /** Path -> revision of the text as it was pulled or pushed. */
  files: z.record(z.string(), z.string()),
});
export type Pulled = z.output<typeof Pulled>;

/** What a folder was last pulled from; null: it never was, or nobody can read the note. */
export const readPulled = (folder: string): Pulled | null => {
  const file = join(folder, NOTE);
  if (!existsSync(file)) return null;
  try {
    return Pulled.safeParse(JSON.parse(readFileSync(file, "utf8"))).data ?? null;
  } catch {
    return null;
  }
};

/** Notes what a folder holds now. */
export const writePulled = (folder: string, from: string, files: PlaybookFiles): void => {
  const revisions = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, revisionOf(text)]));
  writeFileSync(join(folder, NOTE), `${JSON.stringify({ from, files: revisions }, null, 1)}\n`);
};
