import { GERMAN } from "./de.ts";
import { ENGLISH, type Words } from "./en.ts";
import { SPANISH } from "./es.ts";
import { FRENCH } from "./fr.ts";
import { ITALIAN } from "./it.ts";
import { DUTCH } from "./nl.ts";
import { SWEDISH } from "./sv.ts";

export type WordKey = keyof Words;
/** Language or locale (BCP 47) -> words of a playbook, by key: those of one more language, or some in place of the hub's own. */
export type OwnWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

const LANGUAGES: Readonly<Record<string, Words>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  it: ITALIAN,
  nl: DUTCH,
  sv: SWEDISH,
};

export const WORD_KEYS: readonly string[] = Object.keys(ENGLISH);
/** The languages that need no words of a playbook. */
export const SPOKEN: readonly string[] = Object.keys(LANGUAGES);

const plain = (locale: string): string => locale.trim().replace("_", "-").toLowerCase();
/** `pt` of `pt-BR`. */
const languageOf = (locale: string): string => plain(locale).split("-")[0] ?? "";

/** Of the playbook's locales the one that suits: the very one, its language, any region of that language. */
const ownLocale = (own: OwnWords, wanted: string): string | undefined => {
  const locales = Object.keys(own);
  return (
    locales.find((locale) => plain(locale) === plain(wanted)) ??
    locales.find((locale) => plain(locale) === languageOf(wanted)) ??
    locales.find((locale) => languageOf(locale) === languageOf(wanted))
  );
};

export type Spoken = {
  /** BCP 47 */
  readonly language: string;
  readonly words: Words;
  /** What else the playbook says in the language: the names of channels. */
  readonly own: Readonly<Record<string, string>>;
};

/**
 * The hub's words in the first of the languages that it or the playbook speaks, else in English. What a playbook's language
 * lacks is in English.
 * @param locales BCP 47, the most wanted first
 */
export const wordsFor = (locales: readonly string[], own: OwnWords = {}): Spoken => {
  for (const wanted of locales) {
    const locale = ownLocale(own, wanted);
    const language = languageOf(wanted);
    const known = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined;
    if (locale === undefined && known === undefined) continue;
    const added = locale === undefined ? {} : (own[locale] ?? {});
    return { language: locale ?? language, words: { ...(known ?? ENGLISH), ...added }, own: added };
  }
  return { language: "en", words: ENGLISH, own: {} };
};
