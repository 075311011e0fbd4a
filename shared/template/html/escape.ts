import { decodeHTML, decodeHTMLAttribute } from "entities/lib/decode.js";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** Safe in text and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** Character references in text as the characters they stand for: every name of HTML, numbers, with or without semicolon as browsers do. */
export const unescapeHtml = (html: string): string => (html.includes("&") ? decodeHTML(html) : html);

/** The same in an attribute, where `?a=1&copy=2` is an address and no sign of copyright (WHATWG HTML, 13.2.5.73). */
export const unescapeAttribute = (html: string): string =>
  html.includes("&") ? decodeHTMLAttribute(html) : html;
