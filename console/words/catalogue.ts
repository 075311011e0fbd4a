/** The languages of the console. */
export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Some words in every language; each place of the console has its own, beside its pages. */
export type Catalogue<Words> = Readonly<Record<Language, Words>>;

/** The compiler refuses a language that lacks a word, or has one too many. */
export const catalogue = <Words>(en: Words, de: NoInfer<Words>): Catalogue<Words> => ({ en, de });

/** One wording for each plural form that the languages here have; `#` stands for the number. */
export type Counted = { readonly one: string; readonly other: string };

/** The word for a name of the hub's, or the name itself: a newer hub has names that this page does not know. */
export const wordFor = (words: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(words, name) ? (words[name] ?? name) : name;
