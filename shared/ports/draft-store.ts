import type { PlaybookDraft } from "#domain/draft/draft.ts";

/** Texts by their revision. */
export type DraftTexts = Readonly<Record<string, string>>;

/** Drafts of playbooks: what each changes, and the texts of the files that it changes, each once. */
export type DraftStore = {
  readonly get: (draftId: string) => Promise<PlaybookDraft | null>;
  /**
   * Keeps a draft over the step before it, with the texts it has now and had not before. `dropped`: revisions that no file of
   * it has any more; they can be read for a week, by those who began with them. A conflict keeps nothing.
   */
  readonly save: (
    draft: PlaybookDraft,
    texts: { readonly added: DraftTexts; readonly dropped: readonly string[] },
  ) => Promise<"saved" | "conflict">;
  /** Texts by revision; those that are gone are left out. */
  readonly texts: (draftId: string, revisions: readonly string[]) => Promise<DraftTexts>;
  /** Newest first. A cursor that is none of ours is `invalid_request`. */
  readonly list: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{
    readonly items: readonly PlaybookDraft[];
    readonly cursor: string | null;
  }>;
  /** Forgets a draft and its texts, if nobody saved it meanwhile. */
  readonly remove: (draft: PlaybookDraft) => Promise<"removed" | "conflict">;
};
