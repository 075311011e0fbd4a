import { unescapeHtml } from "./escape.ts";
import { type HtmlToken, scanHtml } from "./scan.ts";

const PARAGRAPHS = new Set([
  "p",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "ul",
  "ol",
  "table",
  "blockquote",
  "pre",
]);
const BLOCKS = new Set([
  "div",
  "tr",
  "li",
  "section",
  "article",
  "header",
  "footer",
  "main",
  "address",
  "dd",
  "dt",
]);
const SKIPPED = new Set(["head", "style", "script", "title", "template"]);

type Tag = Extract<HtmlToken, { kind: "open" | "close" }>;

/** Text that grows by words and breaks; runs of white space and of breaks collapse on the way. */
class Lines {
  private text = "";
  private breaks = 0;
  private space = false;

  break(count: number): void {
    this.breaks = Math.max(this.breaks, count);
  }

  write(words: string): void {
    if (/^\s/.test(words)) this.space = true;
    const clean = words.trim().replace(/[^\S\u00a0]+/g, " ");
    if (clean === "") return;
    if (this.text !== "" && this.breaks > 0) this.text += "\n".repeat(this.breaks);
    else if (this.text !== "" && this.space) this.text += " ";
    this.text += clean;
    this.breaks = 0;
    this.space = /\s$/.test(words);
  }

  get end(): number {
    return this.text.length;
  }

  since(position: number): string {
    return this.text.slice(position).trim();
  }

  toString(): string {
    return this.text.replaceAll("\u00a0", " ").trim();
  }
}

const attributeOf = (tag: Tag, name: string): string =>
  unescapeHtml(tag.attributes.find((attribute) => attribute.name === name)?.value ?? "");

/**
 * The text part of a mail that was written as HTML only: paragraphs, lists, and links with their address in
 * parentheses. Layout tables become lines.
 */
export function htmlToText(html: string): string {
  const lines = new Lines();
  const links: { href: string; from: number }[] = [];
  let skipped: string | null = null;
  for (const token of scanHtml(html)) {
    if (token.kind === "comment") continue;
    if (skipped !== null) {
      if (token.kind === "close" && token.name === skipped) skipped = null;
      continue;
    }
    if (token.kind === "text") lines.write(unescapeHtml(html.slice(token.from, token.to)));
    else if (token.kind === "open" && SKIPPED.has(token.name)) skipped = token.name;
    else writeTag(lines, links, token);
  }
  return lines.toString();
}

const writeTag = (lines: Lines, links: { href: string; from: number }[], tag: Tag): void => {
  if (PARAGRAPHS.has(tag.name)) lines.break(2);
  if (BLOCKS.has(tag.name) || tag.name === "br") lines.break(1);
  if (tag.name === "td" || tag.name === "th") lines.write(" ");
  if (tag.kind === "close") {
    if (tag.name === "a") closeLink(lines, links);
    return;
  }
  if (tag.name === "li") lines.write("- ");
  if (tag.name === "img") lines.write(attributeOf(tag, "alt"));
  if (tag.name === "a") links.push({ href: attributeOf(tag, "href"), from: lines.end });
};

const closeLink = (lines: Lines, links: { href: string; from: number }[]): void => {
  const link = links.pop();
  if (link === undefined || link.href === "" || link.href.startsWith("#")) return;
  const label = lines.since(link.from);
  const address = link.href.replace(/^(?:mailto|tel):/i, "");
  if (label === address) return;
  lines.write(label === "" ? ` ${address}` : ` (${address})`);
};
