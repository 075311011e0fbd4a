import { expect, it } from "vitest";
import { renderSlot } from "#domain/message/render/slot.ts";
import { BRAND } from "../../../support/sending/render.ts";

const shown = (content: Parameters<typeof renderSlot>[0]["content"]) =>
  renderSlot({
    content,
    brand: BRAND,
    scope: { customer: { firstName: "Kim & Co" }, event: {}, data: {}, context: {} },
    setting: { locale: "en", timeZone: "UTC", now: "2026-03-01T12:00:00.000Z" },
  });

it("a slot shows Liquid in every text, however deep in lists and objects", () => {
  const text = "Hello {{ customer.firstName }}";
  expect(shown({ a: text, list: [text, { b: [text] }] })).toEqual({
    a: "Hello Kim & Co",
    list: ["Hello Kim & Co", { b: ["Hello Kim & Co"] }],
  });
});

it("a slot keeps what is no text as it is, and its lists as lists", () => {
  const content = { price: 9.5, isNew: true, none: null, list: [1, false, null, []], inner: { n: 0 } };
  expect(shown(content)).toEqual(content);
});

it("a slot escapes what is called html, and nothing else", () => {
  const text = "{{ customer.firstName }}";
  expect(shown({ html: text, inner: [{ html: text, text }] })).toEqual({
    html: "Kim &amp; Co",
    inner: [{ html: "Kim &amp; Co", text: "Kim & Co" }],
  });
});

it("a slot knows the brand, and what it says beyond", () => {
  expect(shown({ a: "{{ brand.name }}: {{ brand.slogan }}" })).toEqual({ a: "Test Shop: Tea & cups" });
});
