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

describe("an event pattern", () => {
  it.each(cases)("given %s, answers as EventBridge does", (_, pattern, expected) => {
    expect(compilePattern(pattern)(event)).toBe(expected);
  });

  it.each([[{ near: "x" }], [{ numeric: ["~", 1] }], [{ cidr: "10.0.0/99" }]] as Json[][])(
    "refuses %j when it is compiled, not when it is used",
    (term) => {
      expect(() => compilePattern({ source: [term as Json] })).toThrow(PatternError);
    },
  );
});
