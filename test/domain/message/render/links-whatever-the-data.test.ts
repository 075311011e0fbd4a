import fc from "fast-check";
import { JSDOM, type PageNode, VirtualConsole } from "jsdom";
import { describe, expect, it } from "vitest";
import { render as renderEmail } from "#channels/email/render.ts";
import { render as renderSms } from "#channels/sms/render.ts";
import { unescapeHtml } from "#template/html/escape.ts";
import { hostOf } from "#template/links/address.ts";
import { renderAs } from "../../../support/sending/render.ts";

const email = renderAs("email", renderEmail);
const sms = renderAs("sms", renderSms);

/**
 * Hosts of all addresses in a page, as a browser reads it, and of a page in its comments, as Outlook does. In texts those
 * alone that stand in one piece: what data's own tags take apart is put together by nobody who makes links of texts.
 */
const hostsIn = (html: string): readonly string[] => {
  const source = unescapeHtml(html);
  const found = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)]
      .filter(([address]) => source.includes(address))
      .map(([address]) => hostOf(address.replace(/^www/i, "//www")) ?? "");
  const hostsOf = ({ nodeName, nodeValue, childNodes, attributes = [] }: PageNode): readonly string[] => [
    ...(nodeName === "#comment" ? hostsIn(nodeValue ?? "") : []),
    ...(nodeName === "#text" ? found(nodeValue ?? "", IN_TEXT) : []),
    ...[...attributes].flatMap(({ name, value }) => {
      if (name === "alt" || name === "title") return [];
      const url = URL.parse(value, "https://none.example/");
      return [
        ...(url !== null && /^(?:https?|ftp|wss?|file):$/.test(url.protocol) ? [url.hostname] : []),
        ...(["style", "srcset", "content"].includes(name) ? found(value, /\/\/[^\s"'()?#;,]+/g) : []),
      ];
    }),
    ...[...childNodes].flatMap(hostsOf),
  ];
  const { window } = new JSDOM(html, { virtualConsole: new VirtualConsole() });
  const hosts = hostsOf(window.document);
  window.close();
  return hosts;
};
const IN_TEXT = /(?:https?:\/\/|(?<![\p{L}\p{N}][@-]?)www\.)[^\s"'<>]+/giu;

const PIECES = [
  "https://evil.example",
  "//evil.example",
  "https:evil.example",
  "evil.example",
  "\\",
  "/",
  "//",
  "@",
  ":",
  "https",
  "www.",
  "\t",
  "\n",
  " ",
  '"',
  "'",
  "<",
  ">",
  "<!--",
  "-->",
  "--!>",
  "<![endif]",
  "<a href=",
  "<style>",
  "</style>",
  "</stylex ",
  "<title>",
  "</title>",
  "<svg>",
  "&#47;",
  "&sol;",
  "&#x2f",
  "url(",
  ")",
  ";",
  "\\2f",
  ",",
  "\u0000",
  "\u200b",
  "?",
  "#",
  "x",
  "=",
];

describe("whatever the data", () => {
  it("no mail holds an address of a host that nobody named", () => {
    const template = [
      '<a href="{{ data.a }}">{{ data.b }}</a><a href={{ data.b }}>x</a>',
      '<img src="https://shop.example{{ data.a }}" srcset="{{ data.b }} 1x">',
      "<p style=\"background:url('{{ data.a }}')\" background='{{ data.b }}'>{{ data.a }} {{ data.b }}</p>",
      '<!--[if mso]><v:fill src="{{ data.a }}" />{{ data.b }}<![endif]-->',
      "{{ data.c | raw }}",
    ].join("\n");
    const value = fc.array(fc.constantFrom(...PIECES), { maxLength: 7 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const { message: sent } = email({ subject: "Hi", html: template }, { a, b, c });
        expect(hostsIn(sent.html).filter((host) => host.includes("evil"))).toEqual([]);
      }),
      { numRuns: 150, examples: [["", "", "<![endif]www.evil.example"]] },
    );
  });

  it("no text holds an address of a host that nobody named", () => {
    const value = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(value, value, (a, b) => {
        const { message: sent } = sms({ text: "Hi {{ data.a }}: {{ data.b }}{{ data.a }}" }, { a, b });
        expect(sent.text).not.toMatch(
          /(?:https?:[\\/]*|(?<![\p{L}\p{N}][@-]?)www\.)[^\s<>"'/\\]*evil\.example/iu,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
