import { describe, expect, it } from "vitest";
import { builtins } from "#feel/builtins/all.ts";
import { evaluated, examples, warningsOf } from "../support/evaluate.ts";

/** At least one example a function; the last test sees to it that none is forgotten. */
const EXAMPLES = String.raw`
  date("2025-03-31") => 2025-03-31
  date("2025-02-30") => null
  date(2024, 2, 29) => 2024-02-29
  date(date and time("2025-03-31T23:00:00-11:00")) => 2025-03-31
  time("10:30:00+02:00") => 10:30:00+02:00
  time(11, 59, 45.25, duration("-PT2H")) => 11:59:45.25-02:00
  time(24, 1, 0) => null
  time(23, 59, 59.9999999999) => 23:59:59.999999999
  time(10, 59, 45.123) => 10:59:45.123
  time(date("2025-03-31")) => 00:00:00Z
  date and time("2025-03-31T24:00:00") => 2025-04-01T00:00:00
  date and time(date("2025-03-31"), time("10:00:00Z")) => 2025-03-31T10:00:00Z
  date and time("2025-03-31") => 2025-03-31T00:00:00
  duration("P1Y1D") => null
  duration("-P3DT4H") => -P3DT4H
  years and months duration(date("2011-12-22"), date("2013-08-24")) => P1Y8M
  years and months duration(date("2013-08-24"), date("2011-12-22")) => -P1Y8M
  number("1.000,5", ".", ",") => 1000.5
  number("1 000", " ") => 1000
  number("1,5") => null
  string(1.10) => "1.1"
  string(null) => null
  string([1, "a", @"P1D"]) => "[1, \"a\", P1D]"
  range("[1..3)") => [1..3)
  range("[3..1]") => null
  range("(1..date)") => null
  range("]-1.5 .. .5[") => (-1.5..0.5)
  range("[@\"2025-01-31\"..date(\"2025-02-01\")]") = [date("2025-01-31")..date("2025-02-01")] => true
  range("(null../* none */3]") = (null..3] => true
  range("[\"a\"..\"b\"") => null
  range("[true..false]") => null
  not(false) => true
  not([true]) => false
  not([null]) => null
  not([true, false]) => null
  is(@"10:00:00Z", @"11:00:00+01:00") => false
  is(1, 1.0) => true
  substring("foobar", 3, 3) => "oba"
  substring("🐎ab", 2) => "ab"
  substring("abc", 0) => null
  string length("🐎ab") => 3
  upper case("aé") => "AÉ"
  lower case("ABC") => "abc"
  substring before("foobar", "bar") => "foo"
  substring before("foobar", "x") => ""
  substring after("foobar", "ob") => "ar"
  contains("foobar", "ob") => true
  starts with("foobar", "fo") => true
  ends with("foobar", "r") => true
  matches("foobar", "^fo*b") => true
  matches("Foo", "foo", "i") => true
  matches("a\n", "^$", "m") => false
  matches("\n", "^$", "m") => true
  matches("a\n\nb", "^$", "m") => true
  replace("a\nb\n", "^", "> ", "m") => null
  matches("a\nb\n", "^b$", "m") => true
  matches("a", "[") => null
  replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") => "[1=ab][2=]cd"
  replace("abc", "b", "$") => null
  replace("abc", "x*", "-") => null
  replace("a.b", ".", "-", "q") => "a-b"
  split("John  Doe", "\s+") => ["John", "Doe"]
  split("a;b;;", ";") => ["a", "b", "", ""]
  string join(["a", null, "c"], "-") => "a-c"
  string join([1]) => null
  list contains([1, null], null) => true
  list contains(list: [1]) => null
  list contains(element: 1, list: [1]) => true
  count([]) => 0
  min("b", "a") => "a"
  max([1, 3, 2]) => 3
  max([1, "a"]) => null
  sum([]) => null
  sum(1, 2) => 3
  sum(list: [1, 2]) => 3
  sum(list: [1], list: [2]) => null
  mean([1, 2, 4]) => 2.3333333333333335
  median([8, 2, 5, 7]) => 6
  median([1e308, 1e308]) => null
  median([1e308]) = 1e308 => true
  stddev([2, 4, 7, 5]) => 2.0816659994661326
  mode([6, 3, 9, 6, 3]) => [3, 6]
  product(2, 3, 4) => 24
  all([true, null, false]) => false
  all([true, null]) => null
  all([false, 1]) => false
  all([true, 1]) => null
  any([false, null, true]) => true
  any([]) => false
  any([true, 1]) => true
  any([false, 1]) => null
  sublist([4, 5, 6], -2, 1) => [5]
  append([1], 2, [3]) => [1, 2, [3]]
  append(list: [1], item: [2, 3]) => [1, [2, 3]]
  append(item: 2, list: [1]) => [1, 2]
  append(list: [1]) => [1]
  concatenate([1], [2], 3) => [1, 2, 3]
  concatenate(list: [[1], [2]]) => [1, 2]
  union([1, 2], [2, 3]) => [1, 2, 3]
  insert before([1, 3], 2, 2) => [1, 2, 3]
  remove([1, 2, 3], -1) => [1, 2]
  list replace([2, 4, 7, 8], 3, 6) => [2, 4, 6, 8]
  list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) => [5, 5, 7, 8]
  list replace([1], 2, 0) => null
  reverse([1, 2]) => [2, 1]
  index of([1, 2, 1], 1) => [1, 3]
  distinct values([1, "1", 1, [1], [1], null, null]) => [1, "1", [1], null]
  flatten([1, [2, [3]]]) => [1, 2, 3]
  sort([3, 1, 2], function(x, y) x < y) => [1, 2, 3]
  sort(["b", "a"]) => ["a", "b"]
  decimal(2.5, 0) => 2
  decimal(1/3, 2) => 0.33
  floor(-1.56, 1) => -1.6
  ceiling(-1.5) => -1
  round up(-1.126, 2) => -1.13
  round down(1.129, 2) => 1.12
  round half up(1.005, 2) => 1.01
  round half down(5.5, 0) => 5
  round half up(1250, -2) => 1300
  abs(@"-P1D") => P1D
  modulo(-12, 5) => 3
  modulo(10.1, -4.5) => -3.4
  modulo(1e20, 3) => 1
  modulo(-1e20, 3) => 2
  modulo(1e308, 3) => 2
  modulo(10, -5) => 0
  modulo(-10, -4) => -2
  modulo(1, 0) => null
  sqrt(16) => 4
  sqrt(-1) => null
  log(1) => 0
  log(0) => null
  exp(0) => 1
  odd(3) => true
  even(3) => false
  even(1.5) => false
  sublist([1, 2], 2, 5) => [2]
  get value({a: {b: 1}}, ["a", "b"]) => 1
  get value({a: 1}, "b") => null
  get entries({a: 1}) => [{key: "a", value: 1}]
  context([{key: "a", value: 1}]) => {a: 1}
  context([{key: "a", value: 1}, {key: "a", value: 2}]) => null
  context put({a: {b: 1}}, ["a", "c"], 2) => {a: {b: 1, c: 2}}
  context put({a: 1}, "a", null) => {a: null}
  context put({a: 1}, [], 2) => null
  context merge([{a: 1, b: 1}, {b: 2}]) => {a: 1, b: 2}
  now() => 2025-03-31T10:15:30Z
  today() => 2025-03-31
  day of year(date("2024-12-31")) => 366
  day of week(date("2025-03-31")) => "Monday"
  month of year(date("2025-03-31")) => "March"
  week of year(date("2021-01-03")) => 53
  before(1, [2..3]) => true
  before([1..2], (2..3]) => true
  after([5..6], 5) => false
  meets([1..5], [5..9]) => true
  met by([5..9], [1..5)) => false
  overlaps([1..5], [5..9]) => true
  overlaps([1..5), [5..9]) => false
  overlaps before([1..5], [3..8]) => true
  overlaps after([3..8], [1..5]) => true
  finishes(5, [1..5]) => true
  finished by([1..5], [3..5]) => true
  includes([1..5], 3) => true
  during([2..3], [1..5]) => true
  starts([1..3], [1..5]) => true
  started by([1..5], 1) => true
  coincides([1..5], [1..5)) => false
  before(1, "a") => null
  before(range: [5..6], point: 9) => true
  before(point: 9, range: [5..6]) => false
  after(range: [5..6], point: 9) => false
  after(point: 9, range: [5..6]) => true
  before(range2: (2..3], range1: [1..2]) => true
`;

describe("built-in functions", () => {
  it.each(examples(EXAMPLES))("%s is %s", (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });

  it("should each have an example", () => {
    expect([...builtins().keys()].filter((name) => !EXAMPLES.includes(`  ${name}(`))).toEqual([]);
  });

  it("should have no clock but the caller's", () => {
    expect(evaluated("now()", {}, {}, { now: 0, zone: "America/New_York" })).toBe(
      "1969-12-31T19:00:00@America/New_York",
    );
    expect(evaluated("today()", {}, {}, { now: 0, zone: "-05:00" })).toBe("1969-12-31");
  });

  it("should say where and why they yield null", () => {
    expect(warningsOf('1 + abs("a")')).toEqual([
      expect.objectContaining({ code: "wrong-arguments", from: 4, to: 12 }),
      expect.objectContaining({ code: "type-mismatch", from: 0, to: 12 }),
    ]);
  });
});
