import type { ConversationHead } from "#domain/records/conversation.ts";
import type { JsonObject } from "#kernel/json.ts";

/** What the audit log holds of a conversation: no word that was written in it, and none about its customer. */
const told = ({
  state,
  handler,
  assignee,
  team,
  snoozedUntil,
  rating,
  tags,
}: ConversationHead): JsonObject => ({
  state,
  handler,
  assignee: assignee ?? null,
  team: team ?? null,
  snoozedUntil: snoozedUntil ?? null,
  rating: rating ?? null,
  tags: tags.length,
});

/** What a deed changed of a conversation, for the audit log: from what to what. Nothing where it changed none of it. */
export const changedBetween = (
  before: ConversationHead,
  after: ConversationHead,
): { readonly before: JsonObject; readonly after: JsonObject } => {
  const [was, is] = [told(before), told(after)];
  const names = Object.keys(is).filter((name) => was[name] !== is[name]);
  const only = (all: JsonObject): JsonObject =>
    Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
  return { before: only(was), after: only(is) };
};
