import { describe, expect, it } from "vitest";
import { evaluated, examples } from "../support/evaluate.ts";

function values(table: string): void {
  it.each(examples(table))("%s is %s", (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });
}

describe("literals", () => {
  values(String.raw`
    1.50 => 1.5
    .5 => 0.5
    -1.2e3 => -1200
    1e-7 => 0.0000001
    10 ** 21 => 1000000000000000000000
    "a\"b\\c" => "a\"b\\c"
    "\u00e9\U01F40E" => "é🐎"
    [1, "a", null, true] => [1, "a", null, true]
    {a b: 1, "c+d": {e: 2}} => {a b: 1, c+d: {e: 2}}
    {"{": 1} => {"{": 1}
    @"2025-03-31" => 2025-03-31
    @"23:59:59.5" => 23:59:59.5
    @"2025-03-31T10:00:00@Europe/Paris" => 2025-03-31T10:00:00@Europe/Paris
    @"PT1000M" => PT16H40M
    @"P26M" => P2Y2M
    @"-P1DT0.5S" => -P1DT0.5S
    @"nonsense" => null
    1 + /* one */ 2 => 3
  `);
});

describe("comparison", () => {
  values(`
    1 < 2 => true
    "a" < "b" => true
    1 = "1" => null
    1 != null => true
    null = null => true
    null < 1 => null
    true < false => null
    [1, [2]] = [1, [2]] => true
    {a: 1, b: 2} = {b: 2, a: 1} => true
    {a: 1} = {a: 2} => false
    @"2025-01-01" < @"2025-01-02" => true
    @"2025-01-01" = @"2025-01-01T00:00:00Z" => null
    @"2025-01-01T10:00:00Z" = @"2025-01-01T11:00:00+01:00" => true
    @"2025-01-01T10:00:00" = @"2025-01-01T10:00:00Z" => false
    @"10:00:00.1" = @"10:00:00.2" => true
    @"P1D" = @"PT24H" => true
    @"P0D" = @"P0Y" => null
    [1..3] = [1..3] => true
    (< 10) = (null..10) => false
    max = max => true
    5 between 1 and 10 => true
    null between 1 and 10 => null
    5 between 7 and null => false
  `);
});

describe("three-valued logic", () => {
  values(`
    true and null => null
    false and null => false
    true or null => true
    false or null => null
    true and "yes" => null
    false and 1 => false
    not(null) => null
    not(1) => null
    if null then 1 else 2 => 2
    if "true" then 1 else 2 => 2
    some x in [null, true] satisfies x => true
    some x in [null, false] satisfies x => null
    every x in [null, false] satisfies x => false
    every x in [] satisfies false => true
    some x in [1, true] satisfies x => null
    some x in null satisfies true => null
  `);
});

describe("membership", () => {
  values(`
    1 in [1..3) => true
    3 in [1..3) => false
    3 in ]2..4[ => true
    "b" in ["a".."c"] => true
    5 in (1, < 3, >= 5) => true
    5 in != 5 => false
    5 in [[1..3], [4..6]] => true
    5 in (null..10] => null
    null in [1..3] => null
    "5" in [1..3] => null
    1 in (null) => false
    [1] in [[1], [2]] => true
    @"2025-01-02" in [@"2025-01-01"..@"2025-01-31"] => true
    3 in [1..5] and true => true
    3 in < 5 and true => true
    3 in (< 5) and true => true
    3 in [1..5] and false or true => true
    false and 3 in [1..5] or true => true
    3 in [1, 2] or 4 in [3, 4] and 5 in (5, 6) => true
    3 in [1..5] = true => true
    3 in [1 + 1..5] and 3 between 1 and 5 and 7 in 6 + 1 => true
    true in (false or true) => true
    not(3 in [1..5] and 1 = 1) => false
    [1, 2, 3, 4][item in [2..4] and item != 3] => [2, 4]
  `);
});

describe("lists, filters and paths", () => {
  values(`
    [1, 2, 3][1] => 1
    [1, 2, 3][-1] => 3
    [1, 2, 3][4] => null
    [1, 2, 3][item > 1] => [2, 3]
    [1, 2, 3][null] => []
    5[1] => 5
    null[1] => null
    {x: 1, l: [], r: l[x]}.r => null
    {x: 1, r: null[x]}.r => null
    {x: null, l: [], r: l[x]}.r => []
    [][item > 1] => []
    null[item > 1] => []
    [{a: 1, b: "x"}, {a: 2, b: "y"}][a > 1].b => ["y"]
    [{item: 1}, {item: 2}][item > 1] => [{item: 2}]
    [{a: 1}, {b: 2}].a => [1, null]
    [{n: "x", d: 5}, {n: "y"}][d = 5] => [{n: "x", d: 5}]
    [{a: 1}, {a: null}, {}][a = null] => [{a: null}, {}]
    {d: 1, r: [{n: "x", d: 5}, {n: "y"}][d = 1]}.r => [{n: "y"}]
    {a: {b: 2}}.a.b => 2
    {a: 1}.b => null
    {a b: 1}.a b => 1
    {a: 1, b: a + 1}.b => 2
    {a: 1, a: 2} => null
    @"2025-03-31".weekday => 1
    @"2025-03-31T10:20:30@Europe/Paris".time offset => PT2H
    @"2025-03-31T10:20:30@Europe/Paris".timezone => "Europe/Paris"
    @"10:20:30".time offset => null
    @"-P1DT2H".hours => -2
    @"P14M".years => 1
    [1..5).end included => false
    (> 5).start => 5
    "abc".length => null
  `);
});

describe("iteration", () => {
  values(`
    for i in 1..3 return i * 2 => [2, 4, 6]
    for i in 3..1 return i => [3, 2, 1]
    for i in (1..4) return i => [2, 3]
    for i in [2..2] return i => [2]
    for i in [3..1] return i => null
    for d in [@"2025-02-01"..@"2025-01-31"] return d => null
    some i in [3..1] satisfies i = 2 => null
    {up: 1, range: [up..0], all: for i in range return i}.all => null
    for i in [1, 2], j in [10, 20] return i + j => [11, 21, 12, 22]
    for i in 1..3, j in 1..i return j => [1, 1, 2, 1, 2, 3]
    for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2] => [1, 1, 2, 3, 5]
    for i in 1..2 return partial => [[], [[]]]
    for d in @"2025-01-31"..@"2025-02-01" return d => [2025-01-31, 2025-02-01]
    for i in 1..1.5 return i => [1]
    for i in null return i => null
    for i in 5 return i => [5]
    for i in ["a".."c"] return i => null
  `);
});

describe("functions", () => {
  values(`
    (function(x) x + 1)(2) => 3
    (function(x: number) x)("a") => null
    (function(x: number) x)([1]) => 1
    (function(x: list<number>) x)(1) => [1]
    (function(x: list<number>) x)([[1]]) => [1]
    (function(x: list<list<number>>) x)([1]) => [[1]]
    (function(x: list<list<number>>) x)(1) => null
    (function(x: list<number>) x)([[1, 2]]) => [1, 2]
    (function(x: list<number>) x)([[1], [2]]) => null
    (function(x: number) x)([[1]]) => null
    (function(g: function<number>->number) g(3))(function(a) a + 1) => 4
    (function(g: function<number>->number) g(-3))(abs) => 3
    (function(g: function<number>->boolean) g(3))(odd) => true
    (function(g: function<number>->string) g(3))(odd) => null
    (function(g: function<number, number, number>->boolean) 1)(odd) => null
    (function(g: function<number, number, number>->number) g(1, 2, 3))(sum) => 6
    (function(g: function<string>->number) 1)(function(a: number) 1) => null
    (function(g: function<number>->number) 1)(function(a, b) 1) => null
    (function(x: date and time) x)(@"2020-01-01") => 2020-01-01T00:00:00Z
    (function(x: date) x)(@"2020-01-01T00:00:00Z") => null
    (function(x, y) x - y)(y: 1, x: 5) => 4
    (function(x) x)(1, 2) => null
    {f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r => 120
    (function(n) function(m) n + m)(1)(2) => 3
    for f in (for i in 1..3 return function() i) return f() => [1, 2, 3]
    abs(n: -1) => 1
    abs(number: -1) => null
    abs() => null
    null(1) => null
    (function(x) external {java: {class: "X"}})(1) => null
  `);
});

describe("instance of", () => {
  values(`
    1 instance of number => true
    null instance of number => false
    null instance of Any => false
    null instance of Null => true
    [1, 2] instance of list<number> => true
    [1, "a"] instance of list<number> => false
    {a: 1} instance of context<a: number> => true
    {a: 1} instance of context<a: number, b: string> => false
    [1..2] instance of range<number> => true
    @"P1D" instance of days and time duration => true
    @"P1D" instance of years and months duration => false
    (function(x: number) "a") instance of function<number>->string => true
    odd instance of function<number>->boolean => true
    odd instance of function<number>->string => false
    odd instance of function<number, number>->boolean => false
    (function(x) x) instance of function<number>->number => true
    1 instance of unheard of => null
  `);
});
