import { draftFiles, type PlaybookDraft, revisionsIn } from "#domain/draft/draft.ts";
import type { PlaybookFiles } from "#domain/playbook/model/version.ts";
import { RapportError } from "#kernel/errors.ts";
import type { DraftDependencies } from "./dependencies.ts";

type Reading = {
  readonly drafts: Pick<DraftDependencies["drafts"], "get" | "texts">;
  readonly playbooks: Pick<DraftDependencies["playbooks"], "get">;
};

/** Throws `not_found` where there is no such draft. */
export const findDraft = async (
  { drafts }: Pick<Reading, "drafts">,
  draftId: string,
): Promise<PlaybookDraft> => {
  const draft = await drafts.get(draftId);
  if (draft === null) throw new RapportError("not_found", "there is no such draft");
  return draft;
};

/** As `findDraft`, of a draft that can still be changed. Throws `not_found`, `draft_published`. */
export const findOpenDraft = async (
  deps: Pick<Reading, "drafts">,
  draftId: string,
): Promise<PlaybookDraft> => {
  const draft = await findDraft(deps, draftId);
  if (draft.state !== "published") return draft;
  throw new RapportError("draft_published", "this draft is published: begin another");
};

/** Files of a version that there must be. Throws `not_found`. */
export const versionFiles = async (
  { playbooks }: Pick<Reading, "playbooks">,
  version: string,
): Promise<PlaybookFiles> => {
  const stored = await playbooks.get(version);
  if (stored === null) throw new RapportError("not_found", "there is no such playbook version");
  return stored.files;
};

/** A draft's files, and those of the version it began with. */
export type DraftContents = { readonly files: PlaybookFiles; readonly base: PlaybookFiles };

/** Reads all files of a draft; those of a published one as they were published. */
export const readContents = async (deps: Reading, draft: PlaybookDraft): Promise<DraftContents> => {
  const { proposal, state, draftId } = draft;
  const base = await versionFiles(deps, draft.base);
  if (state === "published" && proposal !== undefined)
    return { files: await versionFiles(deps, proposal.version), base };
  const texts = await deps.drafts.texts(draftId, [...revisionsIn(draft)]);
  return { files: draftFiles(draft, base, texts), base };
};
