import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isExact, isWhole, namesNobody, unusable } from "#domain/identity/nobody.ts";

describe("an id that means nobody", () => {
  it.each([
    ...["", " ", "\t\n", "\u200b", "\ufeff", "\u0000", '""', "''", "[]", "{}", "()"],
    ...["null", "NULL", "None", "nil", "undefined", "Undefined", "NaN", "n/a", "N/A", "unknown", "unset"],
    ...["'null'", '"undefined"', "(null)", "<nil>", "<null>", "[object Object]", "[object Undefined]"],
    ...["0", "00", "-0", "0.0", "-1", "00000000-0000-0000-0000-000000000000", "000000000000000"],
    ...["ffffffff-ffff-ffff-ffff-ffffffffffff", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"],
    ...["true", "FALSE", "anonymous", "Guest", "not_authenticated", "distinct_id", "userId", "id"],
    ...["{{User ID}}", "#{user.id}", "%user_id%", "%s", "<%= user.id %>", "*|EMAIL|*"],
    ["$", "{userId}"].join(""),
    ...["undefined undefined", "null-null", "null_undefined", " null ", "\u200bnull"],
  ])("%j", (text) => {
    expect(namesNobody(text)).toBe(true);
  });

  it.each([
    ...["1", "10", "100", "0x1", "a0", "kim", "Kim Null", "nullable", "nulla", "none@example.com", "O"],
    ...["user-0", "null-kim", "4e1f0a9c-0000-0000-0000-000000000000", "000-000-001", "(kim)", "true-kim"],
    ...["{kim}", "100%", "identity", "guest-7", "名無し", "ключ"],
  ])("but not %j", (text) => {
    expect(namesNobody(text)).toBe(false);
  });

  it("should be told from somebody's whatever blanks, quotes and case it has", () => {
    const around = fc.constantFrom(
      ["", ""],
      [" ", " "],
      ['"', '"'],
      ["'", "'"],
      ["(", ")"],
      ["<", ">"],
      ["[", "]"],
    );
    const word = fc.constantFrom("null", "undefined", "none", "nan", "0", "anonymous");
    fc.assert(
      fc.property(word, around, fc.boolean(), (text, [before, after], isLoud) => {
        expect(namesNobody(`${before}${isLoud ? text.toUpperCase() : text}${after}`)).toBe(true);
      }),
    );
  });
});

describe("a number as an id", () => {
  it.each([42, 0.5, 12.25, 9_007_199_254_740_991, -7])("should be kept where it is exact: %d", (value) => {
    expect(isExact(value)).toBe(true);
  });

  it.each([["739847298374982701"], ["9007199254740993"], ["1e21"], ["0.12345678901234567"]])(
    "should be refused where JSON rounds it: %s",
    (written) => {
      const value = Number(written);
      expect(isExact(value)).toBe(false);
      expect(unusable(value)).toBe("inexact-number");
    },
  );

  it("should never make one person of two whole numbers", () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 25n });
    fc.assert(
      fc.property(digits, fc.bigInt({ min: 1n, max: 1000n }), (one, apart) => {
        const [a, b] = [Number(one), Number(one + apart)];
        expect(a !== b || !isExact(a)).toBe(true);
      }),
    );
  });
});

describe("a text as an id", () => {
  it("should be refused with half of a character, or bytes that were none", () => {
    for (const broken of ["kim\ud800", "\udfffkim", "kim\ufffd"]) {
      expect(isWhole(broken)).toBe(false);
      expect(unusable(broken)).toBe("broken-text");
    }
    expect(unusable("kim😀")).toBeNull();
  });
});
