import type { Calls } from "#client/api.generated.ts";

type DraftFiles = Calls["GET /v1/drafts/{id}/files"]["answer"]["files"];

/** What somebody else changed in a file while it was changed here, and both put together. */
export type Merge = {
  readonly path: string;
  readonly yours: string | null;
  readonly theirs: string | null;
  readonly text: string | null;
  readonly revision: string | null;
  readonly changedBy: string | null;
  readonly conflicts: readonly {
    readonly line: number;
    readonly cell?: { readonly decision: string; readonly row: number; readonly column: string };
    readonly before: string;
    readonly yours: string;
    readonly theirs: string;
  }[];
};

/** A file of a draft as it stands on this page; a text that is null is not there. */
export type OpenFile = {
  readonly text: string | null;
  /** As the hub has it, by the revision that a save is made over. */
  readonly saved: string | null;
  readonly revision: string | null;
  /** As the version has it that the draft began with. */
  readonly base: string | null;
  /** Where both changed the same: nothing is saved before somebody has chosen. */
  readonly merge?: Merge;
  /** Raised when the text changed by something else than typing. */
  readonly edition: number;
};

type Files = ReadonlyMap<string, OpenFile>;
const NONE: OpenFile = { text: null, saved: null, revision: null, base: null, edition: 0 };

export const isUnsaved = ({ text, saved }: OpenFile): boolean => text !== saved;

/** The files with one changed. */
export const withFile = (files: Files, path: string, change: Partial<OpenFile>): Files =>
  new Map(files).set(path, { ...NONE, ...files.get(path), ...change });

/** Files that are to be saved: changed, and not in anybody's way. */
export const toSave = (files: Files) =>
  [...files]
    .filter(([, file]) => isUnsaved(file) && file.merge === undefined)
    .map(([path, { text, revision }]) => ({ path, text, began: revision }));

/** What the hub has, taken in: what was changed here and is not saved stays. */
export const received = (files: Files, given: DraftFiles): Files => {
  const kept = [...files].filter(([path, file]) => Object.hasOwn(given, path) || isUnsaved(file));
  const next = new Map(kept);
  for (const [path, { text, revision, base }] of Object.entries(given)) {
    const own = next.get(path);
    if (own !== undefined && (isUnsaved(own) || own.revision === revision)) next.set(path, { ...own, base });
    else next.set(path, { text, saved: text, revision, base, edition: (own?.edition ?? 0) + 1 });
  }
  return next;
};

/** Both changes put together, where nobody has to choose; what was typed meanwhile waits for the next save. */
export const merged = (files: Files, merge: Merge): Files => {
  const own = files.get(merge.path);
  if (own === undefined) return files;
  const over = { saved: merge.theirs, revision: merge.revision };
  if (merge.conflicts.length > 0) return withFile(files, merge.path, { ...over, merge });
  if (own.text !== merge.yours) return files;
  return withFile(files, merge.path, { ...over, text: merge.text, edition: own.edition + 1 });
};

/** A file that both changed, as somebody says it is to be. */
export const settled = (files: Files, path: string, text: string | null): Files => {
  const own = files.get(path);
  if (own?.merge === undefined) return files;
  const { merge: _merge, ...rest } = own;
  return new Map(files).set(path, { ...rest, text, edition: own.edition + 1 });
};
