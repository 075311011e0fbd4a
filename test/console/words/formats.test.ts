import { describe, expect, it } from "vitest";
import { formatsFor } from "#console/words/formats.ts";

describe("a figure of a column", () => {
  it("has one tenth always, so that it lines up with those above", () => {
    const { tenths, percentTenths } = formatsFor("en");
    expect([tenths(97.95), tenths(5), percentTenths(0), percentTenths(1)]).toEqual([
      "98.0",
      "5.0",
      "0.0%",
      "100.0%",
    ]);
    expect(formatsFor("de").tenths(0.88)).toBe("0,9");
  });
});

describe("a duration of a playbook's file", () => {
  it.each([
    ["en", "P3D", "3 days"],
    ["en", "P1W", "1 week"],
    ["en", "PT1H30M", "1 hour 30 minutes"],
    ["de", "P21DT4H", "21 Tage 4 Stunden"],
  ])("reads in %s, %s, as %s", (locale, text, words) => {
    expect(formatsFor(locale).duration(text)).toBe(words);
  });

  it.each(["", "P", "PT", "3 days", "P-1D", "P1Y"])("stays as it came where it is none: %j", (text) => {
    expect(formatsFor("en").duration(text)).toBe(text);
  });
});
