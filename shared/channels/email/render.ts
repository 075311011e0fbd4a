import { RapportError } from "#kernel/errors.ts";
import { escapeHtml } from "#template/html/escape.ts";
import { appendToBody, prependToBody, rewriteHtmlLinks, rewriteTextLinks } from "#template/html/links.ts";
import { htmlToText } from "#template/html/to-text.ts";
import { wordsFor } from "#template/words/words.ts";
import type { MessageLinks, Render, RenderInput } from "../definition/rendering.ts";
import { headerText } from "./header.ts";
import type { EmailMessage } from "./message.ts";

type Parts = { readonly html: string; readonly text: string };

/** Letters and digits only: an address is found whatever line breaks and commas a template set it with. */
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/**
 * Marketing mail names the sender's postal address and a way out (CAN-SPAM, 15 U.S.C. 7704(a)(5)); what the template
 * forgot is added below it.
 */
const withFooter = (parts: Parts, { postalAddress, links, locale, ownWords }: RenderInput): Parts => {
  const shown = parts.html === "" ? parts.text : htmlToText(parts.html);
  const address = letters(shown).includes(letters(postalAddress)) ? "" : postalAddress;
  const all = parts.html + parts.text;
  const hasWayOut = all.includes(links.unsubscribe) || all.includes(links.preferences);
  if (address === "" && hasWayOut) return parts;

  const { words } = wordsFor([locale], ownWords);
  const ways = hasWayOut
    ? []
    : [
        { label: words.unsubscribe, url: links.unsubscribe },
        { label: words.preferencesLink, url: links.preferences },
      ];
  const anchors = ways.map(({ label, url }) => `<a href="${url}">${escapeHtml(label)}</a>`).join(" · ");
  const lines = [escapeHtml(address).replace(/\n/g, "<br>"), anchors].filter((line) => line !== "");
  const fragment = `<p style="font-size:12px;color:#555;text-align:center">${lines.join("<br>")}</p>`;
  const plain = [address, ...ways.map(({ label, url }) => `${label}: ${url}`)].filter((line) => line !== "");
  return {
    html: parts.html === "" ? "" : appendToBody(parts.html, fragment),
    text: `${parts.text}\n\n${plain.join("\n")}`,
  };
};

const HIDDEN = "display:none;max-height:0;overflow:hidden;mso-hide:all";

const decorate = (html: string, preheader: string, openUrl: string): string => {
  if (html === "") return "";
  const teased =
    preheader === "" ? html : prependToBody(html, `<div style="${HIDDEN}">${escapeHtml(preheader)}</div>`);
  return appendToBody(teased, `<img src="${openUrl}" width="1" height="1" alt="" style="display:block">`);
};

/** Our own pages are not counted as clicks. */
const counted = (links: MessageLinks) => (url: string) =>
  [links.unsubscribe, links.preferences, links.confirm].includes(url) ? url : links.click(url);

const checkRecipient = (to: string): string => {
  const line = headerText("recipient", to);
  if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(line)) {
    throw new RapportError("template_failed", "recipient: is not one e-mail address");
  }
  return line;
};

const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? "localhost";

/**
 * `References` carries our id, so that a reply brings it back: providers replace Message-ID.
 * `List-Unsubscribe(-Post)`: RFC 2369 and RFC 8058, on everything that is not transactional.
 */
const headersOf = ({ messageId, isTransactional, links }: RenderInput, from: string) => ({
  References: `<${messageId}@${domainOf(from)}>`,
  ...(isTransactional
    ? {}
    : {
        "List-Unsubscribe": `<${links.unsubscribe}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      }),
});

const bodyOf = (input: RenderInput): Parts => {
  const { texts, links, linkSchemes, isTransactional, postalAddress } = input;
  const html = rewriteHtmlLinks(texts.render("html", "html"), counted(links), linkSchemes);
  const written = rewriteTextLinks(texts.render("text", "text"), counted(links));
  const text = written.trim() === "" ? htmlToText(html) : written;
  if (text.trim() === "" && html.trim() === "") {
    throw new RapportError("template_failed", "html, text: one of them must say something");
  }
  if (isTransactional) return { html, text };
  if (postalAddress.trim() === "") {
    throw new RapportError("template_failed", "brand.postalAddress: marketing mail must name it");
  }
  return withFooter({ html, text }, input);
};

/** A mail with both bodies, counted links, a pixel that counts openings, and a way out of what is not transactional. */
export const render: Render<EmailMessage> = (input) => {
  const { texts, links, sender } = input;
  const [to = ""] = input.addresses;
  const subject = headerText("subject", texts.require("subject", "text"));
  const { html, text } = bodyOf(input);
  const from = sender?.from ?? "";
  const message: EmailMessage = {
    from: headerText("brand.email.from", from),
    to: checkRecipient(to),
    ...(sender?.replyTo === undefined ? {} : { replyTo: headerText("brand.email.replyTo", sender.replyTo) }),
    subject,
    text,
    html: decorate(html, texts.render("preheader", "text").trim(), links.open),
    headers: Object.fromEntries(
      Object.entries(headersOf(input, from)).map(([name, value]) => [name, headerText(name, value)]),
    ),
  };
  return { message, addresses: [to], units: 1 };
};
