import { searchKnowledge } from "#domain/knowledge/search.ts";
import { localeOf } from "#domain/message/content.ts";
import type { ThreadMessage } from "#domain/records/conversation.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { findConversation } from "#usecases/converse/change.ts";
import type { ReplyDependencies } from "#usecases/converse/reply.ts";
import type { operations } from "./operations.ts";

type Operation = typeof operations.listSuggestions;

/** Of a thread, where what waits for an answer stands. */
const LOOKED_BACK = 30;
const MOST = 3;

const isTurn = ({ direction }: ThreadMessage): boolean => direction === "in" || direction === "out";

/** What the customer wrote since our last answer. */
const asked = (messages: readonly ThreadMessage[]): string => {
  const turns = messages.filter(isTurn);
  const last = turns.findLastIndex(({ direction }) => direction === "out");
  return turns
    .slice(last + 1)
    .map(({ text }) => text)
    .join("\n");
};

/** Pages of knowledge that may answer what the customer asks, in their language. */
export const listSuggestions = async (
  deps: ReplyDependencies,
  { params, query }: Call<Operation>,
): Promise<Answer<Operation>> => {
  const [head, { document }] = await Promise.all([
    findConversation(deps, params.id),
    deps.playbooks.current(),
  ]);
  const { knowledge = [], brand } = document;
  const [messages, record] = await Promise.all([
    query.q === undefined ? deps.conversations.messages(params.id, { limit: LOOKED_BACK }) : [],
    deps.customers.find(head.customerId),
  ]);
  const locale = (record === null ? undefined : localeOf(record.state)) ?? brand.locale;
  const found = searchKnowledge(knowledge, query.q ?? asked(messages), {
    locale,
    brandLocale: brand.locale,
    now: deps.clock.now(),
    limit: MOST,
  });
  const items = found.map(({ page }) => ({
    page: page.name,
    version: page.version,
    locale: page.locale,
    title: page.title,
    answer: page.answer,
    text: page.text,
  }));
  return { status: 200, json: { lastSeq: head.lastTurn, items } };
};
