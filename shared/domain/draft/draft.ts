import { gzipSync } from "node:zlib";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { hashId } from "#kernel/hash.ts";

/** Who did something: an API key, or a person of the console. Two with the same id are the same one. */
export type Actor = { readonly id: string; readonly name: string };
export type Act = { readonly by: Actor; readonly at: string };

/** A file that differs from the version the draft began with. */
export type DraftChange = Act & {
  /** The revision of its text; null: the draft takes the file away. */
  readonly revision: string | null;
};

/** The form of a draft's id, as `Ids` makes them. */
export const DRAFT_ID = /^dft_[0-9a-z]{1,60}$/;

export const DRAFT_STATES = ["open", "proposed", "approved", "published"] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** A playbook that is being changed: what differs from the version it began with, and how far it has come. */
export type PlaybookDraft = {
  readonly draftId: string;
  readonly name: string;
  /** The version that its other files are those of. */
  readonly base: string;
  readonly state: DraftState;
  readonly created: Act;
  readonly updated: Act;
  /** By path. */
  readonly changes: Readonly<Record<string, DraftChange>>;
  /** What was kept of its files when it was proposed: what is approved and published is exactly that. */
  readonly proposal?: Act & { readonly version: string; readonly note?: string };
  readonly approval?: Act;
  readonly publication?: Act & { readonly previous: string | null };
  /** How often it was saved: each save is made over the one before. */
  readonly step: number;
};

/** What a text is known by: the same text always has the same. */
export const revisionOf = (text: string): string => hashId("txt", text);

/** An item of a table has 400 KB; text packs to a fraction of itself, and what does not is no text that people write. */
const MOST_PACKED = 350 * 1024;

/** Whether a text can be kept in one item. */
export const isPackable = (text: string): boolean =>
  text.length <= MOST_PACKED / 4 || gzipSync(text).length <= MOST_PACKED;

/** A new draft of a version, without a change yet. */
export const newDraft = (
  { draftId, name, base }: Pick<PlaybookDraft, "draftId" | "name" | "base">,
  created: Act,
): PlaybookDraft => ({
  draftId,
  name,
  base,
  state: "open",
  created,
  updated: created,
  changes: {},
  step: 0,
});

/** A change of a draft's file: its text, or null for a file that goes. */
export type FileChange = { readonly path: string; readonly text: string | null };

/**
 * The draft with files changed. What was proposed or approved was something else: the draft is open again. A file that says
 * what the version it began with says is no change.
 */
export const withChanges = (
  draft: PlaybookDraft,
  base: PlaybookFiles,
  files: readonly FileChange[],
  act: Act,
): PlaybookDraft => {
  const changes: Record<string, DraftChange> = { ...draft.changes };
  for (const { path, text } of files) {
    if (text === (base[path] ?? null)) delete changes[path];
    else changes[path] = { revision: text === null ? null : revisionOf(text), ...act };
  }
  const { proposal: _proposal, approval: _approval, ...rest } = draft;
  return { ...rest, state: "open", changes, updated: act, step: draft.step + 1 };
};

/** Revisions that the draft holds texts of. */
export const revisionsIn = ({ changes }: PlaybookDraft): ReadonlySet<string> =>
  new Set(Object.values(changes).flatMap(({ revision }) => revision ?? []));

/** All files of a draft: those of the version it began with, and its own over them. */
export const draftFiles = (
  { changes }: PlaybookDraft,
  base: PlaybookFiles,
  texts: Readonly<Record<string, string>>,
): PlaybookFiles => {
  const own = Object.entries(changes).map(
    ([path, { revision }]) => [path, revision === null ? null : (texts[revision] ?? null)] as const,
  );
  return withFiles(
    base,
    own.map(([path, text]) => ({ path, text })),
  );
};

/** Files with some of them changed. */
export const withFiles = (files: PlaybookFiles, changes: readonly FileChange[]): PlaybookFiles => {
  const all = new Map(Object.entries(files));
  for (const { path, text } of changes) {
    if (text === null) all.delete(path);
    else all.set(path, text);
  }
  return Object.fromEntries(all);
};
