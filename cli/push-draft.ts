import * as z from "zod/mini";
import { RapportProblem } from "#client/index.ts";
import { revisionOf } from "#domain/draft/draft.ts";
import { readFolder } from "./folder.ts";
import { type HubOptions, hubClient } from "./hub.ts";
import { remoteFiles } from "./pull.ts";
import { readPulled, writePulled } from "./pulled.ts";
import { counted, type Terminal } from "./terminal.ts";

const DRAFT_ID = /^dft_/;

const Moved = z.object({
  merges: z.array(
    z.object({
      path: z.string(),
      changedBy: z.optional(z.nullable(z.string())),
      conflicts: z.array(z.unknown()),
    }),
  ),
});

/** Files that somebody else saved meanwhile, if that is why a call came to nothing. */
const movedIn = (problem: unknown) =>
  problem instanceof RapportProblem && problem.code === "draft_moved"
    ? (Moved.safeParse(problem.problem).data?.merges ?? null)
    : null;

/**
 * `rapport push <folder> --draft <id or name>`: saves a folder's files into a draft, a new one where a name is given. Files
 * that somebody else saved since the last pull are not overwritten: it says whose they are.
 */
export const pushDraft = async (
  folder: string,
  options: HubOptions & { readonly draft: string },
  terminal: Terminal,
): Promise<number> => {
  const call = hubClient(options, terminal);
  const local = readFolder(folder);
  const isNew = !DRAFT_ID.test(options.draft);
  const id = isNew
    ? (await call("POST /v1/drafts", { body: { name: options.draft } })).draftId
    : options.draft;
  const remote = await remoteFiles({ ...options, draft: id }, terminal);
  const pulled = readPulled(folder);
  if (!isNew && pulled?.from !== id) {
    terminal.error(`${folder} was not pulled from ${id}: rapport pull ${folder} --draft ${id}`);
    return 1;
  }
  const began = (path: string): string | null => {
    const text = remote.files[path];
    return isNew ? (text === undefined ? null : revisionOf(text)) : (pulled?.files[path] ?? null);
  };
  const paths = [...new Set([...Object.keys(local), ...Object.keys(remote.files)])];
  const files = paths
    .filter((path) => local[path] !== remote.files[path])
    // What somebody else changed and nobody here did is theirs.
    .filter((path) => isNew || (local[path] === undefined ? null : revisionOf(local[path])) !== began(path))
    .map((path) => ({ path, text: local[path] ?? null, began: began(path) }));
  if (files.length > 0) {
    const saved = await call("PUT /v1/drafts/{id}", { path: { id }, body: { files } }).catch(
      (problem: unknown) => {
        const moved = movedIn(problem);
        if (moved === null) throw problem;
        for (const { path, changedBy, conflicts } of moved)
          terminal.error(
            `${path}: changed by ${changedBy ?? "somebody"} too, ${counted(conflicts.length, "conflict")}`,
          );
        terminal.error(
          `\nnothing was saved: rapport pull ${folder} --draft ${id} first, or put both together in the console`,
        );
        return null;
      },
    );
    if (saved === null) return 1;
  }
  const after = await remoteFiles({ ...options, draft: id }, terminal);
  writePulled(
    folder,
    id,
    Object.fromEntries(Object.entries(after.files).filter(([path, text]) => local[path] === text)),
  );
  terminal.out(`${counted(files.length, "file")} saved in the draft ${id}`);
  return 0;
};
