import { BOUNDS } from "#kernel/bounds.ts";
import { ANSWER_FIELDS, ANSWER_ROOTS } from "../model/answers.ts";
import { bestLocale, languageOf } from "../model/templates.ts";
import type { Draft, Report } from "../read/sources.ts";
import { offsetOf } from "../read/template-texts.ts";
import { checkLiquid } from "./liquid.ts";

/** Canned answers that nobody could send: no words, words that are no Liquid or name what there is not, or none of the brand's language. */
export const checkAnswers = ({ sources: { answers }, document }: Draft, report: Report): void => {
  const { locale } = document.brand;
  const surplus = answers[BOUNDS.cannedAnswers];
  if (surplus !== undefined) {
    const message = `${answers.length} canned answers are too many to choose from`;
    report.error(surplus.file.at([]), "too-large", message, `at most ${BOUNDS.cannedAnswers}`);
  }
  for (const { file, value } of answers) {
    const spoken = Object.keys(value.words);
    if (spoken.length === 0) {
      report.error(file.at(["words"]), "missing-part", "This answer says nothing", `${locale}: its words`);
      continue;
    }
    const usual = bestLocale(spoken, undefined, locale);
    if (usual !== undefined && languageOf(usual) !== languageOf(locale)) {
      const message = `Nothing here is in ${locale}, the brand's language: customers of other languages get ${usual}`;
      report.warning(file.at(["words"]), "missing-language", message, `${locale}: the same words`);
    }
    for (const [language, source] of Object.entries(value.words)) {
      const at = (line: number, column: number) =>
        file.at(["words", language], offsetOf(source, line, column));
      checkLiquid({ source, at }, document, report, { roots: ANSWER_ROOTS, fields: ANSWER_FIELDS });
    }
  }
};
