import { folded } from "#channels/keyword/folded.ts";
import { languageOf } from "../playbook/model/templates.ts";

/** A question is looked at in its beginning. */
const MOST_TERMS = 60;
const SHORTEST = 2;
const SHORTEST_STEM = 3;

/** Words that say nothing of what is asked, folded. */
const STOP_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: "a an and are as at be been but by can could did do does for from get had has have how i if in is it its just me my need of on or our please so some than thank thanks that the their them then there these they this to too us want was we were what when where which who why will with would you your".split(
    " ",
  ),
  de: "ab aber als am an auch auf aus bei bin bis bitte da dann das dass dem den denn der des die doch ein eine einem einen einer eines er es etwas fur haben habe hat ich ihr ihre ihren im in ist ja kann konnen man mein meine meinen meiner mich mir mit muss nach nicht noch nun nur ob oder schon sehr sich sie sind so um und uns von war was wann warum wenn wer werde werden wie wieder will wir wird wo wohin woher mochte zu zum zur".split(
    " ",
  ),
};

/** Endings that say how many, whose or when. The longest come first. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  en: /(?:ations?|ments?|ness|ings?|ied|ies|edly|ed|ers?|ally|ly|es|s|e|y)$/,
  de: /(?:ungen|heiten|keiten|ieren|iert|ung|heit|keit|igen|lich|isch|ern|est|end|em|en|er|es|et|st|te|ig|e|n|s|t)$/,
};

/** A folded word without its ending, in the way of a language; of one that is not known, as it is. */
export const stemIn = (language: string, word: string): string => {
  const ending = ENDINGS[language];
  if (ending === undefined) return word;
  const stem = word.replace(ending, "");
  return stem.length >= SHORTEST_STEM ? stem : word;
};

/** A text's words that say something, as they are counted. @param most so many at most */
export const termsOf = (text: string, locale: string, most = MOST_TERMS): readonly string[] => {
  const language = languageOf(locale);
  const without = new Set(STOP_WORDS[language] ?? []);
  return folded(text)
    .split(" ")
    .filter((word) => word.length >= SHORTEST && !without.has(word))
    .slice(0, most)
    .map((word) => stemIn(language, word));
};
