import { folded } from "#channels/keyword/folded.ts";
import { isNear } from "#kernel/suggest.ts";
import type { KnowledgePage } from "../playbook/model/knowledge.ts";
import { bestLocale, languageOf } from "../playbook/model/templates.ts";
import { termsOf } from "./terms.ts";

/** A page that may answer. `share`: how much of what was asked it has, from 0 to 1. */
export type Found = { readonly page: KnowledgePage; readonly score: number; readonly share: number };

/** How much a word counts by where it stands. */
const WEIGHTS = { title: 3, words: 3, text: 1 } as const;
/** BM25: how soon more of the same word counts no more, and how much longer pages count less. */
const SATURATION = 1.2;
const LENGTH = 0.4;
/** What a word counts that is only like one of a page: misspelt, or part of a longer one. */
const LIKE = 0.6;
const SHORTEST_LIKE = 4;
/** Of a page's text. */
const MOST_TERMS = 4_000;

type Indexed = {
  readonly page: KnowledgePage;
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
};
type Index = {
  readonly pages: readonly Indexed[];
  /** In how many pages of a language a term is. */
  readonly frequency: ReadonlyMap<string, number>;
  readonly meanLength: number;
};

const indexed = (page: KnowledgePage): Indexed => {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number): number => {
    // What is folded is bounded, so a long text is taken paragraph by paragraph.
    const terms = text
      .split(/\n+/)
      .flatMap((part) => termsOf(part, page.locale, MOST_TERMS))
      .slice(0, MOST_TERMS);
    for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + weight);
    return terms.length;
  };
  add(page.title, WEIGHTS.title);
  for (const words of page.words) add(words, WEIGHTS.words);
  return { page, weights, length: add(`${page.answer}\n${page.text}`, WEIGHTS.text) };
};

const indexOf = (pages: readonly KnowledgePage[]): Index => {
  const all = pages.map(indexed);
  const frequency = new Map<string, number>();
  for (const { weights } of all)
    for (const term of weights.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const meanLength = all.reduce((sum, { length }) => sum + length, 0) / Math.max(1, all.length);
  return { pages: all, frequency, meanLength };
};

/** Of what was asked, so much must stand on a page that answers by itself, and it must be so much better than the next. */
const SURE_SHARE = 0.6;
const SURE_LEAD = 1.25;

/** The page that answers a question beyond doubt; undefined: none does. @param found best first, two at least where there are */
export const surelyFound = ([first, second]: readonly Found[]): Found | undefined =>
  first !== undefined &&
  first.share >= SURE_SHARE &&
  (second === undefined || first.score >= second.score * SURE_LEAD)
    ? first
    : undefined;

/** Made once for a version of a playbook and a language. */
const indexes = new WeakMap<readonly KnowledgePage[], Map<string, Index>>();

/** Of each page the language that suits best. */
const inLanguage = (pages: readonly KnowledgePage[], locale: string, brandLocale: string) => {
  const byName = Map.groupBy(pages, ({ name }) => name);
  return [...byName.values()].flatMap((same) => {
    const best = bestLocale(
      same.map((page) => page.locale),
      locale,
      brandLocale,
    );
    return same.find((page) => page.locale === best) ?? [];
  });
};

const indexFor = (pages: readonly KnowledgePage[], locale: string, brandLocale: string): Index => {
  const made = indexes.get(pages) ?? new Map<string, Index>();
  indexes.set(pages, made);
  const key = languageOf(locale);
  const index = made.get(key) ?? indexOf(inLanguage(pages, locale, brandLocale));
  // Languages that somebody makes up are not kept.
  if (made.size < 20) made.set(key, index);
  return index;
};

const isPart = (one: string, other: string): boolean =>
  one.length >= SHORTEST_LIKE && other.length > one.length && other.includes(one);

/** The pages' own words for one that was asked, and what each counts: itself, else what it may be meant for. */
const meant = (term: string, { frequency }: Index): readonly (readonly [term: string, weight: number])[] => {
  const isKnown = frequency.has(term);
  const exact = isKnown ? [[term, 1] as const] : [];
  if (term.length < SHORTEST_LIKE) return exact;
  const like = [...frequency.keys()].filter(
    (known) => isPart(known, term) || isPart(term, known) || (!isKnown && isNear(term, known)),
  );
  return [...exact, ...like.map((known) => [known, LIKE] as const)];
};

const rarity = (term: string, { frequency, pages }: Index): number => {
  const found = frequency.get(term) ?? 0;
  return Math.log(1 + (pages.length - found + 0.5) / (found + 0.5));
};

/** What one asked word counts on a page: of all that it may mean, what counts most. */
const counted = (asked: ReturnType<typeof meant>, { weights, length }: Indexed, index: Index): number =>
  Math.max(
    0,
    ...asked.map(([term, weight]) => {
      const times = weights.get(term) ?? 0;
      const long = 1 - LENGTH + (LENGTH * length) / Math.max(1, index.meanLength);
      return (weight * rarity(term, index) * (times * (SATURATION + 1))) / (times + SATURATION * long);
    }),
  );

const isValid = ({ activeFrom = 0, activeTo = Number.POSITIVE_INFINITY }: KnowledgePage, now: number) =>
  activeFrom <= now && now < activeTo;

/**
 * The pages that answer a question best, best first; each page once, in the language that suits best. Words count by how rare they
 * are; endings, accents and misspellings hardly do, and a part of a long word counts too. Pure, and bounded by the pages: a
 * question is looked at in its beginning.
 * @param now milliseconds since the epoch: pages that are not valid then are not found
 */
export const searchKnowledge = (
  pages: readonly KnowledgePage[],
  question: string,
  {
    locale,
    brandLocale,
    now,
    limit = 3,
  }: {
    readonly locale: string;
    readonly brandLocale: string;
    readonly now: number;
    readonly limit?: number;
  },
): readonly Found[] => {
  const index = indexFor(pages, locale, brandLocale);
  const terms = [...new Set(termsOf(folded(question), locale))];
  const asked = terms.map((term) => meant(term, index));
  if (asked.length === 0) return [];
  const found = index.pages.flatMap((one): readonly Found[] => {
    if (!isValid(one.page, now)) return [];
    const counts = asked.map((term) => counted(term, one, index));
    const score = counts.reduce((sum, count) => sum + count, 0);
    const share = counts.filter((count) => count > 0).length / asked.length;
    return score > 0 ? [{ page: one.page, score, share }] : [];
  });
  return found.toSorted((a, b) => b.score - a.score || (a.page.name < b.page.name ? -1 : 1)).slice(0, limit);
};
