import type { PlaybookDraft } from "#domain/draft/draft.ts";
import { DRAFT_ID } from "#domain/draft/draft.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { DraftStore } from "#ports/draft-store.ts";

/** Drafts in this process's memory. Dropped texts stay until their draft goes. */
export const memoryDraftStore = (): DraftStore => {
  const drafts = new Map<string, PlaybookDraft>();
  const texts = new Map<string, Map<string, string>>();
  return {
    get: async (draftId) => drafts.get(draftId) ?? null,
    save: async (draft, { added }) => {
      const before = drafts.get(draft.draftId);
      if ((before?.step ?? -1) !== draft.step - 1) return "conflict";
      drafts.set(draft.draftId, draft);
      texts.set(draft.draftId, new Map([...(texts.get(draft.draftId) ?? []), ...Object.entries(added)]));
      return "saved";
    },
    texts: async (draftId, revisions) => {
      const own = texts.get(draftId);
      return Object.fromEntries(
        revisions.flatMap((revision) => {
          const text = own?.get(revision);
          return text === undefined ? [] : [[revision, text]];
        }),
      );
    },
    list: async ({ limit, cursor }) => {
      const before = cursor === undefined ? null : fromCursor(cursor, DRAFT_ID);
      const newestFirst = [...drafts.values()]
        .sort((a, b) => (a.draftId < b.draftId ? 1 : -1))
        .filter(({ draftId }) => before === null || draftId < before);
      const items = newestFirst.slice(0, limit);
      const last = items.at(-1);
      return { items, cursor: last && newestFirst.length > limit ? toCursor(last.draftId) : null };
    },
    remove: async ({ draftId, step }) => {
      if (drafts.get(draftId)?.step !== step) return "conflict";
      drafts.delete(draftId);
      texts.delete(draftId);
      return "removed";
    },
  };
};
