import { keywordIn } from "#channels/keyword/keyword.ts";
import type { ReplyRule } from "../model/replies.ts";
import { languageOf } from "../model/templates.ts";
import type { Draft, Report } from "../read/sources.ts";
import { liquidTextsOf } from "../read/template-texts.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";
import { checkLiquid } from "./liquid.ts";
import { unknownName } from "./unknown-name.ts";

/** Rules that nothing leads to or that lead nowhere, words that the law took, names that nobody declares, and texts that are no Liquid. */
export const checkReplies = ({ sources, document }: Draft, report: Report): void => {
  if (sources.replies === null || document.replies === undefined) return;
  const { file } = sources.replies;
  const { rules, handOver } = document.replies;
  const events = document.dataModel.events.map(({ name }) => name);
  const topics = (document.conversations?.teams ?? []).flatMap((team) => team.topics);
  const { traits, computed } = document.dataModel;
  const facts = [...traits, ...computed].map(({ name }) => name);
  handOver.facts.forEach((name, index) => {
    if (!facts.includes(name))
      report.error(file.at(["handOver", "facts", index]), ...unknownName("trait", name, facts));
  });
  const names = new Set<string>();
  rules.forEach((rule, index) => {
    const path = ["rules", index];
    if (names.has(rule.name))
      report.error(
        file.at([...path, "name"]),
        "duplicate-name",
        "This name is given twice",
        "each name once",
      );
    names.add(rule.name);
    checkShape(rule, file, path, report);
    checkWords(rule, file, path, report);
    rule.find?.events.forEach((event, position) => {
      if (!events.includes(event))
        report.error(file.at([...path, "find", "events", position]), ...unknownName("event", event, events));
    });
    const topic = rule.handOver?.topic;
    if (topic !== undefined && !topics.includes(topic))
      report.warning(file.at([...path, "handOver", "topic"]), ...unknownName("topic", topic, topics));
  });
  checkTexts({ sources, document }, report);
};

const checkShape = (rule: ReplyRule, file: LocatedFile, path: Path, report: Report): void => {
  const { keywords, phrases, find, answer, notFound, handOver } = rule;
  if ([keywords, phrases].every((written) => Object.keys(written).length === 0))
    report.error(file.at(path), "contradiction", "No message leads to this rule", "keywords or phrases");
  if (answer === undefined && handOver === undefined)
    report.error(file.at(path), "contradiction", "This rule does nothing", "answer, handOver or both");
  if (notFound !== undefined && find === undefined)
    report.error(file.at([...path, "notFound"]), "contradiction", "Nothing is looked for here", "find");
  if (find !== undefined && notFound === undefined)
    report.error(
      file.at([...path, "find"]),
      "contradiction",
      "Nothing is said where nothing is found",
      "notFound",
    );
};

/** STOP and its like are answered before any rule is asked. */
const checkWords = ({ keywords }: ReplyRule, file: LocatedFile, path: Path, report: Report): void => {
  for (const [language, words] of Object.entries(keywords)) {
    words.forEach((word, index) => {
      const meant = keywordIn(word);
      if (meant === null) return;
      const message = `"${word}" means ${meant} by law, and never comes here`;
      report.error(file.at([...path, "keywords", language, index]), "contradiction", message, "another word");
    });
  }
};

const checkTexts = ({ sources: { replies }, document }: Draft, report: Report): void => {
  if (replies === null) return;
  const { file, value } = replies;
  const { locale } = document.brand;
  const said = [
    [["handOver", "answer"], value.handOver?.answer] as const,
    [["handOver", "closed"], value.handOver?.closed] as const,
    ...value.rules.flatMap((rule, index) =>
      (["answer", "notFound"] as const).map((part) => [["rules", index, part], rule[part]] as const),
    ),
  ];
  for (const [path, texts] of said) {
    if (texts === undefined) continue;
    for (const text of liquidTextsOf(file, texts, path)) checkLiquid(text, document, report);
    if (Object.keys(texts).some((one) => languageOf(one) === languageOf(locale))) continue;
    const message = `Nothing here is in ${locale}, the brand's language`;
    report.error(file.at(path), "missing-language", message, `a text for ${locale}`);
  }
};
