import fc from "fast-check";
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, it } from "vitest";
import { countryOfLocale, toE164 } from "#kernel/phone/phone.ts";

/** The reference: far too big for every bundle, but not for a test. */
const reference = (text: string, country: CountryCode | undefined): string | null => {
  const number = parsePhoneNumberFromString(
    text,
    country === undefined ? {} : { defaultCountry: country, extract: false },
  );
  return number?.isPossible() ? number.number : null;
};
const countries = getCountries();

describe("phone numbers as people write them", () => {
  it.each([
    ["+49 (0) 170 123-4567", undefined, "+491701234567"],
    ["0170/1234567", "DE", "+491701234567"],
    ["0049 170 1234567", "DE", "+491701234567"],
    ["011 44 20 7946 0958", "US", "+442079460958"],
    ["(555) 010-0123", "US", "+15550100123"],
    ["1-555-010-0123", "US", "+15550100123"],
    ["8 (495) 123-45-67", "RU", "+74951234567"],
    ["06 6982 1234", "IT", "+390669821234"],
    ["＋４９ １７０ １２３４５６７", undefined, "+491701234567"],
    ["0170 1234567", undefined, null],
    ["+999 123", undefined, null],
    ["+49", undefined, null],
    ["+1 555", undefined, null],
    ["call me", "DE", null],
    ["+49 170 1234567\r\nX: y", "DE", null],
    ["", "DE", null],
  ])("should take %j in %s as %j", (text, country, expected) => {
    expect(toE164(text, country)).toBe(expected);
  });

  it("should agree with libphonenumber on every country's example, however it is written", () => {
    const differing = countries.flatMap((country) => {
      const example = getExampleNumber(country, examples);
      if (example === undefined) return [];
      const spellings = [example.number, example.formatInternational(), example.formatNational()];
      return spellings
        .filter((text) => toE164(text, country) !== reference(text, country))
        .map((text) => [country, text, toE164(text, country), reference(text, country)]);
    });

    expect(differing).toEqual([]);
  });

  it("should agree with libphonenumber on every valid number near those examples", () => {
    const near = fc.tuple(fc.constantFrom(...countries), fc.nat({ max: 9_999 })).map(([country, tail]) => {
      const number = getExampleNumber(country, examples)?.number ?? "";
      return number.slice(0, -4) + String(tail).padStart(4, "0");
    });
    fc.assert(
      fc.property(near, (text) => {
        fc.pre(parsePhoneNumberFromString(text)?.isValid() === true);
        expect(toE164(text, undefined)).toBe(reference(text, undefined));
      }),
      { numRuns: 1_000 },
    );
  });

  it("should take no number that libphonenumber finds too short or too long", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9][0-9]{1,18}$/), (text) => {
        // Bonaire and Curaçao share +599; the reference tells the islands apart, we allow the lengths of both.
        fc.pre(!text.startsWith("+599"));
        if (reference(text, undefined) === null) expect(toE164(text, undefined)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it("should know where people of a locale live", () => {
    expect(["de-CH", "de", "en", "en-GB", "not a locale"].map(countryOfLocale)).toEqual([
      "CH",
      "DE",
      "US",
      "GB",
      undefined,
    ]);
  });
});
