import { inLanguage, type Response, respondByRules, type Saying } from "#domain/answering/respond.ts";
import { summaryOf } from "#domain/answering/summary.ts";
import { afterWorking } from "#domain/calendar/business-hours.ts";
import { answeredInHour, isAnsweredEnough } from "#domain/conversation/automatic.ts";
import { customerFacts } from "#domain/customer/customer-facts.ts";
import { customerView, environmentAt, feelBrand, feelNow, holds } from "#domain/customer/view.ts";
import { searchKnowledge } from "#domain/knowledge/search.ts";
import { localeOf } from "#domain/message/content.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { ConversationHead, ThreadMessage } from "#domain/records/conversation.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";

/** What is to be answered, and by which playbook. */
export type Answering = {
  readonly head: ConversationHead;
  /** What the customer wrote since our last answer, oldest first. */
  readonly turn: readonly ThreadMessage[];
  readonly playbook: CompiledPlaybook;
};

/** What is done about what a customer wrote, by the playbook. */
export const respond = (
  { head, turn, playbook }: Answering,
  { state }: CustomerRecord,
  now: number,
): Response => {
  const { replies, document } = playbook;
  const locale = localeOf(state);
  const language = locale ?? document.brand.locale;
  if (replies === undefined || isAnsweredEnough(head, turn, now))
    return { handOver: { why: "too-many" }, language };
  const scope = {
    customer: customerView(state, playbook, now),
    brand: feelBrand(playbook),
    now: feelNow(now),
  };
  const environment = environmentAt(playbook, now);
  const texts = turn.filter(({ isAutomatic }) => isAutomatic !== true);
  return respondByRules(
    {
      texts,
      state,
      brandLocale: document.brand.locale,
      ...(locale === undefined ? {} : { locale }),
      find: (question) =>
        searchKnowledge(document.knowledge ?? [], question, {
          locale: language,
          brandLocale: document.brand.locale,
          now,
        }),
    },
    replies,
    ({ test }) => test === undefined || holds(test, scope, environment),
  );
};

/** What is said besides when a person is to go on: by whether anybody is there now. */
export const handingOver = (
  { handOver, language }: Response,
  { replies, document }: CompiledPlaybook,
  now: number,
): Saying | undefined => {
  if (handOver === undefined || handOver.why === "too-many" || replies === undefined) return undefined;
  const hours = document.conversations?.hours;
  const opensAt = hours === undefined ? null : afterWorking(hours, now, 1);
  const isOpen = opensAt === null || opensAt - 1 <= now;
  const { answer, closed = answer } = replies.handOver;
  const text = inLanguage(isOpen ? answer : closed, language, document.brand.locale);
  const data = isOpen ? {} : { opensAt: new Date(opensAt - 1).toISOString() };
  return text === undefined ? undefined : { text, data };
};

/** Both in one message, as people write. */
export const together = (sayings: readonly (Saying | undefined)[]): Saying | undefined => {
  const said = sayings.filter((saying) => saying !== undefined);
  if (said.length === 0) return undefined;
  return {
    text: said.map(({ text }) => text.trim()).join("\n\n"),
    data: Object.assign({}, ...said.map(({ data }) => data)),
  };
};

/** The note that the person who goes on finds. */
export const summaryFor = (
  { head, turn, playbook }: Answering,
  { handOver, sources = [] }: Response,
  { state }: CustomerRecord,
  now: number,
): string => {
  const known = customerFacts(state, playbook.document, now);
  return summaryOf({
    why: handOver?.why ?? "nothing-fits",
    sources: sources.map(({ page }) => page),
    texts: turn.map(({ text }) => text),
    tried: answeredInHour(head, now).rules,
    facts: (playbook.replies?.handOver.facts ?? []).flatMap((name) => {
      const value = known[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  });
};
