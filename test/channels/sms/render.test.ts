import { describe, expect, it } from "vitest";
import { render } from "#channels/sms/render.ts";
import { BRAND, rendererOf } from "../../support/sending/render.ts";

const sms = rendererOf("sms", render, { addresses: ["+4915112345678"] });

describe("a text message", () => {
  it("is plain text with its number of parts, its links as written", () => {
    expect(
      sms({ text: "Hi {{ customer.name }}: https://shop.example/x\n" }, { customer: { name: "Ö & B" } }),
    ).toEqual({
      from: "+15550100",
      to: "+4915112345678",
      text: "Hi Ö & B: https://shop.example/x",
      parts: 1,
    });
    expect(sms({ body: "x".repeat(161) })).toMatchObject({ parts: 2 });
  });

  it.each(["sv", "fr", "de-CH", "no", "fi"])(
    "shows numbers and money in one part of 160 characters: %s",
    (locale) => {
      const source = `{{ 1500 | number }} {{ 1500 | money: "EUR" }} ${"x".repeat(100)}`;
      const { text, parts } = sms({ text: source }, { locale });
      expect(text).not.toMatch(/[^\S ]/);
      expect(parts).toBe(1);
    },
  );

  it("is refused when too long, without sender, or to something that is no number", () => {
    expect(() => sms({ text: "x".repeat(1_601) })).toThrow(/1601 characters/);
    expect(() => sms({ text: "x" }, { addresses: ["015112345678"] })).toThrow(/E\.164/);
    const { sms: _none, ...brand } = BRAND;
    expect(() => sms({ text: "x" }, { brand })).toThrow(/brand\.sms\.from/);
  });
});
