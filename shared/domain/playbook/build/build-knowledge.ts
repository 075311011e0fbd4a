import { hashId } from "#kernel/hash.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { KnowledgePage } from "../model/knowledge.ts";
import type { KnowledgeSource } from "../read/sources.ts";
import { lifeSpanOf } from "./life-span.ts";

/** The first paragraph that is no heading. */
const firstParagraph = (body: string): string =>
  body
    .split(/\n\s*\n/)
    .find((part) => part.trim() !== "" && !part.trim().startsWith("#"))
    ?.trim() ?? "";

const buildPage = (
  { name, locale, body, value }: KnowledgeSource,
  brand: { readonly locale: string; readonly timeZone: string },
): KnowledgePage => {
  const { title, words = [], answer = firstParagraph(body), ...valid } = value;
  return {
    name,
    locale: locale ?? brand.locale,
    title,
    words,
    answer: answer.trim(),
    text: body,
    ...lifeSpanOf(valid, brand.timeZone),
    version: hashId("pag", JSON.stringify([title, words, answer, body, valid])),
  };
};

/** What a company knows, of its pages. Nothing where there are none. */
export const buildKnowledge = (
  pages: readonly KnowledgeSource[],
  brand: { readonly locale: string; readonly timeZone: string },
): Pick<PlaybookDocument, "knowledge"> =>
  pages.length === 0 ? {} : { knowledge: pages.map((page) => buildPage(page, brand)) };
