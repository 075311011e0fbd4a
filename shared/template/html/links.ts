import { withoutPunctuation } from "../links/address.ts";
import { hasScheme, isForbidden } from "../links/schemes.ts";
import { escapeHtml, unescapeAttribute } from "./escape.ts";
import { type Attribute, scanHtml } from "./scan.ts";

const WEB = /^https?:\/\//i;

/** `data-untracked` on a link keeps its address as the author wrote it. */
const isUntracked = (attributes: readonly Attribute[]): boolean =>
  attributes.some(({ name }) => name === "data-untracked");

/** Attributes besides a link's `href` from which code could run. A picture may well be `data:`. */
const RUNS = /^(?:action|formaction|src|href|xlink:href|background|poster|data)$/;
const isPicture = (address: string): boolean => /^\s*data:image\//i.test(address);

/** What of the element is a link: its first `href`, which is the one that browsers take. */
const hrefOf = (name: string, attributes: readonly Attribute[]): Attribute | undefined =>
  name === "a" || name === "area" ? attributes.find((attribute) => attribute.name === "href") : undefined;

/**
 * Every `href` of `a` and `area`: web addresses go through `rewrite`, those of other schemes than the given ones become
 * `#`. Addresses that run code become `#` wherever they stand.
 * @param schemes in lower case, without the colon; web pages need not be among them
 */
export function rewriteHtmlLinks(
  html: string,
  rewrite: (url: string) => string,
  schemes?: readonly string[],
): string {
  const parts: string[] = [];
  let copied = 0;
  const put = ({ from, to, quote }: Attribute, address: string): void => {
    const value = escapeHtml(address);
    parts.push(html.slice(copied, from), quote === "" ? `"${value}"` : value);
    copied = to;
  };
  for (const token of scanHtml(html)) {
    if (token.kind !== "open") continue;
    const { name, attributes } = token;
    const href = hrefOf(name, attributes);
    for (const attribute of attributes) {
      if (!RUNS.test(attribute.name)) continue;
      const url = unescapeAttribute(attribute.value).trim();
      if (attribute === href)
        put(attribute, targetOf(url, isUntracked(attributes) ? null : rewrite, schemes));
      else if (isForbidden(url) && !isPicture(url)) put(attribute, "#");
    }
  }
  return parts.join("") + html.slice(copied);
}

const targetOf = (
  url: string,
  rewrite: ((url: string) => string) | null,
  schemes: readonly string[] | undefined,
): string => {
  if (WEB.test(url)) return rewrite === null ? url : rewrite(url);
  return hasScheme(url, schemes) ? url : "#";
};

/** Web addresses standing in plain text. */
export const rewriteTextLinks = (text: string, rewrite: (url: string) => string): string =>
  text.replace(/https?:\/\/[^\s<>"']{1,2000}/gi, (found) => {
    const url = withoutPunctuation(found);
    return rewrite(url) + found.slice(url.length);
  });

/** Inserts a fragment just before the body ends, or at the end of a fragment that has no body. */
export function appendToBody(html: string, fragment: string): string {
  const end = scanHtml(html).findLast((token) => token.kind === "close" && token.name === "body");
  return end === undefined ? html + fragment : html.slice(0, end.from) + fragment + html.slice(end.from);
}

/** Inserts a fragment as the first thing of the body. */
export function prependToBody(html: string, fragment: string): string {
  const start = scanHtml(html).find((token) => token.kind === "open" && token.name === "body");
  return start === undefined ? fragment + html : html.slice(0, start.to) + fragment + html.slice(start.to);
}
