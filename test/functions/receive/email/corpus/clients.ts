import { LANGUAGES, type Language } from "./languages.ts";

/** A reply as one program writes it, and what of it the customer wrote. */
export type Reply = {
  readonly name: string;
  readonly body: { readonly text: string } | { readonly html: string };
  readonly wrote: string;
};
type Client = {
  readonly text: (answer: string, language: Language) => string;
  readonly html: (answer: string, language: Language) => string;
};

/** The mail that is answered: some of it looks like what ends a mail. */
const CART = [
  "Hello Kim,",
  "",
  "your cart is waiting: a kettle for 24.00.",
  "On Friday it is gone.",
  "",
  "-- ",
  "Corner Shop, 1 Market Square",
  "Unsubscribe: https://corner.example/u/abc",
];
const CART_HTML =
  '<div><p>Hello Kim,</p><p>your cart is waiting: a kettle for 24.00.</p><p>On Friday it is gone.</p><p>Corner Shop, 1 Market Square<br><a href="https://corner.example/u/abc">Unsubscribe</a></p></div>';

const marked = (lines: readonly string[]): string =>
  lines.map((line) => (line === "" ? ">" : `> ${line}`)).join("\n");

/** Lines of a mail of text are at most this long: programs break what is longer at a blank. */
const wrapped = (text: string): string =>
  text
    .split(" ")
    .reduce<string[]>((lines, word) => {
      const last = lines.at(-1);
      if (last !== undefined && `${last} ${word}`.length <= 68) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
      return lines;
    }, [])
    .join("\n");

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const paragraphs = (answer: string, tag: string): string =>
  answer
    .split("\n")
    .map((line) => `<${tag}>${line === "" ? "<br>" : escaped(line)}</${tag}>`)
    .join("");

const headerLines = ({ headers, when }: Language, from = "Corner Shop <hello@corner.example>") => [
  `${headers.from}: ${from}`,
  `${headers.date}: ${when}`,
  `${headers.to}: Kim Doe <kim@example.com>`,
  `${headers.subject}: Your cart`,
];
const headerHtml = (language: Language): string =>
  headerLines(language)
    .map((line) => {
      const [name = "", ...rest] = line.split(": ");
      return `<b>${name}:</b> ${escaped(rest.join(": "))}<br>`;
    })
    .join("");

const apple: Client = {
  text: (answer, { apple: line }) =>
    `${answer}\n\n> ${wrapped(line).replaceAll("\n", "\n> ")}\n> \n${marked(CART)}\n`,
  html: (answer, { apple: line }) =>
    `<html><body style="word-wrap: break-word;">${paragraphs(answer, "div")}<div><br><blockquote type="cite"><div>${escaped(line)}</div><br class="Apple-interchange-newline"><div>${CART_HTML}</div></blockquote></div><br></body></html>`,
};

export const CLIENTS: Readonly<Record<string, Client>> = {
  gmail: {
    text: (answer, { gmail }) => `${answer}\n\n${wrapped(gmail)}\n\n${marked(CART)}\n`,
    html: (answer, { gmail }) =>
      `<div dir="ltr">${paragraphs(answer, "div")}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(gmail)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${CART_HTML}</blockquote></div>`,
  },
  "apple-mail": apple,
  "iphone-mail": {
    text: (answer, language) => apple.text(`${answer}\n\n${language.phone}`, language),
    html: (answer, language) => apple.html(`${answer}\n\n${language.phone}`, language),
  },
  outlook: {
    text: (answer, language) =>
      `${answer}\r\n\r\n-----${language.original}-----\r\n${headerLines(language).join("\r\n")}\r\n\r\n${CART.join("\r\n")}\r\n`,
    html: (answer, language) =>
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}</style></head><body lang="${language.code}"><div class="WordSection1">${answer
        .split("\n")
        .map(
          (line) =>
            `<p class="MsoNormal">${line === "" ? "<o:p>&nbsp;</o:p>" : `${escaped(line)}<o:p></o:p>`}</p>`,
        )
        .join(
          "",
        )}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${headerHtml(language)}</p></div>${CART_HTML}</div></body></html>`,
  },
  "outlook-web": {
    text: (answer, language) =>
      `${answer}\n________________________________\n${headerLines(language).join("\n")}\n\n${CART.join("\n")}\n`,
    html: (answer, language) =>
      `<html><body dir="ltr">${paragraphs(answer, "div")}<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">${headerHtml(language)}</font><div>&nbsp;</div></div>${CART_HTML}</body></html>`,
  },
  "outlook-mobile": {
    text: (answer, language) =>
      `${answer}\n\n${language.outlookPhone}<https://aka.ms/o0ukef>\n________________________________\n${headerLines(language).join("\n")}\n\n${CART.join("\n")}\n`,
    html: (answer, language) =>
      `<html><body>${paragraphs(answer, "div")}<div id="ms-outlook-mobile-signature"><div><br></div>${escaped(language.outlookPhone)}</div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message"><hr><div id="divRplyFwdMsg">${headerHtml(language)}</div>${CART_HTML}</div></body></html>`,
  },
  yahoo: {
    text: (answer, { yahoo }) =>
      `${answer}\n\n    ${yahoo}  \n \n ${CART.map((line) => `  ${line}`).join("\n")}\n`,
    html: (answer, { yahoo }) =>
      `<html><body><div class="ydp1yahoo-style-wrap">${paragraphs(answer, "div")}</div><div id="ydp2yahoo_quoted_1" class="ydp2yahoo_quoted"><div><div>${escaped(yahoo)}</div><div><br></div><div>${CART_HTML}</div></div></div></body></html>`,
  },
  thunderbird: {
    text: (answer, { thunderbird }) =>
      `${thunderbird}\n${marked(CART)}\n\n${answer}\n\n-- \nKim Doe\nPhone 555\n`,
    html: (answer, { thunderbird }) =>
      `<html><body>${paragraphs(answer, "p")}<div class="moz-cite-prefix">${escaped(thunderbird)}<br></div><blockquote type="cite" cite="mid:1@corner.example">${CART_HTML}</blockquote><div class="moz-signature">-- <br>Kim Doe</div></body></html>`,
  },
  proton: {
    text: (answer, { proton }) =>
      `${answer}\n\n\nSent with Proton Mail secure email.\n\n${proton}\n\n\n${marked(CART)}\n`,
    html: (answer, { proton }) =>
      `<div style="font-family: Arial;">${paragraphs(answer, "div")}</div><div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with <a href="https://proton.me/">Proton Mail</a> secure email.</div></div><div class="protonmail_quote">${escaped(proton)}<br><br><blockquote class="protonmail_quote" type="cite">${CART_HTML}</blockquote><br></div>`,
  },
  gmx: {
    text: (answer, language) => {
      const [from, date, ...rest] = headerLines(language, '"Corner Shop" <hello@corner.example>');
      return `${answer}\n\n\n${[date, from, ...rest].join("\n")}\n${CART.join("\n")}\n`;
    },
    html: (answer, language) => {
      const [from = "", date = "", ...rest] = headerLines(language);
      return `<html><body>${paragraphs(answer, "div")}<div>&nbsp;<div style="margin: 10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;"><div>${[date, from, ...rest].map((line) => `<b>${escaped(line)}</b><br>`).join("")}</div>${CART_HTML}</div></div></body></html>`;
    },
  },
  samsung: {
    text: (answer, language) =>
      `${answer}\n\n-------- ${language.original} --------\n${headerLines(language).join("\n")}\n\n${CART.join("\n")}\n`,
    html: (answer, language) =>
      `<html><body><div>${answer.split("\n").map(escaped).join("<br>")}</div><div><br></div><div style="font-size:100%;color:#000000"><div>-------- ${language.original} --------</div>${headerLines(
        language,
      )
        .map((line) => `<div>${escaped(line)}</div>`)
        .join("")}<div><br></div></div>${CART_HTML}</body></html>`,
  },
};

/** Every answer of every language, as text and as HTML. */
export const repliesOf = (client: string): readonly Reply[] => {
  const program = CLIENTS[client];
  if (program === undefined) return [];
  return LANGUAGES.flatMap((language) =>
    language.answers.flatMap((wrote, index) => [
      { name: `${language.code} ${index} text`, wrote, body: { text: program.text(wrote, language) } },
      { name: `${language.code} ${index} html`, wrote, body: { html: program.html(wrote, language) } },
    ]),
  );
};
