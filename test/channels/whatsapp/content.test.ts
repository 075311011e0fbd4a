import { describe, expect, it } from "vitest";
import { faultsIn, shownText } from "#channels/whatsapp/content.ts";

const template = (more: object = {}) => ({ template: { name: "order_shipped", ...more } });
const faults = (content: object) =>
  faultsIn(content as never).map(({ path, message }) => [path.join("."), message]);

describe("a template's content", () => {
  it.each([
    template(),
    template({ body: "Hello", language: "en_US" }),
    template({ body: "Hi {1}, {2} and {1}", parameters: ["a", "b"] }),
    template({ body: "Hi {first_name}", parameters: { first_name: "a" } }),
    // Of what was approved without its words here, nothing can be said.
    template({ parameters: ["a", "b", "c"] }),
  ])("is right where what fills it fits its places: %#", (content) => {
    expect(faults(content)).toEqual([]);
  });

  it.each([
    [
      template({ body: "Hi {1} and {2}", parameters: ["a"] }),
      "template.parameters",
      "Nothing fills {{2}} of the approved text",
    ],
    [template({ body: "Hi {1}" }), "template.body", "Nothing fills {{1}} of the approved text"],
    [
      template({ body: "Hi {1}", parameters: ["a", "b"] }),
      "template.parameters",
      "The approved text has no {{2}}",
    ],
    [
      template({ body: "Hi {name}", parameters: ["a"] }),
      "template.parameters",
      "Nothing fills {{name}} of the approved text",
    ],
    [template({ name: "Order Shipped" }), "template.name", '"Order Shipped" is no name of a template'],
    [template({ language: "English" }), "template.language", '"English" is no language of a template'],
    [
      { ...template(), text: "Hi" },
      "text",
      'A template says all that there is: "text" is never sent beside it',
    ],
    [
      template({ title: "x", media: { type: "image", url: "https://x" } }),
      "template.title",
      "A header is a title or media, not both",
    ],
  ])("is refused with where and why: %#", (content, path, message) => {
    expect(faults(content)).toEqual([[path, message]]);
  });
});

describe("what is written freely", () => {
  it.each([
    { text: "Hi" },
    { text: "Hi", buttons: [{ title: "Yes" }, { title: "No" }], footer: "Shop" },
    { text: "Hi", link: { title: "See", url: "https://x" }, media: { type: "image", url: "https://x" } },
    { media: { type: "audio", url: "https://x" } },
    // Measured when it is known what the data say.
    { text: `{{ a }}${"x".repeat(5_000)}` },
  ])("is right: %#", (content) => {
    expect(faults(content)).toEqual([]);
  });

  it.each([
    [{ text: "x".repeat(4_097) }, "text"],
    [{ text: "x".repeat(1_025), buttons: [{ title: "Yes" }] }, "text"],
    [{ text: "Hi", buttons: [{ title: "Yes" }, { title: "x".repeat(21) }] }, "buttons.1.title"],
    [{ text: "Hi", buttons: [{ title: "Yes" }], link: { title: "See", url: "https://x" } }, "link"],
    [{ buttons: [{ title: "Yes" }] }, "buttons"],
    [{ text: "Hi", footer: "Shop" }, "footer"],
    [{ text: "Hi", buttons: [{ title: "Yes" }], media: { type: "audio", url: "https://x" } }, "media.type"],
  ])("is refused where WhatsApp would refuse it: %#", (content, path) => {
    expect(faults(content).map(([where]) => where)).toEqual([path]);
  });
});

describe("the words of a message", () => {
  it.each([
    [template({ body: "Hi {1}, {2}!", parameters: ["Ada", "$&"] }), "Hi Ada, $&!"],
    [template({ body: "Hi {{ name }}", parameters: { name: "Ada" } }), "Hi Ada"],
    [template({ body: "Hi {1}" }), "Hi {1}"],
    [template({ body: "Hi {constructor}", parameters: {} }), "Hi {constructor}"],
    [template(), "order_shipped"],
    [{ text: " Hi " }, "Hi"],
    [{ media: { type: "document", url: "https://x", name: "bill.pdf" } }, "bill.pdf"],
    [{}, ""],
  ])("are those that the customer reads: %#", (content, words) => {
    expect(shownText(content as never)).toBe(words);
  });
});
