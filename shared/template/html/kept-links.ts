import { type Admits, keepEmbeddedLinks, keepLinksInText, keepStyleLinks } from "../links/guard.ts";
import { escapeHtml, unescapeAttribute, unescapeHtml } from "./escape.ts";
import { type Attribute, type HtmlToken, scanHtml } from "./scan.ts";

/** Attributes whose whole value is one address (WHATWG HTML, "Attributes"; older and Outlook's ones besides). */
const ADDRESSES = new Set([
  "action",
  "background",
  "cite",
  "codebase",
  "data",
  "dynsrc",
  "formaction",
  "href",
  "icon",
  "longdesc",
  "lowsrc",
  "manifest",
  "o:href",
  "poster",
  "profile",
  "src",
  "xlink:href",
]);
/** Attributes that hold words for people: an address in them leads nowhere. */
const WORDS = /^(?:alt|title|summary|label|placeholder|aria-.*)$/;
/** Elements whose text a browser takes for no markup, though another program might. */
const RAW = new Set(["style", "title", "textarea", "script"]);

/** What every address has in it, however it is spelt. Most attributes and texts have none of it. */
const MAY_LEAD = /[\\/&]|https?:|www/i;

type Edit = { readonly from: number; readonly to: number; readonly text: string };

/**
 * HTML without links, pictures and other addresses that may not be led to: the attribute is left out, in styles, lists
 * and text the address alone. The rest stays as it is written. Comments that Outlook reads as markup are read too.
 */
export function keepHtmlLinks(html: string, admits: Admits): string {
  const edits: Edit[] = [];
  let raw: string | null = null;
  for (const token of scanHtml(html)) {
    edits.push(...editsOf(html, token, raw, admits));
    raw = token.kind === "open" && RAW.has(token.name) ? token.name : null;
  }
  const parts: string[] = [];
  let copied = 0;
  for (const { from, to, text } of edits) {
    parts.push(html.slice(copied, from), text);
    copied = to;
  }
  return parts.join("") + html.slice(copied);
}

const editsOf = (html: string, token: HtmlToken, raw: string | null, admits: Admits): readonly Edit[] => {
  if (token.kind === "open" || token.kind === "close") {
    return token.attributes.flatMap((attribute) => attributeEdits(attribute, admits));
  }
  const written = html.slice(token.from, token.to);
  const kept = token.kind === "comment" ? keepInComment(written, admits) : keepInText(written, raw, admits);
  return kept === written ? [] : [{ from: token.from, to: token.to, text: kept }];
};

const attributeEdits = (
  { name, value, quote, start, from, to }: Attribute,
  admits: Admits,
): readonly Edit[] => {
  if (!MAY_LEAD.test(value) || WORDS.test(name)) return [];
  const plain = unescapeAttribute(value);
  if (ADDRESSES.has(name)) return admits(plain) ? [] : [{ from: start, to: to + quote.length, text: "" }];
  const kept = name === "style" ? keepStyleLinks(plain, admits) : keepEmbeddedLinks(plain, admits);
  if (kept === plain) return [];
  const text = escapeHtml(kept);
  return [{ from, to, text: quote === "" ? `"${text}"` : text }];
};

const keepInText = (written: string, raw: string | null, admits: Admits): string => {
  if (!MAY_LEAD.test(written)) return written;
  if (raw === "style") return keepStyleLinks(written, admits);
  if (raw !== null) return keepEmbeddedLinks(written, admits);
  const plain = unescapeHtml(written);
  const kept = keepLinksInText(plain, admits);
  return kept === plain ? written : escapeHtml(kept);
};

/** Conditional comments hold markup, which holds no comment again: one inside could only hide something. */
const keepInComment = (written: string, admits: Admits): string => {
  const inner = /^<!--([\s\S]*?)(-->)?$/.exec(written)?.[1];
  if (inner === undefined || inner.includes("<!--")) return keepWhole(written, admits);
  return `<!--${keepHtmlLinks(inner, admits)}${written.endsWith("-->") ? "-->" : ""}`;
};

/** What programs read in different ways (`<![endif]` without its end) goes as a whole when it may lead astray. */
const keepWhole = (written: string, admits: Admits): string => {
  const plain = unescapeHtml(written);
  return keepLinksInText(keepEmbeddedLinks(plain, admits), admits) === plain ? written : "";
};
