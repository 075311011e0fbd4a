import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { type Catalogue, LANGUAGES, type Language } from "./catalogue.ts";
import { type Formats, formatsFor } from "./formats.ts";

/** Under it the browser keeps which language was chosen: that says nothing of anybody. */
const KEPT = "rapport.language";

type Spoken = {
  readonly language: Language;
  readonly formats: Formats;
  readonly speak: (language: Language) => void;
};

const SpokenContext = createContext<Spoken | null>(null);

const isLanguage = (text: string | null): text is Language => LANGUAGES.some((language) => language === text);

const kept = (): Language | null => {
  try {
    const text = localStorage.getItem(KEPT);
    return isLanguage(text) ? text : null;
  } catch {
    return null;
  }
};

/** The first of the browser's languages that the console has. */
const wanted = (): Language =>
  kept() ?? navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => isLanguage(tag)) ?? "en";

/** Some browsers name languages that are none, such as `en-US@posix`. */
const isLocale = (tag: string): boolean => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
};

/** `en-GB` where the browser says so: the language is ours to offer, how dates are written is the reader's. */
const localeFor = (language: Language): string =>
  navigator.languages.find((tag) => tag.slice(0, 2) === language && isLocale(tag)) ?? language;

/** Lets everything below speak one language. */
export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(wanted);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(
    () => ({
      language,
      formats: formatsFor(localeFor(language)),
      speak: (next: Language) => {
        setLanguage(next);
        try {
          localStorage.setItem(KEPT, next);
        } catch {
          // Storage is forbidden: the language holds for as long as the page lives.
        }
      },
    }),
    [language],
  );
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
};

export const useLanguage = (): Spoken => {
  const spoken = useContext(SpokenContext);
  if (spoken === null) throw new Error("a page stands outside of LanguageProvider");
  return spoken;
};

/** A place's words in the language that is spoken, and how numbers and times are written in it. */
export const useWords = <Words,>(
  words: Catalogue<Words>,
): { readonly words: Words; readonly formats: Formats } => {
  const { language, formats } = useLanguage();
  return { words: words[language], formats };
};
