import { describe, expect, it } from "vitest";
import { compilePattern, PatternError } from "#domain/playbook/compile/event-pattern.ts";
import type { Json, JsonObject } from "#kernel/json.ts";

const event: JsonObject = {
  source: "aws.ses",
  "detail-type": "Email Bounced",
  resources: ["arn:aws:ses:eu-west-1:1:identity/shop"],
  detail: {
    ip: "10.0.3.4",
    size: 7,
    tags: [{ k: "lane", v: "bulk" }, { k: "x" }],
    note: null,
    none: [],
    path: "a/b*c.txt",
  },
};

const cases: [string, JsonObject, boolean][] = [
  ["an exact value among several", { source: ["aws.s3", "aws.ses"] }, true],
  ["another value", { source: ["aws.s3"] }, false],
  ["nested fields that all hold", { source: ["aws.ses"], detail: { size: [7] } }, true],
  ["nested fields of which one fails", { source: ["aws.ses"], detail: { size: [8] } }, false],
  ["a prefix", { "detail-type": [{ prefix: "Email" }] }, true],
  ["a prefix whatever the case", { "detail-type": [{ prefix: { "equals-ignore-case": "EMAIL" } }] }, true],
  ["a suffix", { "detail-type": [{ suffix: "Bounced" }] }, true],
  ["equality whatever the case", { "detail-type": [{ "equals-ignore-case": "email bounced" }] }, true],
  ["a wildcard", { resources: [{ wildcard: "arn:*:ses:*:identity/*" }] }, true],
  ["a wildcard that must not overlap itself", { source: [{ wildcard: "aws.ses*ses" }] }, false],
  ["anything but a value", { source: [{ "anything-but": "aws.s3" }] }, true],
  ["anything but a prefix", { source: [{ "anything-but": { prefix: "aws." } }] }, false],
  ["a numeric range", { detail: { size: [{ numeric: [">", 0, "<=", 7] }] } }, true],
  ["a numeric range that is missed", { detail: { size: [{ numeric: [">", 7] }] } }, false],
  ["existence", { detail: { size: [{ exists: true }], other: [{ exists: false }] } }, true],
  ["an address range", { detail: { ip: [{ cidr: "10.0.0.0/16" }] } }, true],
  ["an address outside a range", { detail: { ip: [{ cidr: "10.1.0.0/16" }] } }, false],
  ["null", { detail: { note: [null] } }, true],
  ["a field of objects in a list", { detail: { tags: { v: ["bulk"] } } }, true],
  ["a list of objects of which one has all fields", { detail: { tags: { k: ["lane"], v: ["bulk"] } } }, true],
  ["a list of objects of which none has all fields", { detail: { tags: { k: ["x"], v: ["bulk"] } } }, false],
  ["a member of a list", { resources: ["other", "arn:aws:ses:eu-west-1:1:identity/shop"] }, true],
  ["a number written as text", { detail: { size: ["7"] } }, false],
  ["an empty list, which does not exist", { detail: { none: [{ exists: false }] } }, true],
  ["a wildcard with a star that is meant", { detail: { path: [{ wildcard: "a/*\\*c.*" }] } }, true],
  [
    "a wildcard with a star that is meant and missing",
    { detail: { path: [{ wildcard: "a/b\\**\\*" }] } },
    false,
  ],
  ["anything but several values", { source: [{ "anything-but": ["aws.s3", "aws.ses"] }] }, false],
  ["anything but several prefixes", { source: [{ "anything-but": { prefix: ["x", "aws."] } }] }, false],
  ["anything but a suffix of a missing field", { other: [{ "anything-but": { suffix: "x" } }] }, false],
  ["a numeric comparison of text", { source: [{ numeric: [">", 0] }] }, false],
  [
    "either of two patterns of which none holds",
    { $or: [{ source: ["x"] }, { detail: { size: [8] } }] },
    false,
  ],
  ["either of two patterns", { $or: [{ source: ["x"] }, { detail: { size: [7] } }] }, true],
];

/** Whether `source` may be such a value by such a comparison. */
const answers = (term: Json, value: Json): boolean => compilePattern({ source: [term] })({ source: value });

describe("an event pattern", () => {
  it.each([
    ["aws.*ses", true],
    ["aws.s*.ses", false],
    ["x*ses", false],
    ["aws.*x", false],
    ["*aws*", true],
    ["*s*s*s*", true],
    ["*s*s*s*s*", false],
    ["*se*s", true],
    ["*es*es", false],
    ["aws.ses", true],
    ["aws.se", false],
  ])("finds the pieces of %s one after the other", (wildcard, expected) => {
    expect(answers({ wildcard }, "aws.ses")).toBe(expected);
  });

  it.each([
    ["=", [false, true, false]],
    ["<", [true, false, false]],
    ["<=", [true, true, false]],
    [">", [false, false, true]],
    [">=", [false, true, true]],
  ])("compares numbers by %s on both sides of the bound", (operator, expected) => {
    expect([6, 7, 8].map((value) => answers({ numeric: [operator, 7] }, value))).toEqual(expected);
  });

  it("holds numbers to every pair of a range", () => {
    const inRange = (value: number) => answers({ numeric: [">", 0, "<", 9, "<=", 7] }, value);
    expect([0, 1, 7, 8].map(inRange)).toEqual([false, true, true, false]);
  });

  it.each([
    ["10.0.3.0/24", { "10.0.3.0": true, "10.0.3.255": true, "10.0.2.255": false, "10.0.4.0": false }],
    ["10.0.3.4/31", { "10.0.3.4": true, "10.0.3.5": true, "10.0.3.6": false, "10.0.3.3": false }],
    ["10.0.3.4/32", { "10.0.3.4": true, "10.0.3.5": false }],
    ["0.0.0.0/0", { "255.255.255.255": true, "10.0.3": false, "10.0.3.4.5": false, "a.b.c.d": false }],
    ["10.0.0.0/16", { "10.0.3.256": false, "10.0.3.-1": false, "10.1.0.0": false }],
  ])("knows which addresses %s holds", (cidr, expected) => {
    const found = Object.keys(expected).map((address) => [address, answers({ cidr }, address)]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it.each([
    [{ exists: false }, "x", false],
    [{ exists: true }, [], false],
    [{ "anything-but": 7 }, 7, false],
    [{ "anything-but": 7 }, 8, true],
    [{ "equals-ignore-case": "AWS.ses" }, "aws.SES", true],
    [{ "equals-ignore-case": "aws.ses" }, "aws.s3", false],
    [{ suffix: { "equals-ignore-case": ".SES" } }, "aws.ses", true],
    [{ suffix: { "equals-ignore-case": ".ses" } }, "aws.sns", false],
    [{ prefix: "aws" }, "my.aws", false],
    [{ suffix: "aws" }, "aws.my", false],
    [{ prefix: "7" }, 7, false],
  ] as [Json, Json, boolean][])("given %j and %j answers %s", (term, value, expected) => {
    expect(answers(term, value)).toBe(expected);
  });

  it.each(cases)("given %s, answers as EventBridge does", (_, pattern, expected) => {
    expect(compilePattern(pattern)(event)).toBe(expected);
  });

  it.each([
    [{ near: "x" }],
    [{}],
    [{ prefix: "a", suffix: "b" }],
    [{ prefix: 7 }],
    [{ suffix: { wildcard: "a" } }],
    [{ "equals-ignore-case": 7 }],
    [{ wildcard: 7 }],
    [{ numeric: ["~", 1] }],
    [{ numeric: [">"] }],
    [{ numeric: [">", 1, "<"] }],
    [{ numeric: [">", "1"] }],
    [{ cidr: "10.0.0/99" }],
    [{ cidr: "10.0.0/8" }],
    [{ cidr: "10.0.0.0/33" }],
    [{ cidr: "10.0.0.0/-1" }],
    [{ cidr: "10.0.0.0/8.5" }],
    [{ cidr: 7 }],
  ] as Json[][])("refuses %j when it is compiled, not when it is used", (term) => {
    expect(() => compilePattern({ source: [term as Json] })).toThrow(PatternError);
  });
});
