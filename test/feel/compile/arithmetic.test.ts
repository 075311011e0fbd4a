import { describe, expect, it } from "vitest";
import { evaluated, examples } from "../support/evaluate.ts";

function values(table: string): void {
  it.each(examples(table))("%s is %s", (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });
}

describe("arithmetic", () => {
  values(`
    1 + 2 * 3 => 7
    -3 ** 2 => 9
    3 ** 4 ** 5 => 3486784401
    2 ** -1 => 0.5
    7 / 2 => 3.5
    1 / 0 => null
    "a" + "b" => "ab"
    "a" + 1 => null
    null + 1 => null
    true + true => null
    --5 => 5
    -"a" => null
    @"2025-01-31" + @"P1M" => 2025-02-28
    @"2024-02-29" + @"P1Y" => 2025-02-28
    @"2025-01-02" - @"PT1H" => 2025-01-01
    @"2025-03-01" - @"2025-02-01" => P28D
    @"10:15:00" + @"PT20H" => 06:15:00
    @"10:00:00+01:00" - @"10:00:00Z" => -PT1H
    @"10:00:00" - @"10:00:00Z" => null
    @"2025-03-30T00:30:00@Europe/Paris" + @"P1D" => 2025-03-31T01:30:00@Europe/Paris
    @"2021-03-27T12:00:00@Europe/Paris" + @"PT24H" => 2021-03-28T13:00:00@Europe/Paris
    @"2021-03-28T13:00:00@Europe/Paris" - @"PT24H" => 2021-03-27T12:00:00@Europe/Paris
    @"2021-10-30T23:30:00@Europe/Paris" + @"P1D" => 2021-10-31T22:30:00@Europe/Paris
    (@"2021-10-31T01:30:00@Europe/Paris" + @"PT2H").time offset => PT1H
    @"2021-03-27T12:00:00@Europe/Paris" + @"P1M" => 2021-04-27T12:00:00@Europe/Paris
    @"2021-03-27T12:00:00+01:00" + @"P1D" => 2021-03-28T12:00:00+01:00
    @"2025-03-31T00:00:00@Europe/Paris" - @"2025-03-30T00:00:00@Europe/Paris" => PT23H
    @"P1Y" * 1.5 => P1Y6M
    @"P1D" / @"PT8H" => 3
    @"P1D" + @"P1M" => null
    @"2025-01-02" - @"2025-01-01T10:10:10" => null
    @"999999999-12-31" + @"P1D" => null
    10 ** 400 => null
  `);
});

describe("moments at the ends of the calendar", () => {
  values(`
    @"999999999-12-31T23:59:59.999999999@Europe/Paris".timezone => "Europe/Paris"
    @"-999999999-01-01T00:00:00@America/New_York".year => -999999999
    date and time(date("999999999-12-31"), time("10:00:00@Europe/Paris")).hour => 10
    {d: "999999999-12-31T23:59:59@Asia/Tokyo", r: date and time(d)}.r => 999999999-12-31T23:59:59@Asia/Tokyo
    @"275760-09-12T23:59:59@Asia/Tokyo" + @"P2D" => 275760-09-14T23:59:59@Asia/Tokyo
    @"-271821-04-20T00:00:00@America/New_York" - @"P2D" => -271821-04-18T00:00:00@America/New_York
    (@"2012-01-01T00:00:00@Europe/Paris" + @"P99999999999D").year => 273792712
    @"999999999-12-31T23:59:59@Asia/Tokyo" + @"PT1S" => null
    @"-999999999-01-01T00:00:00@Asia/Tokyo" - @"PT1S" => null
    date and time("999999999-12-31T24:00:00") => null
    date and time("999999999-12-31T24:00:00@Asia/Tokyo") => null
  `);
});

describe("numbers as they are written", () => {
  values(`
    0.1 + 0.2 = 0.3 => true
    1.1 - 1 => 0.1
    0.07 * 100 => 7
    1.1 * 1.1 => 1.21
    100.1 - 100 => 0.1
    4.35 * 100 => 435
    1.15 + 2.30 => 3.45
    0.1 * 3 = 0.3 => true
    1 / 3 * 3 => 1
    sum([0.1, 0.2, 0.3]) = 0.6 => true
    1 + 0.000000000001 > 1 => true
    9007199254740991 + 0 => 9007199254740991
    1000000000000000 + 0.3 > 1000000000000000 => true
    1.1 ** 2 = 1.21 => true
    1.05 ** 5 => 1.2762815625
    0.7 ** 10 => 0.0282475249
    10 ** -2 => 0.01
    2 ** 0.5 => 1.4142135623730951
    1.0000001 ** 3 > 1.0000003 => true
    @"PT0.3S" / @"PT0.1S" => 3
    @"P100M" * 0.29 => P2Y5M
    0.29 * @"P100M" => P2Y5M
    @"P3M" / 0.1 => P2Y6M
    @"P1D" / 3 => PT8H
    @"PT1S" * 0.1 => PT0.1S
    @"-PT1.5S" / 2 => -PT0.75S
  `);
});
