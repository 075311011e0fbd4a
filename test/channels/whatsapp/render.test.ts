import { describe, expect, it } from "vitest";
import { render } from "#channels/whatsapp/render.ts";
import { rendererOf } from "../../support/sending/render.ts";

const whatsapp = rendererOf("whatsapp", render, { addresses: ["US.abc", "4915112345678"] });
const ada = { customer: { name: "Ada" } };

describe("a WhatsApp message", () => {
  it("goes to the best address, and names a number of ours only where the playbook does", () => {
    expect(whatsapp({ text: "Hi {{ customer.name }}" }, ada)).toEqual({
      to: "US.abc",
      content: { kind: "text", text: "Hi Ada" },
    });
  });

  it("is a template in the customer's language with what fills its places, each in one line", () => {
    const template = {
      name: "order_shipped",
      body: "Hi {1}, {2}",
      parameters: ["{{ customer.name }}", "a\n\tb     c"],
      media: { type: "document", url: "https://x.example/{{ customer.name }}.pdf", name: "bill.pdf" },
      buttons: [{}, { url: "{{ customer.name }}" }, { payload: "yes" }],
    };
    expect(whatsapp({ template }, { ...ada, locale: "de-AT" }).content).toEqual({
      kind: "template",
      name: "order_shipped",
      language: "de_AT",
      parameters: [{ text: "Ada" }, { text: "a b c" }],
      media: { type: "document", url: "https://x.example/Ada.pdf", name: "bill.pdf" },
      buttons: [
        { index: 1, type: "url", text: "Ada" },
        { index: 2, type: "payload", text: "yes" },
      ],
    });
    const named = { name: "order_shipped", language: "en_US", parameters: { who: "{{ customer.name }}" } };
    expect(whatsapp({ template: named }, ada).content).toMatchObject({
      language: "en_US",
      parameters: [{ name: "who", text: "Ada" }],
    });
  });

  it("has media, or a text with buttons or a link under it", () => {
    const media = { type: "image", url: "https://x.example/a.png", name: "ignored" };
    expect(whatsapp({ media, text: "Look" }).content).toEqual({
      kind: "media",
      media: { type: "image", url: "https://x.example/a.png" },
      caption: "Look",
    });
    expect(
      whatsapp({ text: "Well?", buttons: [{ title: "Yes", id: "y" }, { title: "No" }] }).content,
    ).toEqual({
      kind: "buttons",
      text: "Well?",
      under: {
        replies: [
          { id: "y", title: "Yes" },
          { id: "No", title: "No" },
        ],
      },
    });
    const link = { title: "See it", url: "https://x.example" };
    expect(whatsapp({ text: "Well?", media, link, footer: "Shop" }).content).toMatchObject({
      kind: "buttons",
      footer: "Shop",
      under: { link },
    });
  });

  it.each([
    [{ text: " " }, /text: is empty/],
    [{}, /text: is empty/],
    [{ text: "{{ customer.long }}" }, /text: 5000 characters, at most 4096/],
    [{ text: "Hi", buttons: [{ title: "A" }, { title: "A" }] }, /two have the same title/],
    [{ text: "Hi", link: { title: "See", url: "javascript:alert(1)" } }, /link\.url/],
    [{ media: { type: "image", url: "http://x.example/a.png" } }, /media\.url: is no address/],
    [{ media: { type: "sticker", url: "https://x.example/a" } }, /media\.type/],
    [{ template: { name: "t", parameters: ["{{ customer.none }}"] } }, /template\.parameters\[0\]: is empty/],
    [{ template: { name: "t", parameters: [7] } }, /template\.parameters\[0\]: expected text/],
    [
      { template: { name: "t", body: "{1}{1}{1}", parameters: ["{{ customer.half }}"] } },
      /template\.body: 1500 characters, at most 1024/,
    ],
  ])("is not sent where WhatsApp would refuse it: %#", (content, message) => {
    const customer = { long: "x".repeat(5_000), half: "x".repeat(500) };
    expect(() => whatsapp(content, { customer })).toThrow(message);
  });
});
