import { RapportError } from "#kernel/errors.ts";
import { renderLiquid, type Setting } from "#template/liquid/template.ts";
import { customerFacts } from "../customer/customer-facts.ts";
import { localeOf } from "../message/content.ts";
import type { CannedAnswer } from "../playbook/model/answers.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { bestLocale } from "../playbook/model/templates.ts";
import type { ConversationHead } from "../records/conversation.ts";
import type { CustomerState } from "../records/customer.ts";

/** A canned answer for one customer, in the language that they are most likely to read. */
export type FilledAnswer = {
  readonly name: string;
  readonly title: string;
  readonly language: string;
  /** Its placeholders filled. Null: its words cannot be filled in for this customer. */
  readonly text: string | null;
  /** How often `GAP` stands in it, because nothing is known that belongs there. */
  readonly gaps: number;
};

/** Stands in a text for what is not known: whoever sends it fills it in, or takes it out. */
export const GAP = "___";

/** Whom answers are filled in for, and by whom. `now`: milliseconds since the epoch. */
export type Filling = {
  readonly head: ConversationHead;
  readonly customer: CustomerState;
  /** How the agent is called. Absent: nobody knows. */
  readonly agent?: string | undefined;
  readonly now: number;
  /** The language that is asked for. Absent: the customer's. */
  readonly language?: string | undefined;
};

const filled = (
  source: string,
  scope: Readonly<Record<string, unknown>>,
  setting: Setting,
): string | null => {
  try {
    return renderLiquid({ name: "words", source, mode: "text", gap: GAP }, scope, setting).trim();
  } catch (error) {
    if (error instanceof RapportError && error.code === "template_failed") return null;
    throw error;
  }
};

/**
 * All canned answers of a playbook, filled in for a customer and their conversation: those about its topic first, then by
 * title. Pure: the same input gives the same words.
 */
export const cannedAnswers = (
  document: PlaybookDocument,
  { head, customer, agent, now, language }: Filling,
): readonly FilledAnswer[] => {
  const { answers = [], brand } = document;
  const { topic, channel, team, openedAt, waitingSince, subject } = head;
  const scope = {
    customer: customerFacts(customer, document, now),
    conversation: { topic, channel, team, openedAt, waitingSince, subject },
    agent: { name: agent },
    brand: { ...brand.extra, ...brand },
  };
  const isAbout = ({ topics }: CannedAnswer): boolean => topic !== undefined && topics.includes(topic);
  return answers
    .toSorted((a, b) => Number(isAbout(b)) - Number(isAbout(a)) || (a.title < b.title ? -1 : 1))
    .flatMap(({ name, title, words }) => {
      const locale = bestLocale(Object.keys(words), language ?? localeOf(customer), brand.locale);
      if (locale === undefined) return [];
      const setting = { locale, timeZone: brand.timeZone, now: new Date(now).toISOString() };
      const text = filled(words[locale] ?? "", scope, setting);
      return [{ name, title, language: locale, text, gaps: (text ?? "").split(GAP).length - 1 }];
    });
};
