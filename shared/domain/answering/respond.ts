import type { JsonObject } from "#kernel/json.ts";
import type { WhyHandedOver } from "../conversation/handed-over.ts";
import { verbatim } from "../conversation/reply-channel.ts";
import { type Found, surelyFound } from "../knowledge/search.ts";
import type { CompiledReplies, Said } from "../playbook/model/replies.ts";
import { bestLocale } from "../playbook/model/templates.ts";
import type { CustomerState } from "../records/customer.ts";
import { findEvent } from "./found.ts";
import { type Matched, matchOf } from "./words.ts";

/** What a customer wrote since our last answer, and who they are. */
export type Turn = {
  /** Oldest first; what a machine wrote is not among them. */
  readonly texts: readonly { readonly text: string; readonly isDoubted?: true }[];
  readonly state: Pick<CustomerState, "recent">;
  /** The customer's; absent: nobody knows. */
  readonly locale?: string;
  readonly brandLocale: string;
  /** Pages of knowledge that may answer, best first. */
  readonly find: (question: string) => readonly Found[];
};

/** Liquid, and what it names under `data`. */
export type Saying = { readonly text: string; readonly data: JsonObject };

/** A page of knowledge, as it was then. */
export type Source = { readonly page: string; readonly version: string };

/** What is done about a turn. */
export type Response = {
  /** Absent: no rule fits. */
  readonly rule?: string;
  /** Absent: nothing is said, unless a person goes on. */
  readonly say?: Saying;
  /** Absent: it is the customer's turn. */
  readonly handOver?: { readonly why: WhyHandedOver; readonly topic?: string };
  /** Pages of knowledge that it is taken from, or that may help whoever goes on. */
  readonly sources?: readonly Source[];
  /** In which they are answered. */
  readonly language: string;
};

/** A text in the language that suits best; undefined: there is none at all. */
export const inLanguage = (
  said: Said | undefined,
  language: string,
  brandLocale: string,
): string | undefined => {
  const best = bestLocale(Object.keys(said ?? {}), language, brandLocale);
  return best === undefined ? undefined : said?.[best];
};

/** Whoever writes a word of a language reads it; a word of several is read in the customer's own. */
const languageFor = ({ languages }: Matched, { locale, brandLocale }: Turn): string =>
  bestLocale(languages, locale, brandLocale) ?? brandLocale;

type Fitting = { readonly rule: CompiledReplies["rules"][number]; readonly matched: Matched };

/** The last message that a rule fits counts: "ORDER 17", then "thanks", is a question. */
const fitting = (
  { texts }: Turn,
  { rules }: CompiledReplies,
  holds: (rule: CompiledReplies["rules"][number]) => boolean,
): Fitting | null => {
  for (const { text } of texts.toReversed()) {
    for (const rule of rules) {
      const matched = matchOf(text, rule);
      if (matched !== null && holds(rule)) return { rule, matched };
    }
  }
  return null;
};

/** A page that answers beyond doubt, word for word; else what may help is named to the person who goes on. */
const byKnowledge = ({ texts, find }: Turn, replies: CompiledReplies, language: string): Response => {
  const found = find(texts.map(({ text }) => text).join("\n"));
  const sources = found.map(({ page }) => ({ page: page.name, version: page.version }));
  const sure = replies.byKnowledge === true ? surelyFound(found) : undefined;
  if (sure === undefined) return { handOver: { why: "nothing-fits" }, sources, language };
  const { name, answer } = sure.page;
  const cited = sources.slice(0, 1);
  return {
    rule: `knowledge.${name}`,
    say: { text: verbatim(answer), data: { sources: cited } },
    sources: cited,
    language,
  };
};

/**
 * What the rules of a playbook answer. Nothing of the customer's is told to somebody who may be another: a mail whose sender is
 * doubted goes to a person. Pure.
 * @param holds whether a rule's condition is true of the customer
 */
export const respondByRules = (
  turn: Turn,
  replies: CompiledReplies,
  holds: (rule: CompiledReplies["rules"][number]) => boolean,
): Response => {
  const own = turn.locale ?? turn.brandLocale;
  if (turn.texts.some(({ isDoubted }) => isDoubted)) return { handOver: { why: "doubted" }, language: own };
  const fits = fitting(turn, replies, holds);
  if (fits === null) return byKnowledge(turn, replies, own);
  const { rule, matched } = fits;
  const { argument = null } = matched;
  const language = languageFor(matched, turn);
  const found = rule.find === undefined ? null : findEvent(turn.state, rule.find, matched.argument);
  const isMissing = rule.find !== undefined && found === null;
  const text = inLanguage(isMissing ? rule.notFound : rule.answer, language, turn.brandLocale);
  return {
    rule: rule.name,
    language,
    ...(text === undefined ? {} : { say: { text, data: { argument, found } } }),
    ...(rule.handOver === undefined
      ? {}
      : { handOver: { ...rule.handOver, why: isMissing ? "not-found" : "asked" } }),
  };
};
