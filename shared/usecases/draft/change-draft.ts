import { type Actor, newDraft, type PlaybookDraft, revisionsIn } from "#domain/draft/draft.ts";
import { mergeFiles } from "#domain/draft/merge/merge-files.ts";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError } from "#kernel/errors.ts";
import { type DraftDependencies, isoNow } from "./dependencies.ts";
import { findDraft, findOpenDraft, readContents, versionFiles } from "./read-draft.ts";
import { keepChanges } from "./save-files.ts";

/** Somebody saved the draft between reading it and keeping what follows. */
export const draftBusy = (): RapportError =>
  new RapportError("conflict", "somebody saved this draft at the same moment: look at it and try again", {
    retryAfter: 1,
  });

/** The live version. Throws `not_found` where nothing is published yet. */
export const liveVersion = async ({ playbooks }: Pick<DraftDependencies, "playbooks">): Promise<string> => {
  const live = await playbooks.current();
  if (live === null) throw new RapportError("not_found", "no playbook is published yet: push one first");
  return live;
};

/**
 * Begins a draft, of the live version unless another is named.
 * @throws RapportError `not_found`, `drafts_full`
 */
export const beginDraft = async (
  deps: DraftDependencies,
  { name, base }: { readonly name: string; readonly base?: string },
  by: Actor,
): Promise<PlaybookDraft> => {
  const version = base ?? (await liveVersion(deps));
  if ((await deps.playbooks.document(version)) === null)
    throw new RapportError("not_found", "there is no such playbook version");
  const { items } = await deps.drafts.list({ limit: BOUNDS.openDrafts });
  if (items.filter(({ state }) => state !== "published").length >= BOUNDS.openDrafts)
    throw new RapportError("drafts_full", `there are ${BOUNDS.openDrafts} drafts: discard some first`);
  const draftId = deps.ids.id("dft");
  const draft = newDraft({ draftId, name, base: version }, { by, at: isoNow(deps.clock) });
  const kept = await deps.drafts.save(draft, { added: {}, dropped: [] });
  if (kept === "conflict") throw draftBusy();
  return draft;
};

/** Forgets a draft with all that was written in it. Throws `not_found`. */
export const discardDraft = async (deps: DraftDependencies, draftId: string): Promise<void> => {
  const draft = await findDraft(deps, draftId);
  if ((await deps.drafts.remove(draft)) === "conflict") throw draftBusy();
};

/**
 * What went live since a draft began, beside what the draft changed: only files that the live version changed. Null where
 * nothing went live since.
 */
export const liveSince = async (deps: DraftDependencies, draft: PlaybookDraft) => {
  const live = await liveVersion(deps);
  if (live === draft.base) return null;
  const { files, base } = await readContents(deps, draft);
  const liveFiles = await versionFiles(deps, live);
  const merges = mergeFiles(base, files, liveFiles).filter(({ before, theirs }) => before !== theirs);
  return { live, liveFiles, files, merges };
};

export const liveMoved = ({
  live,
  merges,
}: NonNullable<Awaited<ReturnType<typeof liveSince>>>): RapportError =>
  new RapportError("live_moved", "another version went live since this draft began: take it in first", {
    extra: { live, merges },
  });

/**
 * Puts a draft upon the version that is live now: what only one side changed is taken, and what both did from `resolved`.
 * @param resolved path -> text, or null for a file that goes; for each file in which both are in each other's way
 * @throws RapportError `live_moved` with these files where one is not resolved
 */
export const takeLive = async (
  deps: DraftDependencies,
  draftId: string,
  resolved: Readonly<Record<string, string | null>>,
  by: Actor,
): Promise<PlaybookDraft> => {
  const draft = await findOpenDraft(deps, draftId);
  const since = await liveSince(deps, draft);
  if (since === null) return draft;
  const { live, liveFiles, files, merges } = since;
  if (merges.some(({ path, conflicts }) => conflicts.length > 0 && resolved[path] === undefined))
    throw liveMoved(since);
  const merged = new Map(
    merges.map(({ path, text }) => [path, resolved[path] ?? (path in resolved ? null : text)]),
  );
  const changes = ownPaths(files, liveFiles).map((path) => ({
    path,
    text: merged.has(path) ? (merged.get(path) ?? null) : (files[path] ?? null),
  }));
  const rebased = { ...draft, base: live, changes: {} };
  const act = { by, at: isoNow(deps.clock) };
  const over = { draft: rebased, base: liveFiles, held: revisionsIn(draft) };
  const saved = await keepChanges(deps, over, changes, act);
  if (saved === null) throw draftBusy();
  return saved;
};

/** Every file that either has. */
const ownPaths = (files: PlaybookFiles, other: PlaybookFiles): readonly string[] => [
  ...new Set([...Object.keys(files), ...Object.keys(other)]),
];
