import { folded } from "#channels/keyword/folded.ts";
import { withoutPoliteness } from "#channels/keyword/keyword.ts";
import type { Written } from "../playbook/model/replies.ts";

/** How much may follow a keyword: "order no. A-1" is one, "order came broken, what now?" is a letter. */
const MOST_AFTER_KEYWORD = 3;
/** Endings that say how many, whose or when, and nothing of what. The longest come first. */
const ENDINGS =
  /(?:ations?|ungen|ments?|ingly|heiten|keiten|edly|iert|ieren|ung|ing|ern|est|ies|ied|ed|en|er|es|em|et|te|s|e|n|t|y)$/;
const SHORTEST_STEM = 3;

/** A word without its ending, for languages that have such: `orders`, `ordered` and `order` are alike. */
export const stemOf = (word: string): string => {
  const stem = word.replace(ENDINGS, "");
  return stem.length >= SHORTEST_STEM ? stem : word;
};

/** Languages in which one of the words leads to the rule, with what the message names beside it. */
export type Matched = { readonly languages: readonly string[]; readonly argument?: string };

const isShort = (rest: string): boolean => rest.split(" ").length <= MOST_AFTER_KEYWORD;

const beginsWith = (plain: string, keyword: string): boolean => {
  const word = folded(keyword);
  if (word === "") return false;
  return plain === word || (plain.startsWith(`${word} `) && isShort(plain.slice(word.length + 1)));
};

const hasAll = (stems: ReadonlySet<string>, phrase: string): boolean => {
  const wanted = folded(phrase).split(" ");
  return wanted[0] !== "" && wanted.every((word) => stems.has(stemOf(word)));
};

const languagesWhere = (written: Written, isMeant: (words: string) => boolean): readonly string[] =>
  Object.entries(written).flatMap(([language, words]) => (words.some(isMeant) ? [language] : []));

const NAMES = /[\p{L}\p{N}][\p{L}\p{N}/_-]{0,39}/gu;

/** What a message names by a number: an order, a parcel. Undefined: nothing. */
export const argumentIn = (text: string): string | undefined => {
  const names = [...text.slice(0, 500).matchAll(NAMES)].map(([name]) => name);
  const place = names.findIndex((name) => /\p{N}/u.test(name));
  const [name, before = ""] = [names[place], names[place - 1]];
  if (name === undefined) return undefined;
  // "a 17" is how phones spell A-17.
  return /^\p{L}$/u.test(before) && /^\p{N}+$/u.test(name) ? `${before}-${name}` : name;
};

/** Whether a message is what a rule waits for; null: it is not. */
export const matchOf = (
  text: string,
  { keywords, phrases }: { readonly keywords: Written; readonly phrases: Written },
): Matched | null => {
  const plain = withoutPoliteness(folded(text));
  const stems = new Set(plain.split(" ").map(stemOf));
  const languages = [
    ...new Set([
      ...languagesWhere(keywords, (keyword) => beginsWith(plain, keyword)),
      ...languagesWhere(phrases, (phrase) => hasAll(stems, phrase)),
    ]),
  ];
  if (languages.length === 0) return null;
  const argument = argumentIn(text);
  return { languages, ...(argument === undefined ? {} : { argument }) };
};
