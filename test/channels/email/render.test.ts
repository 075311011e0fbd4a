import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render } from "#channels/email/render.ts";
import { readToken } from "#domain/message/token.ts";
import type { Message } from "#domain/records/message.ts";
import { NOW } from "../../support/customers/events.ts";
import { message } from "../../support/sending/message.ts";
import { BRAND, LINK_KEYS, rendererOf } from "../../support/sending/render.ts";

const email = rendererOf("email", render, { addresses: ["ada@example.com"] });
const MAIL = {
  subject: "Hello",
  html: '<p>Hi {{ customer.firstName }}</p><a href="https://shop.example/x">go</a>',
};
const TRANSACTIONAL: Partial<Message> = { lane: "transactional", category: "transactional" };

describe("an e-mail", () => {
  it("has a text part made of its HTML, with the same links", () => {
    const { html, text } = email(MAIL, { customer: { firstName: "Ada" } });
    expect(text).toContain("Hi Ada");
    const [inHtml] = /https:\/\/hub\.example\/l\/[\w-]+/.exec(html) ?? [];
    expect(inHtml).toBeDefined();
    expect(text).toContain(inHtml);
  });

  it("keeps the author's own text, its links counted too", () => {
    const { text } = email({ ...MAIL, text: "See https://shop.example/x." });
    expect(text).toMatch(/^See https:\/\/hub\.example\/l\/[\w-]+\./);
  });

  it("counts clicks by a token that leads to the link's target", () => {
    const { html } = email(MAIL);
    const token = /\/l\/([\w-]+)/.exec(html)?.[1] ?? "";
    expect(readToken(LINK_KEYS, token, NOW)).toEqual({
      result: "valid",
      token: { kind: "click", messageId: message().messageId, url: "https://shop.example/x" },
    });
  });

  it("counts openings by an image and hides the preheader before the content", () => {
    const { html } = email({ ...MAIL, html: "<body><p>x</p></body>", preheader: "A < B" });
    expect(html).toMatch(/<body><div style="display:none[^>]*>A &lt; B<\/div><p>x<\/p>/);
    expect(html).toMatch(/<img src="https:\/\/hub\.example\/o\/[\w-]+"[^>]*><\/body>/);
  });

  it("can be unsubscribed from with one click, unless it is transactional", () => {
    const { headers } = email(MAIL);
    expect(headers["List-Unsubscribe"]).toMatch(/^<https:\/\/hub\.example\/u\/[\w-]+>$/);
    expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(email(MAIL, { members: TRANSACTIONAL }).headers).not.toHaveProperty("List-Unsubscribe");
  });

  it("carries our id in References, for replies", () => {
    expect(email(MAIL).headers.References).toBe(`<${message().messageId}@shop.example>`);
  });

  it("gets a footer with postal address and way out where the template forgot them", () => {
    const { html, text } = email(MAIL, { locale: "de" });
    expect(html).toContain("1 Test Street, 12345 Testville");
    expect(html).toMatch(/<a href="https:\/\/hub\.example\/u\/[\w-]+">Abmelden<\/a>/);
    expect(text).toContain("1 Test Street, 12345 Testville");
    expect(text).toContain("https://hub.example/u/");
  });

  it("gets it in every language of the hub, and in those that the playbook adds", () => {
    expect(email(MAIL, { locale: "sv-SE" }).text).toContain(
      "Avsluta prenumerationen: https://hub.example/u/",
    );
    const brand = { ...BRAND, words: { da: { unsubscribe: "Afmeld <nu>" } } };
    const { html, text } = email(MAIL, { locale: "da", brand });
    expect(html).toContain(">Afmeld &lt;nu&gt;</a>");
    expect(text).toContain("Preferences: https://hub.example/p/");
  });

  it("gets none where the template has both, even in other lines, nor when it is transactional", () => {
    const own =
      '<p>{{ brand.postalAddress | replace: ", ", "<br>" | raw }}</p><a href="{{ unsubscribe_url }}">bye</a>';
    const { html } = email({ subject: "x", html: own });
    expect(html).not.toContain("Unsubscribe");
    expect(html.match(/\/u\//g)).toHaveLength(1);
    expect(email(MAIL, { members: TRANSACTIONAL }).html).not.toContain("Test Street");
  });

  it("is refused without a postal address", () => {
    expect(() => email(MAIL, { brand: { ...BRAND, postalAddress: " " } })).toThrow(/postalAddress/);
  });

  it("escapes what customers call themselves", () => {
    const { html, text } = email(MAIL, { customer: { firstName: "<script>alert(1)</script>" } });
    expect(html).not.toContain("<script>");
    expect(text).toContain("<script>alert(1)</script>");
  });

  it("runs no code from a link that came by a trait", () => {
    const content = { subject: "x", html: '<a href="{{ customer.site }}">x</a>' };
    expect(email(content, { customer: { site: "javascript:alert(1)" } }).html).toContain('<a href="#">');
  });

  it("has one line in a header, whatever traits hold", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom("\r", "\n", "\r\n", "\u0000", "\u2028"),
        fc.string(),
        (one, cut, two) => {
          const name = `a${one}${cut}${two}b`;
          const { subject } = email({ ...MAIL, subject: "Dear {{ customer.name }}" }, { customer: { name } });
          expect(subject).toMatch(/^Dear a.*b$/);
          expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        },
      ),
    );
    const named = email(
      { ...MAIL, subject: "Hi {{ customer.name }}!" },
      { customer: { name: "Kim\r\n Lee" } },
    );
    expect(named.subject).toBe("Hi Kim Lee!");
    expect(email({ ...MAIL, subject: "Hi\r\nBcc: all@example.com" }).subject).toBe("Hi Bcc: all@example.com");
    expect(email({ ...MAIL, subject: "Hello\n" }).subject).toBe("Hello");
    const from = "x@y.example\nBcc: z@y.example";
    expect(email(MAIL, { brand: { ...BRAND, email: { from } } }).from).toBe("x@y.example Bcc: z@y.example");
  });

  it.each(["", "ada", "a@b, c@d", "ada@example.com\r\nBcc: x@y", "<ada@example.com>"])(
    "goes to one address, not to %j",
    (to) => {
      expect(() => email(MAIL, { addresses: [to] })).toThrow(/recipient/);
    },
  );

  it.each([
    [{ html: "<p>x</p>" }, /subject: is empty/],
    [{ subject: "x" }, /html, text/],
    [{ subject: 7, html: "<p>x</p>" }, /subject: expected text/],
    [{ subject: "x", html: "{% for %}" }, /html: /],
    [{ subject: "x".repeat(1_000), html: "<p>x</p>" }, /995/],
  ])("is refused when it is not whole: %j", (content, expected) => {
    expect(() => email(content)).toThrow(expected);
  });

  it("may be text only", () => {
    const { html, text } = email({ subject: "x", text: "plain" }, { members: TRANSACTIONAL });
    expect({ html, text }).toEqual({ html: "", text: "plain" });
  });

  it("is the same for the same input", () => {
    expect(email(MAIL)).toEqual(email(MAIL));
  });
});
