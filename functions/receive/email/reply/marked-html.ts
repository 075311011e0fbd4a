import { type Attribute, type HtmlToken, scanHtml } from "#template/html/scan.ts";
import { htmlToText } from "#template/html/to-text.ts";

/** A line where the mail that is answered begins. Signs of private use, which no mail program writes. */
export const CUT_HERE = "\ue002";
const QUOTE = "\ue000";
const UNQUOTE = "\ue001";
const MARKS = /[\ue000-\ue002]/g;

/** What is read of a mail's HTML, in characters. */
const MOST_READ = 256 * 1024;

type Opening = Extract<HtmlToken, { readonly attributes: readonly Attribute[] }>;

const attributeOf = (attributes: readonly Attribute[], name: string): string =>
  attributes.find((attribute) => attribute.name === name)?.value.toLowerCase() ?? "";

/** Outlook in its forms, Yahoo: what holds the mail that is answered. Outlook's copies put `x_` before names. */
const HOLDS_MAIL =
  /^(?:x_)*(?:divrplyfwdmsg|appendonsend|mail-editor-reference-message-container|ymail_android_signature_quote)$/;
const HOLDS_QUOTE = /(?:^|\s)(?:x_)*(?:yahoo_quoted|zmail_extra|gmail_extra_quote)(?:\s|$)/;
const LINE_ABOVE = /border:\s?none;\s?border-top:\s?solid #(?:e1e1e1|b5c4df)/;
/** Signatures as programs mark them. */
const HOLDS_SIGNATURE =
  /(?:^|\s)(?:x_)*(?:gmail_signature|moz-signature|ms-outlook-mobile-signature|protonmail_signature_block)(?:\s|$)/;

const isQuote = ({ name, attributes }: Opening): boolean =>
  name === "blockquote" &&
  (attributeOf(attributes, "type") === "cite" ||
    /quote|cite/.test(attributeOf(attributes, "class")) ||
    /border-left/.test(attributeOf(attributes, "style")));

/** What is written in place of a tag, before it. */
const markBefore = (tag: Opening): string => {
  const [id, names, style] = ["id", "class", "style"].map((name) => attributeOf(tag.attributes, name));
  if (HOLDS_MAIL.test(id ?? "") || HOLDS_QUOTE.test(names ?? "") || LINE_ABOVE.test(style ?? ""))
    return `<div>${CUT_HERE}</div>`;
  if (
    HOLDS_SIGNATURE.test(names ?? "") ||
    /^(?:x_)*(?:signature|ms-outlook-mobile-signature)$/.test(id ?? "")
  )
    return "<div>--</div>";
  return "";
};

/** The HTML with marks where what it quotes begins and ends: whatever stood there as one of them is taken away. */
const withMarks = (html: string): string => {
  const clean = html.slice(0, MOST_READ).replace(MARKS, "");
  /** Of quotes that are open: which of them are quotes. */
  const open: boolean[] = [];
  const parts: string[] = [];
  for (const token of scanHtml(clean)) {
    const written = clean.slice(token.from, token.to);
    if (token.kind === "open" && token.name === "blockquote") {
      open.push(isQuote(token));
      parts.push(open.at(-1) === true ? `${written}<div>${QUOTE}</div>` : written);
    } else if (token.kind === "close" && token.name === "blockquote") {
      parts.push(open.pop() === true ? `<div>${UNQUOTE}</div>${written}` : written);
    } else if (token.kind === "open") parts.push(markBefore(token), written);
    else parts.push(written);
  }
  return parts.join("");
};

/**
 * A mail's HTML as text: what it quotes has `>` before its lines, as in a mail of text, and `CUT_HERE` stands on a line of its
 * own where a program says that the mail begins which is answered. Linear in what it reads, which is bounded.
 */
export const markedText = (html: string): string => {
  let depth = 0;
  const lines: string[] = [];
  for (const line of htmlToText(withMarks(html)).split("\n")) {
    const trimmed = line.trim();
    if (trimmed === QUOTE) depth += 1;
    else if (trimmed === UNQUOTE) depth -= 1;
    else lines.push(depth > 0 && trimmed !== CUT_HERE ? `> ${line}` : line);
  }
  return lines.join("\n");
};
