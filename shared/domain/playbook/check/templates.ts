import { CHANNELS } from "#channels/all.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import { parseLiquid } from "#template/liquid/check.ts";
import type { PlaybookDocument } from "../model/document.ts";
import { bestLocale, languageOf } from "../model/templates.ts";
import type { Draft, Report, TemplateFile } from "../read/sources.ts";
import { checkLiquid } from "./liquid.ts";

/** Checks that every treatment has its template and every template its parts, and that Liquid parses and uses declared names. */
export const checkTemplates = ({ sources, document }: Draft, report: Report): void => {
  const used = new Set<string>();
  for (const [index, action] of document.actions.entries()) {
    const file = sources.actions[index]?.file;
    action.treatments.forEach(({ template, channel }, position) => {
      if (template === undefined) return;
      used.add(`${template}/${channel}`);
      if (document.templates[`${template}/${channel}`] || !file) return;
      const place = file.at(["treatments", position]);
      report.error(
        place,
        "missing-template",
        `There is no template "${template}" for ${channel}`,
        expectedFile(template, channel, document),
      );
    });
  }
  checkLanguages(document, sources.templates, report);
  for (const file of sources.templates) {
    const place = { file: file.path, line: 1, column: 1 };
    if (!used.has(`${file.template}/${file.channel}`)) {
      report.warning(
        place,
        "unused-template",
        `No treatment uses this template`,
        `a treatment with channel: ${file.channel} and template: ${file.template}`,
      );
    }
    checkParts(file, document, report);
    const valid = file.texts.map((text) => checkLiquid(text, document, report));
    if (valid.every(Boolean)) checkMarkup(file, report);
  }
};

/** Rules that ask for the customer's language: such an action may well have words for that one alone. */
const BY_LANGUAGE = /\bcustomer\.(locale|language)\b/;

/** Where neither the customer's language nor the brand's is there, whatever there is goes to everybody (templates.ts). */
const checkLanguages = (document: PlaybookDocument, files: readonly TemplateFile[], report: Report): void => {
  const { locale } = document.brand;
  const reported = new Set<string>();
  for (const { eligible, treatments } of document.actions) {
    if (eligible.some((rule) => BY_LANGUAGE.test(rule))) continue;
    for (const { template, channel } of treatments) {
      const key = `${template}/${channel}`;
      const best = bestLocale(Object.keys(document.templates[key] ?? {}), undefined, locale);
      if (reported.has(key) || best === undefined || languageOf(best) === languageOf(locale)) continue;
      reported.add(key);
      const file = files.find((each) => each.template === template && each.channel === channel);
      if (file === undefined) continue;
      const message = `Nothing here is in ${locale}, the brand's language: customers of other languages get ${best}`;
      const expected = file.path.replace(`/${channel}.${file.locale}.`, `/${channel}.`);
      report.warning({ file: file.path, line: 1, column: 1 }, "missing-language", message, expected);
    }
  }
};

const expectedFile = (template: string, channel: string, document: PlaybookDocument): string => {
  const file = `templates/${template}/${channel}.${CHANNELS.get(channel)?.content?.file ?? "yaml"}`;
  const others = Object.keys(document.templates)
    .filter((key) => key.endsWith(`/${channel}`))
    .map((key) => key.slice(0, -channel.length - 1));
  return others.length === 0 ? file : `${file}; ${expectedOneOf(template, others)}`;
};

/** What its channel cannot do without, in every locale. */
const checkParts = (file: TemplateFile, document: PlaybookDocument, report: Report): void => {
  const locale = file.locale ?? document.brand.locale;
  const content = document.templates[`${file.template}/${file.channel}`]?.[locale] ?? {};
  for (const { oneOf } of CHANNELS.get(file.channel)?.content?.required ?? []) {
    if (oneOf.some((part) => content[part] !== undefined && content[part] !== "")) continue;
    const place = { file: file.path, line: 1, column: 1 };
    const expected = oneOf[0] === "subject" ? "front matter: ---, subject: ..., ---" : oneOf.join(" or ");
    report.error(place, "missing-part", `This ${file.channel} has no ${oneOf[0]}`, expected);
  }
};

/** MJML does not understand Liquid: it drops a tag where it allows no text, which leaves the tag's partner alone. */
const checkMarkup = ({ path, content }: TemplateFile, report: Report): void => {
  if (!path.endsWith(".mjml") || typeof content.html !== "string") return;
  const place = { file: path, line: 1, column: 1 };
  if (parseLiquid(content.html).problem === undefined) return;
  const expected = "Liquid tags inside mj-text, mj-table or mj-raw";
  report.error(place, "liquid", "MJML drops a part of the Liquid", expected);
};
