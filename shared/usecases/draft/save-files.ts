import {
  type Act,
  type Actor,
  type FileChange,
  isPackable,
  type PlaybookDraft,
  revisionOf,
  revisionsIn,
  withChanges,
} from "#domain/draft/draft.ts";
import { type MergedFile, mergeFile } from "#domain/draft/merge/merge-files.ts";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { mostBytesOf } from "#domain/playbook/read/file-bytes.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { DraftTexts } from "#ports/draft-store.ts";
import { type DraftDependencies, isoNow } from "./dependencies.ts";
import { type DraftContents, findOpenDraft, readContents } from "./read-draft.ts";

/** A change of a file by somebody who saw it at a revision; null: who saw none. */
export type FileEdit = FileChange & { readonly began: string | null };

/** What a second editor is shown: both changes put together, and the revision to save that over. */
export type MovedFile = MergedFile & {
  readonly revision: string | null;
  readonly changedBy: string | null;
  readonly changedAt: string | null;
};

const TRIES = 5;

/**
 * Saves files of a draft, all or none. Each edit says which revision it began with: where somebody else has saved another
 * since, nothing is kept.
 * @throws RapportError `draft_moved` with both changes put together, file by file; `draft_published`, `not_found`, `invalid_request`
 */
export const saveFiles = async (
  deps: DraftDependencies,
  draftId: string,
  edits: readonly FileEdit[],
  by: Actor,
): Promise<PlaybookDraft> => {
  edits.forEach(checkSize);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const draft = await findOpenDraft(deps, draftId);
    const contents = await readContents(deps, draft);
    await refuseMoved(deps, { draft, contents }, edits);
    const act = { by, at: isoNow(deps.clock) };
    const saved = await keepChanges(deps, { draft, base: contents.base }, edits, act);
    if (saved !== null) return saved;
  }
  throw new RapportError("conflict", "others save this draft too, again and again: try once more", {
    retryAfter: 1,
  });
};

/** A draft to write over: the files of the version it is upon, and the revisions whose texts are kept for it now. */
type Written = {
  readonly draft: PlaybookDraft;
  readonly base: PlaybookFiles;
  readonly held?: ReadonlySet<string>;
};

/** Keeps changes over a draft as it was read; null: somebody was faster. */
export const keepChanges = async (
  { drafts }: Pick<DraftDependencies, "drafts">,
  { draft, base, held = revisionsIn(draft) }: Written,
  changes: readonly FileChange[],
  act: Act,
): Promise<PlaybookDraft | null> => {
  const next = withChanges(draft, base, changes, act);
  const count = Object.keys(next.changes).length;
  if (count > BOUNDS.uploadFiles)
    throw wrongField("files", `at most ${BOUNDS.uploadFiles} changed files`, `${count}`);
  const after = revisionsIn(next);
  const added: DraftTexts = Object.fromEntries(
    changes
      .flatMap(({ text }) => (text === null ? [] : [[revisionOf(text), text] as const]))
      .filter(([revision]) => after.has(revision) && !held.has(revision)),
  );
  const dropped = [...held].filter((revision) => !after.has(revision));
  return (await drafts.save(next, { added, dropped })) === "saved" ? next : null;
};

const checkSize = ({ path, text }: FileChange): void => {
  const bytes = text === null ? 0 : Buffer.byteLength(text);
  const most = mostBytesOf(path);
  const expected = `at most ${most} bytes of text`;
  if (bytes > most) throw wrongField(`files.${path}`, expected, `${bytes} bytes`);
  if (text !== null && !isPackable(text))
    throw wrongField(`files.${path}`, "a text that people write", "one that cannot be packed");
};

/** A file's text as the draft has it; null: it has none. */
const textOf = (files: PlaybookFiles, path: string): string | null => files[path] ?? null;
const revisionAt = (files: PlaybookFiles, path: string): string | null => {
  const text = textOf(files, path);
  return text === null ? null : revisionOf(text);
};

const refuseMoved = async (
  { drafts }: Pick<DraftDependencies, "drafts">,
  { draft, contents }: { readonly draft: PlaybookDraft; readonly contents: DraftContents },
  edits: readonly FileEdit[],
): Promise<void> => {
  const { files, base } = contents;
  // Saving once more what is there already, as after an answer that got lost, is no conflict.
  const moved = edits.filter(
    ({ path, text, began }) => revisionAt(files, path) !== began && textOf(files, path) !== text,
  );
  if (moved.length === 0) return;
  const begun = await drafts.texts(
    draft.draftId,
    moved.flatMap(({ began }) => began ?? []),
  );
  const merges = moved.map(({ path, text, began }): MovedFile => {
    const isBase = began !== null && revisionAt(base, path) === began;
    const before = began === null ? null : ((isBase ? base[path] : begun[began]) ?? textOf(base, path));
    const change = draft.changes[path];
    return {
      ...mergeFile(path, { before, yours: text, theirs: textOf(files, path) }),
      revision: revisionAt(files, path),
      changedBy: change?.by.name ?? null,
      changedAt: change?.at ?? null,
    };
  });
  const names = merges.map(({ path }) => path).join(", ");
  throw new RapportError("draft_moved", `${names}: changed by somebody else since`, { extra: { merges } });
};
