import { SPOKEN, WORD_KEYS } from "#template/words/words.ts";
import { languageOf } from "../model/templates.ts";
import type { Draft, Report } from "../read/sources.ts";

/** Languages that a playbook adds and leaves in part to English. */
export const checkOwnWords = ({ sources }: Draft, report: Report): void => {
  const { file, value } = sources.playbook;
  for (const [locale, words] of Object.entries(value.brand.words ?? {})) {
    if (SPOKEN.includes(languageOf(locale))) continue;
    const missing = WORD_KEYS.filter((key) => !Object.hasOwn(words, key));
    if (missing.length === 0) continue;
    const message = `These words of ${locale} are in English: ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ` and ${missing.length - 5} more` : ""}`;
    report.warning(file.at(["brand", "words", locale]), "missing-words", message, "all of the hub's words");
  }
};
