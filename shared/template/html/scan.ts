/** Positions are offsets into the scanned text; ends are exclusive. */
export type Attribute = {
  /** Lower case. */
  readonly name: string;
  /** As written, character references and all. */
  readonly value: string;
  /** Where its name begins. */
  readonly start: number;
  /** Where its value stands, quotes left out. */
  readonly from: number;
  readonly to: number;
  readonly quote: '"' | "'" | "";
};
export type HtmlToken =
  | { readonly kind: "text"; readonly from: number; readonly to: number }
  | { readonly kind: "comment"; readonly from: number; readonly to: number }
  | {
      readonly kind: "open" | "close";
      readonly name: string;
      readonly attributes: readonly Attribute[];
      readonly from: number;
      readonly to: number;
    };

const RAW_TEXT = new Set(["script", "style", "title", "textarea"]);
const isSpace = (character: string | undefined): boolean =>
  character === " " || character === "\n" || character === "\t" || character === "\r" || character === "\f";
const isEndOfName = (character: string | undefined): boolean =>
  character === undefined || character === ">" || character === "/" || isSpace(character);
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z]/.test(character);

/**
 * Splits HTML into text, comments and tags, in one pass and linear time, as a browser's tokenizer would for what stands
 * in mails (WHATWG HTML, 13.2.5). Anything odd is text; nothing throws. Conditional comments stay comments.
 */
export function scanHtml(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let at = 0;
  let textFrom = 0;
  const push = (token: HtmlToken): void => {
    if (token.from > textFrom) tokens.push({ kind: "text", from: textFrom, to: token.from });
    tokens.push(token);
    at = token.to;
    textFrom = token.to;
  };
  while (at < html.length) {
    const from = html.indexOf("<", at);
    if (from === -1) break;
    const token = readMarkup(html, from);
    if (token === null) {
      at = from + 1;
      continue;
    }
    push(token);
    if (token.kind === "open" && RAW_TEXT.has(token.name)) at = endOfRawText(html, token.name, token.to);
  }
  if (textFrom < html.length) tokens.push({ kind: "text", from: textFrom, to: html.length });
  return tokens;
}

const readMarkup = (html: string, from: number): HtmlToken | null => {
  if (html.startsWith("<!--", from)) {
    return { kind: "comment", from, to: endOfComment(html, from) };
  }
  const second = html[from + 1];
  if (second === "!" || second === "?") {
    const end = html.indexOf(">", from);
    return { kind: "comment", from, to: end === -1 ? html.length : end + 1 };
  }
  const closing = second === "/";
  const nameFrom = from + (closing ? 2 : 1);
  return isLetter(html[nameFrom]) ? readTag(html, from, nameFrom, closing) : null;
};

const COMMENT_END = /--!?>/g;

/** `<!-->` and `<!--->` are whole comments, and `--!>` ends one too. */
const endOfComment = (html: string, from: number): number => {
  const short = /^<!---?>/.exec(html.slice(from, from + 6));
  if (short !== null) return from + short[0].length;
  COMMENT_END.lastIndex = from + 4;
  return COMMENT_END.test(html) ? COMMENT_END.lastIndex : html.length;
};

const readTag = (html: string, from: number, nameFrom: number, closing: boolean): HtmlToken => {
  let at = nameFrom;
  while (at < html.length && !isSpace(html[at]) && html[at] !== ">" && html[at] !== "/") at += 1;
  const name = html.slice(nameFrom, at).toLowerCase();
  const attributes: Attribute[] = [];
  while (at < html.length && html[at] !== ">") {
    if (isSpace(html[at]) || html[at] === "/") {
      at += 1;
      continue;
    }
    const attribute = readAttribute(html, at);
    attributes.push(attribute.attribute);
    at = attribute.end;
  }
  return { kind: closing ? "close" : "open", name, attributes, from, to: Math.min(at + 1, html.length) };
};

const readAttribute = (html: string, start: number): { attribute: Attribute; end: number } => {
  let at = start + 1;
  while (at < html.length && !isSpace(html[at]) && html[at] !== "=" && html[at] !== ">" && html[at] !== "/")
    at += 1;
  const name = html.slice(start, at).toLowerCase();
  let next = at;
  while (isSpace(html[next])) next += 1;
  if (html[next] !== "=")
    return { attribute: { name, value: "", start, from: at, to: at, quote: "" }, end: at };
  next += 1;
  while (isSpace(html[next])) next += 1;
  const quote = html[next];
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, next + 1);
    const to = close === -1 ? html.length : close;
    return {
      attribute: { name, value: html.slice(next + 1, to), start, from: next + 1, to, quote },
      end: to + 1,
    };
  }
  let to = next;
  while (to < html.length && !isSpace(html[to]) && html[to] !== ">") to += 1;
  return { attribute: { name, value: html.slice(next, to), start, from: next, to, quote: "" }, end: to };
};

/** Scripts, styles and titles hold no tags: their text ends at their own closing tag. */
const endOfRawText = (html: string, name: string, from: number): number => {
  let at = html.indexOf("</", from);
  while (at !== -1) {
    const end = at + 2 + name.length;
    if (html.slice(at + 2, end).toLowerCase() === name && isEndOfName(html[end])) return at;
    at = html.indexOf("</", at + 2);
  }
  return html.length;
};
