import { Liquid, type Template } from "liquidjs";
import { CUSTOMER_FIELDS, PROVIDERS, TEMPLATE_ROOTS } from "../known.ts";
import { expectedOneOf } from "../read/suggest.ts";
import type { Draft, LiquidText, Report, TemplateFile } from "../sources.ts";
import type { PlaybookDocument } from "../types.ts";

/** Every treatment has its template, every template its parts; Liquid parses, and names what there is. */
export const checkTemplates = ({ sources, document }: Draft, report: Report): void => {
  const used = new Set<string>();
  for (const [index, action] of document.actions.entries()) {
    const file = sources.actions[index]?.file;
    action.treatments.forEach(({ template, channel }, position) => {
      if (template === undefined) return;
      used.add(`${template}/${channel}`);
      if (document.templates[`${template}/${channel}`] || !file) return;
      const place = file.at(["treatments", position]);
      report(
        "error",
        place,
        "missing-template",
        `There is no template "${template}" for ${channel}`,
        expectedFile(template, channel, document),
      );
    });
  }
  for (const file of sources.templates) {
    const place = { file: file.path, line: 1, column: 1 };
    if (!used.has(`${file.template}/${file.channel}`)) {
      report(
        "warning",
        place,
        "unused-template",
        `No treatment uses this template`,
        `a treatment with channel: ${file.channel} and template: ${file.template}`,
      );
    }
    checkParts(file, document, report);
    for (const text of file.texts) checkLiquid(text, document, report);
  }
};

const EXTENSIONS: Readonly<Record<string, string>> = { email: "mjml", sms: "txt", push: "yaml" };

const expectedFile = (template: string, channel: string, document: PlaybookDocument): string => {
  const file = `templates/${template}/${channel}.${EXTENSIONS[channel] ?? "yaml"}`;
  const others = Object.keys(document.templates)
    .filter((key) => key.endsWith(`/${channel}`))
    .map((key) => key.slice(0, -channel.length - 1));
  return others.length === 0 ? file : `${file}; ${expectedOneOf(template, others)}`;
};

/** What each channel cannot do without, in every locale. */
const PARTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  email: [["subject"], ["html", "text"]],
  sms: [["text"]],
  push: [["title"], ["body"]],
};

const checkParts = (file: TemplateFile, document: PlaybookDocument, report: Report): void => {
  const locale = file.locale ?? document.brand.locale;
  const content = document.templates[`${file.template}/${file.channel}`]?.[locale] ?? {};
  for (const oneOf of PARTS[file.channel] ?? []) {
    if (oneOf.some((part) => content[part] !== undefined && content[part] !== "")) continue;
    const place = { file: file.path, line: 1, column: 1 };
    const expected = oneOf[0] === "subject" ? "front matter: ---, subject: ..., ---" : oneOf.join(" or ");
    report("error", place, "missing-part", `This ${file.channel} has no ${oneOf[0]}`, expected);
  }
  if (PROVIDERS[file.channel] === undefined) return;
};

/** The same engine settings as rendering, so that what parses here parses there. */
const engine = new Liquid({ strictFilters: true, ownPropertyOnly: true });

const checkLiquid = (text: LiquidText, document: PlaybookDocument, report: Report): void => {
  const parsed = parseLiquid(text, report);
  if (!parsed) return;
  for (const [root, uses] of Object.entries(engine.analyzeSync(parsed).globals)) {
    for (const { segments, location } of uses) {
      const place = text.at(location.row, location.col);
      if (!TEMPLATE_ROOTS.includes(root)) {
        report(
          "warning",
          place,
          "unknown-variable",
          `"${root}" is always empty`,
          expectedOneOf(root, TEMPLATE_ROOTS),
        );
        continue;
      }
      const field = segments[1];
      if (root !== "customer" || typeof field !== "string") continue;
      const known = customerFields(document);
      if (known.includes(field)) continue;
      report(
        "warning",
        place,
        "unknown-trait",
        `customer.${field} is not declared and always empty`,
        expectedOneOf(field, known),
      );
    }
  }
};

const customerFields = ({ dataModel, segments }: PlaybookDocument): readonly string[] => [
  ...CUSTOMER_FIELDS,
  ...[...dataModel.traits, ...dataModel.computed, ...segments].map(({ name }) => name),
];

const parseLiquid = (text: LiquidText, report: Report): Template[] | null => {
  try {
    return engine.parse(text.source);
  } catch (error) {
    const { row, col } = positionOf(error);
    const message = error instanceof Error ? error.message.replace(/, line:\d+.*$/s, "") : "not Liquid";
    report("error", text.at(row, col), "liquid", `Liquid: ${message}`);
    return null;
  }
};

/** liquidjs hangs the offending token on its errors. */
const positionOf = (error: unknown): { row: number; col: number } => {
  const match = error instanceof Error ? /line:(\d+)(?:, col:(\d+))?/.exec(error.message) : null;
  return { row: Number(match?.[1] ?? 1), col: Number(match?.[2] ?? 1) };
};
