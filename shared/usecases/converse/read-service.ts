import { CONVERSATION_STATES, type ConversationHead } from "#domain/records/conversation.ts";
import type { ConversationFilter, ConversationStore } from "#ports/conversation-store.ts";

/** So many conversations are looked at, of those that are closed and of those that are not. */
const MOST = 2_000;
const PAGE = 100;

type Heads = { readonly heads: readonly ConversationHead[]; readonly isPartial: boolean };

const readUntil = async (
  { list }: Pick<ConversationStore, "list">,
  filter: ConversationFilter,
  isEnough: (last: ConversationHead) => boolean,
): Promise<Heads> => {
  const heads: ConversationHead[] = [];
  let cursor: string | null = null;
  do {
    const page = await list(filter, { limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    heads.push(...page.items);
    cursor = page.cursor;
    const last = page.items.at(-1);
    if (last !== undefined && isEnough(last)) cursor = null;
  } while (cursor !== null && heads.length < MOST);
  return { heads, isPartial: cursor !== null };
};

/**
 * Conversations that a report may be about: all that are not closed, and those closed ones that changed since a moment
 * (ISO-8601), newest first. `isPartial`: there are more than are looked at.
 */
export const readService = async (
  conversations: Pick<ConversationStore, "list">,
  since: string,
): Promise<Heads> => {
  const live = CONVERSATION_STATES.filter((state) => state !== "closed");
  const all = await Promise.all([
    readUntil(conversations, { states: live, sort: "newest" }, () => false),
    readUntil(conversations, { states: ["closed"], sort: "newest" }, ({ updatedAt }) => updatedAt < since),
  ]);
  return { heads: all.flatMap(({ heads }) => heads), isPartial: all.some(({ isPartial }) => isPartial) };
};
