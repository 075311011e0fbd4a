import { withoutPunctuation } from "../links/address.ts";
import { escapeHtml, unescapeHtml } from "./escape.ts";
import { type Attribute, scanHtml } from "./scan.ts";

const WEB = /^https?:\/\//i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** What a link in a mail may do besides leading to a page. `javascript:` and `data:` may come in by a trait. */
const HARMLESS = /^(?:mailto|tel|sms|geo|webcal):/i;

/** Browsers drop these from addresses before they read the scheme (WHATWG URL, basic URL parser). */
const withoutControls = (url: string): string => [...url].filter((character) => character > " ").join("");

const targetOf = (href: string, rewrite: (url: string) => string): string => {
  const url = unescapeHtml(href).trim();
  if (WEB.test(url)) return rewrite(url);
  const bare = withoutControls(url);
  if (SCHEME.test(bare) && !HARMLESS.test(bare)) return "#";
  return url;
};

/** `data-untracked` on a link keeps its address as the author wrote it. */
const isUntracked = (attributes: readonly Attribute[]): boolean =>
  attributes.some(({ name }) => name === "data-untracked");

/** Every `href` of `a` and `area`: web addresses go through `rewrite`, addresses that would run code become `#`. */
export function rewriteHtmlLinks(html: string, rewrite: (url: string) => string): string {
  const parts: string[] = [];
  let copied = 0;
  for (const token of scanHtml(html)) {
    if (token.kind !== "open" || (token.name !== "a" && token.name !== "area")) continue;
    const href = token.attributes.find(({ name }) => name === "href");
    if (href === undefined) continue;
    const counted = isUntracked(token.attributes) ? (url: string) => url : rewrite;
    const value = escapeHtml(targetOf(href.value, counted));
    parts.push(html.slice(copied, href.from), href.quote === "" ? `"${value}"` : value);
    copied = href.to;
  }
  return parts.join("") + html.slice(copied);
}

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
