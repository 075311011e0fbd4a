import { scanHtml } from "#template/html/scan.ts";
import { hostOf } from "#template/links/address.ts";
import { covers, hostPattern } from "#template/links/hosts.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { Draft, PlaybookPlace, Report, TemplateFile } from "../read/sources.ts";

/** Attributes that lead somewhere, and the parts of other channels that are one address. */
const LINKS = new Set(["href", "src", "background", "action"]);
const PARTS = ["url", "image", "link", "href"];
/** What such a value is called, where it stands in a text. */
const NAMED_AS_LINK = /\{\{-?\s*(?:event|data|customer|context)\.[\w.]*(?:url|link|href)\b[^}]*\}\}/gi;

/** `{{ event.url`: what stands in it comes with an event, a request or a profile, and not from the playbook. */
const FROM_DATA = /\{\{-?\s*((?:event|data|customer|context)\b[\w.]*)/;

/** Links whose host is data's to say: where no setting speaks of them, they are left out when a message is rendered. */
export const checkTemplateLinks = ({ sources, document }: Draft, report: Report): void => {
  for (const file of sources.templates) {
    const reported = new Set<string>();
    for (const link of linksOf(file)) {
      const finding = openHost(link, document);
      if (finding === null || reported.has(finding.message)) continue;
      reported.add(finding.message);
      report.warning(placeOf(link, file), "open-link", finding.message, finding.expected);
    }
  }
};

const linksOf = ({ content }: TemplateFile): readonly string[] => [
  ...linksOfHtml(content.html),
  ...PARTS.flatMap((part) => (typeof content[part] === "string" ? [content[part]] : [])),
  ...(typeof content.text === "string" ? (content.text.match(NAMED_AS_LINK) ?? []) : []),
];

const linksOfHtml = (html: unknown): readonly string[] => {
  if (typeof html !== "string") return [];
  return scanHtml(html).flatMap((token) =>
    token.kind === "open"
      ? token.attributes.flatMap(({ name, value }) => (LINKS.has(name) ? [value] : []))
      : [],
  );
};

const openHost = (
  link: string,
  { brand }: PlaybookDocument,
): Record<"message" | "expected", string> | null => {
  const spoken = link.replace(/\{%[\s\S]*?%\}/g, "").trim();
  const [, before = "", value = "", after = ""] = /^([^{]*)(\{\{[\s\S]*?\}\})([\s\S]*)$/.exec(spoken) ?? [];
  const name = FROM_DATA.exec(value)?.[1];
  if (name === undefined) return null;
  if (before === "") {
    if (brand.links !== undefined) return null;
    const message = `Where this leads is up to ${name}: left out, unless it is a page of ${hostOf(brand.website)}`;
    return {
      message,
      expected: "brand.links in playbook.yaml: other hosts that data may lead to, or [] for none",
    };
  }
  const below = /^https?:\/\/$/i.test(before) ? /^\.([\w.-]+)/.exec(after)?.[1] : undefined;
  if (below === undefined) return null;
  const named = new Set((brand.links ?? []).flatMap((pattern) => hostPattern(pattern) ?? []));
  if (covers(named, `x.${below}`)) return null;
  const message = `The host of this link is up to ${name}: left out, where brand.links does not name it`;
  return { message, expected: `brand.links in playbook.yaml with "*.${below}"` };
};

/** Where the link stands as it was written. MJML writes anew: what is not found there is somewhere in the file. */
const placeOf = (link: string, { path, texts }: TemplateFile): PlaybookPlace => {
  for (const { source, at } of texts) {
    const found = source.indexOf(link);
    if (found === -1) continue;
    const lines = source.slice(0, found).split("\n");
    return at(lines.length, (lines.at(-1)?.length ?? 0) + 1);
  }
  return { file: path, line: 1, column: 1 };
};
