import type { Act, PlaybookDraft } from "#domain/draft/draft.ts";
import { revisionOf } from "#domain/draft/draft.ts";
import type { MergedFile } from "#domain/draft/merge/merge-files.ts";
import type { DraftDependencies } from "#usecases/draft/dependencies.ts";
import { peopleNeeded } from "#usecases/draft/publish-draft.ts";
import { versionFiles } from "#usecases/draft/read-draft.ts";
import type { DraftAnswer } from "./operations.ts";

const actOf = ({ by, at }: Act) => ({ by: by.name, at });

/** A draft as lists show it. */
export const summaryOf = ({ draftId, name, base, state, ...draft }: PlaybookDraft) => ({
  draftId,
  name,
  base,
  state,
  created: actOf(draft.created),
  updated: actOf(draft.updated),
  changed: Object.keys(draft.changes).length,
  ...(draft.proposal === undefined
    ? {}
    : {
        proposal: {
          ...actOf(draft.proposal),
          version: draft.proposal.version,
          ...(draft.proposal.note === undefined ? {} : { note: draft.proposal.note }),
        },
      }),
  ...(draft.approval === undefined ? {} : { approval: actOf(draft.approval) }),
  ...(draft.publication === undefined
    ? {}
    : { publication: { ...actOf(draft.publication), previous: draft.publication.previous } }),
});

type Shown = DraftAnswer["files"][number];

/** A draft with every file it has or takes away, by path. */
export const answerOf = async (deps: DraftDependencies, draft: PlaybookDraft): Promise<DraftAnswer> => {
  const base = await versionFiles(deps, draft.base);
  const paths = [...new Set([...Object.keys(base), ...Object.keys(draft.changes)])].sort();
  const files = paths.map((path): Shown => {
    const text = base[path];
    const change = draft.changes[path];
    if (change === undefined) return { path, change: "none", revision: revisionOf(text ?? "") };
    const what = change.revision === null ? "removed" : text === undefined ? "added" : "changed";
    return { path, change: what, revision: change.revision, ...actOf(change) };
  });
  const [live, people] = await Promise.all([
    deps.playbooks.current(),
    peopleNeeded(deps, draft.proposal?.version ?? draft.base),
  ]);
  return { ...summaryOf(draft), live, people, files };
};

/** Files put together, as an answer lists them. */
export const mergesOf = (merges: readonly MergedFile[]) =>
  merges.map((merge) => ({ ...merge, conflicts: [...merge.conflicts] }));
