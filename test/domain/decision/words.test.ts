import { describe, expect, it } from "vitest";
import { shortened, timeInWords } from "#domain/decision/explain/words.ts";
import { NOON } from "../../support/decisions/decision.ts";

describe("a time in words", () => {
  it("is what the clocks on the wall show, also where they have just changed", () => {
    expect(timeInWords(Date.parse("2026-03-29T00:59:00Z"), "Europe/Berlin", NOON)).toBe(
      "Sunday 29 March at 01:59, Berlin time",
    );
    expect(timeInWords(Date.parse("2026-03-29T01:00:00Z"), "Europe/Berlin", NOON)).toBe(
      "Sunday 29 March at 03:00, Berlin time",
    );
    expect(timeInWords(Date.parse("2028-02-29T12:00:00Z"), "UTC", NOON)).toBe(
      "Tuesday 29 February 2028 at 12:00, UTC",
    );
  });
});

describe("a text that people wrote", () => {
  it("is read out in one line of at most 120 characters, the cut ones with three dots", () => {
    expect(shortened("  Our\n best \t offer ")).toBe("Our best offer");
    expect(shortened("x".repeat(120))).toBe("x".repeat(120));
    expect(shortened("x".repeat(121))).toBe(`${"x".repeat(117)}...`);
    expect(shortened(`${"x".repeat(116)} ${"y".repeat(9)}`)).toBe(`${"x".repeat(116)}...`);
  });
});
