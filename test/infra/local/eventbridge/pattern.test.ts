import { describe, expect, it } from "vitest";
import { compileInput } from "../../../../infra/local/eventbridge/input.ts";
import { compilePattern } from "../../../../infra/local/eventbridge/pattern.ts";
import type { JsonObject } from "../../../../infra/local/json.ts";

const EVENT: JsonObject = {
  source: "shop",
  "detail-type": "Order Placed",
  resources: ["arn:one", "arn:two"],
  detail: {
    total: 25.5,
    mail: "Ada@Example.com",
    ip: "10.1.2.3",
    paid: true,
    note: null,
    none: [],
    path: "a/b/c.txt",
    items: [
      { sku: "x", count: 1 },
      { sku: "y", count: 5 },
    ],
  },
};
const matches = (pattern: JsonObject): boolean => compilePattern(pattern)(EVENT);
const detail = (field: string, ...matchers: JsonObject[string][]): boolean =>
  matches({ detail: { [field]: matchers } });

describe("an event pattern", () => {
  it("matches exact values of any type, and lists by one member", () => {
    expect(
      matches({ source: ["other", "shop"], detail: { paid: [true], note: [null], total: [25.5] } }),
    ).toBe(true);
    expect(matches({ resources: ["arn:two"] })).toBe(true);
    expect(matches({ source: ["Shop"] })).toBe(false);
    expect(detail("total", "25.5")).toBe(false);
  });

  it("matches objects within a list", () => {
    expect(matches({ detail: { items: { sku: ["y"] } } })).toBe(true);
    expect(matches({ detail: { items: { sku: ["z"] } } })).toBe(false);
  });

  it.each<[string, string, JsonObject, boolean]>([
    ["prefix", "mail", { prefix: "Ada" }, true],
    ["prefix", "mail", { prefix: "ada" }, false],
    ["prefix ignoring case", "mail", { prefix: { "equals-ignore-case": "ada" } }, true],
    ["suffix", "path", { suffix: ".txt" }, true],
    ["suffix", "path", { suffix: ".csv" }, false],
    ["equals-ignore-case", "mail", { "equals-ignore-case": "ada@example.COM" }, true],
    ["wildcard", "path", { wildcard: "a/*/c.*" }, true],
    ["wildcard", "path", { wildcard: "a/*.csv" }, false],
    ["numeric", "total", { numeric: [">", 10, "<=", 25.5] }, true],
    ["numeric", "total", { numeric: ["<", 10] }, false],
    ["numeric on text", "mail", { numeric: [">", 0] }, false],
    ["exists", "note", { exists: true }, true],
    ["exists", "missing", { exists: true }, false],
    ["exists false", "missing", { exists: false }, true],
    ["cidr", "ip", { cidr: "10.0.0.0/8" }, true],
    ["cidr", "ip", { cidr: "10.2.0.0/16" }, false],
    ["anything-but", "mail", { "anything-but": ["bob", "eve"] }, true],
    ["anything-but", "total", { "anything-but": 25.5 }, false],
    ["anything-but prefix", "mail", { "anything-but": { prefix: "Ada" } }, false],
    ["anything-but on what is missing", "missing", { "anything-but": "x" }, false],
  ])("knows %s", (_name, field, matcher, expected) => {
    expect(detail(field, matcher)).toBe(expected);
  });

  it("takes alternatives with $or", () => {
    expect(matches({ detail: { $or: [{ paid: [false] }, { total: [{ numeric: [">", 20] }] }] } })).toBe(true);
    expect(matches({ detail: { $or: [{ paid: [false] }, { mail: ["x"] }] } })).toBe(false);
  });

  it("with an unknown operator is refused when it is read", () => {
    expect(() => compilePattern({ source: [{ regex: ".*" }] })).toThrow("unknown operator regex");
  });
});

describe("a target's input", () => {
  it("is the event, a part of it, a constant or a filled template", () => {
    expect(JSON.parse(compileInput({})(EVENT))).toEqual(EVENT);
    expect(compileInput({ InputPath: "$.detail.items[1].sku" })(EVENT)).toBe('"y"');
    expect(compileInput({ Input: '{"a":1}' })(EVENT)).toBe('{"a":1}');
    const transformer = { InputPathsMap: { total: "$.detail.total", mail: "$.detail.mail" } };
    const object = compileInput({
      InputTransformer: { ...transformer, InputTemplate: '{"total": <total>, "to": "<mail>"}' },
    });
    expect(JSON.parse(object(EVENT))).toEqual({ total: 25.5, to: "Ada@Example.com" });
    const text = compileInput({
      InputTransformer: { ...transformer, InputTemplate: '"<mail> paid <total>"' },
    });
    expect(text(EVENT)).toBe("Ada@Example.com paid 25.5");
  });
});
