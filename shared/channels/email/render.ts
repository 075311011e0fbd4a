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

/** Ids of the customer's programs are their own: what is no id goes nowhere. */
const answering = (inReplyTo: unknown, own: string) =>
  typeof inReplyTo === "string" && /^<[!-;=?-~]+>$/.test(inReplyTo)
    ? { "In-Reply-To": inReplyTo, References: `${inReplyTo} ${own}` }
    : { References: own };

/**
 * `References` carries our id, so that a reply brings it back: providers replace Message-ID.
 * `List-Unsubscribe(-Post)`: RFC 2369 and RFC 8058, on everything that is not transactional.
 */
const headersOf = (
  { messageId, isTransactional, isAutomaticAnswer, links, content }: RenderInput,
  from: string,
) => ({
  ...answering(content.inReplyTo, `<${messageId}@${domainOf(from)}>`),
  // RFC 3834, 5; and what Exchange reads in its place.
  ...(isAutomaticAnswer === true
    ? { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" }
    : {}),
  ...(isTransactional
    ? {}
    : {
        "List-Unsubscribe": `<${links.unsubscribe}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      }),
});

/** Answers come here, with a token that says what they answer; else to where the playbook wants them. */
const replyToOf = (
  { sender, links: { replyToken } }: RenderInput,
  domains: readonly string[],
): string | undefined => {
  const wanted = sender?.replyTo;
  const plain = /<([^<>]+)>$/.exec(wanted ?? "")?.[1] ?? wanted;
  if (replyToken === undefined || domains.length === 0) return wanted;
  const own = plain === undefined ? "" : domainOf(plain).toLowerCase();
  const comesHere = plain !== undefined && (domains.includes("*") || domains.includes(own));
  const [first] = domains.filter((domain) => domain !== "*");
  const mailbox = comesHere ? plain : first === undefined ? undefined : `reply@${first}`;
  return (mailbox === undefined ? null : withToken(mailbox, replyToken)) ?? wanted;
};

/** An address's local part is no longer (RFC 5321, 4.5.3.1.1). */
const MOST_LOCAL_PART = 64;
const withToken = (mailbox: string, token: string): string | null => {
  const at = mailbox.lastIndexOf("@");
  const local = `${mailbox.slice(0, at).replace(/\+.*$/, "")}+${token}`;
  return at < 1 || local.length > MOST_LOCAL_PART ? null : `${local}${mailbox.slice(at)}`;
};

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

/**
 * A mail with both bodies, counted links, a pixel that counts openings, and a way out of what is not transactional.
 * @param domains whose mail comes here: answers go there with a token; none: to where the playbook says
 */
export const renderAnswerable =
  (domains: readonly string[]): Render<EmailMessage> =>
  (input) => {
    const { texts, links, sender } = input;
    const [to = ""] = input.addresses;
    const subject = headerText("subject", texts.require("subject", "text"));
    const { html, text } = bodyOf(input);
    const from = sender?.from ?? "";
    const replyTo = replyToOf(input, domains);
    const message: EmailMessage = {
      from: headerText("brand.email.from", from),
      to: checkRecipient(to),
      ...(replyTo === undefined ? {} : { replyTo: headerText("brand.email.replyTo", replyTo) }),
      subject,
      text,
      html: decorate(html, texts.render("preheader", "text").trim(), links.open),
      headers: Object.fromEntries(
        Object.entries(headersOf(input, from)).map(([name, value]) => [name, headerText(name, value)]),
      ),
    };
    return { message, addresses: [to], units: 1 };
  };

/** As `renderAnswerable`, where no answer comes to the hub. */
export const render: Render<EmailMessage> = renderAnswerable([]);
