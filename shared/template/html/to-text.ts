import { addresseeOf } from "../links/schemes.ts";
import { OpenElements, type Tag } from "./elements.ts";
import { unescapeAttribute, unescapeHtml } from "./escape.ts";
import { type HidingClasses, hidingClasses, IN_SIGHT, type Sight, sightWithin } from "./hidden.ts";
import { Lines } from "./lines.ts";
import { scanHtml } from "./scan.ts";

const PARAGRAPHS = new Set("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr figure fieldset".split(" "));
const BLOCKS = new Set(
  "div tr li section article aside header footer main nav address center dd dt caption figcaption legend form".split(
    " ",
  ),
);

/** What to know of the text inside an element. */
type Facts = Sight & {
  readonly isPreformatted: boolean;
  /** The list that its items belong to. */
  readonly list: { readonly depth: number; next: number | null } | null;
};

const OUTSIDE: Facts = { ...IN_SIGHT, isPreformatted: false, list: null };

const attributeOf = (tag: Tag, name: string): string | undefined => {
  const found = tag.attributes.find((attribute) => attribute.name === name);
  return found === undefined ? undefined : unescapeAttribute(found.value);
};

/**
 * The text part of a mail that was written as HTML only: paragraphs, lists, the words of images, and links with their
 * address in parentheses. What readers of the HTML do not see is left out. Layout tables become lines.
 */
export function htmlToText(html: string): string {
  const tokens = scanHtml(html);
  const classes = hidingClasses(html, tokens);
  const writing: Writing = { lines: new Lines(), open: new OpenElements(OUTSIDE), links: [] };
  const { lines, open } = writing;
  for (const token of tokens) {
    if (token.kind === "comment") continue;
    if (token.kind === "text") {
      const { isHidden, isInkless, isPreformatted } = open.facts;
      if (isHidden || isInkless) continue;
      const words = unescapeHtml(html.slice(token.from, token.to));
      if (isPreformatted) lines.writeLines(words);
      else lines.write(words);
    } else if (token.kind === "open") openTag(writing, token, classes);
    else closeTag(writing, token);
  }
  return lines.toString();
}

type Writing = {
  readonly lines: Lines;
  readonly open: OpenElements<Facts>;
  readonly links: { readonly href: string; readonly from: number }[];
};

/** Items of a list stand together, whatever they hold. */
const breakAt = (lines: Lines, name: string, list: Facts["list"]): void => {
  const isWithinList = list !== null && (list.depth > 1 || (name !== "ul" && name !== "ol"));
  if (PARAGRAPHS.has(name)) lines.break(isWithinList ? 1 : 2);
  if (BLOCKS.has(name) || name === "br") lines.break(1);
  if (name === "td" || name === "th") lines.write(" ");
};

const openTag = ({ lines, open, links }: Writing, tag: Tag, classes: HidingClasses): void => {
  const { name } = tag;
  open.enter(tag, (around) => factsWithin(around, tag, classes));
  const { isHidden, list } = open.facts;
  if (isHidden) return;
  breakAt(lines, name, list);
  if (name === "li") lines.mark(markOf(list), list?.depth ?? 1);
  if (name === "img" && !sightWithin(IN_SIGHT, tag, classes).isHidden)
    lines.write(attributeOf(tag, "alt") ?? "");
  if (name === "a") links.push({ href: attributeOf(tag, "href") ?? "", from: lines.end });
};

const closeTag = ({ lines, open, links }: Writing, { name }: Tag): void => {
  const { isHidden, list } = open.facts;
  open.leave(name);
  if (isHidden) return;
  breakAt(lines, name, list);
  if (name === "a") closeLink(lines, links.pop());
};

const factsWithin = (around: Facts, tag: Tag, classes: HidingClasses): Facts => ({
  ...sightWithin(around, tag, classes),
  isPreformatted: around.isPreformatted || tag.name === "pre",
  list: listWithin(around.list, tag),
});

const listWithin = (around: Facts["list"], tag: Tag): Facts["list"] => {
  if (tag.name !== "ul" && tag.name !== "ol") return around;
  const start = Number.parseInt(attributeOf(tag, "start") ?? "1", 10);
  return {
    depth: (around?.depth ?? 0) + 1,
    next: tag.name === "ul" ? null : Number.isNaN(start) ? 1 : start,
  };
};

/** `- ` before an item, or its number where they are counted. */
const markOf = (list: Facts["list"]): string => {
  if (list === null || list.next === null) return "-";
  const mark = `${list.next}.`;
  list.next += 1;
  return mark;
};

const closeLink = (lines: Lines, link: Writing["links"][number] | undefined): void => {
  const href = link?.href.trim() ?? "";
  if (link === undefined || href === "" || href.startsWith("#")) return;
  const label = lines.since(link.from);
  const address = addresseeOf(href) ?? href;
  if (label === address || address === "") return;
  lines.write(label === "" ? ` ${address}` : ` (${address})`);
};
