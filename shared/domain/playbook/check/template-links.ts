import { unescapeAttribute } from "#template/html/escape.ts";
import { scanHtml } from "#template/html/scan.ts";
import { hostOf } from "#template/links/address.ts";
import { covers, hostPattern } from "#template/links/hosts.ts";
import { FORBIDDEN_SCHEMES, hasScheme } from "#template/links/schemes.ts";
import type { PlaybookDocument } from "../model/document.ts";
import type { Draft, PlaybookPlace, Report, TemplateFile } from "../read/sources.ts";

/** Attributes that lead somewhere, and the parts of other channels that are one address. */
const LINKS = new Set(["href", "src", "background", "action"]);
const PARTS = ["url", "image", "link", "href"];
/** What such a value is called, where it stands in a text. */
const NAMED_AS_LINK = /\{\{-?\s*(?:event|data|customer|context)\.[\w.]*(?:url|link|href)\b[^}]*\}\}/gi;

/** `{{ event.url`: what stands in it comes with an event, a request or a profile, and not from the playbook. */
const FROM_DATA = /\{\{-?\s*((?:event|data|customer|context)\b[\w.]*)/;

type Found = { readonly message: string; readonly expected: string };

/** Links whose host is data's to say: where no setting speaks of them, they are left out when a message is rendered. And links of mails that become `#`. */
export const checkTemplateLinks = ({ sources, document }: Draft, report: Report): void => {
  for (const file of sources.templates) {
    const reported = new Set<string>();
    const tell = (code: string, link: string, found: Found | null): void => {
      if (found === null || reported.has(found.message)) return;
      reported.add(found.message);
      report.warning(placeOf(link, file), code, found.message, found.expected);
    };
    for (const link of linksOf(file)) tell("open-link", link, openHost(link, document));
    for (const link of hrefsOf(file.content.html)) tell("dead-link", link, deadLink(link, document));
  }
};

const deadLink = (link: string, { brand }: PlaybookDocument): Found | null => {
  const address = unescapeAttribute(link).trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase() ?? "";
  if (["", "http", "https"].includes(scheme) || hasScheme(address, brand.linkSchemes)) return null;
  const message = `A link that begins with ${scheme}: leads nowhere`;
  if (FORBIDDEN_SCHEMES.includes(scheme)) return { message, expected: "a link that runs no code" };
  return { message, expected: `brand.linkSchemes in playbook.yaml with ${scheme}` };
};

const hrefsOf = (html: unknown): readonly string[] => {
  if (typeof html !== "string") return [];
  return scanHtml(html).flatMap((token) =>
    token.kind === "open" && (token.name === "a" || token.name === "area")
      ? token.attributes.flatMap(({ name, value }) => (name === "href" ? [value] : []))
      : [],
  );
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

const openHost = (link: string, { brand }: PlaybookDocument): Found | null => {
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
