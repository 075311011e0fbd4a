import { describe, expect, it } from "vitest";
import { type Parser, remembering } from "#infra/local/dynamodb/expression-cache.ts";

type Context = Parameters<Parser["parse"]>[1]["context"];

/** Parses `#name = :value` and counts how often it was asked. */
function countingParser() {
  let calls = 0;
  const parse: Parser["parse"] = (text, { context }) => {
    calls += 1;
    const [name = "", value = ""] = text.split(" = ");
    delete context.unusedAttrNames[name];
    delete context.unusedAttrVals[value];
    return { type: "=", args: [[context.attrNames?.[name]], context.attrVals?.[value]] };
  };
  return { parse: remembering(parse), calls: () => calls };
}

const contextOf = (attribute: string, value: object): Context => ({
  attrNames: { "#a": attribute },
  attrVals: { ":v": value },
  unusedAttrNames: { "#a": true },
  unusedAttrVals: { ":v": true },
});

describe("an expression parsed before", () => {
  it("is given the values of the new request, and its placeholders count as used", () => {
    const { parse, calls } = countingParser();
    parse("#a = :v", { context: contextOf("name", { S: "first" }) });
    const context = contextOf("name", { S: "second" });
    expect(parse("#a = :v", { context })).toEqual({ type: "=", args: [["name"], { S: "second" }] });
    expect([context.unusedAttrNames, context.unusedAttrVals]).toEqual([{}, {}]);
    expect(calls()).toBe(1);
  });

  it("is not changed by what is done to the tree it gave", () => {
    const { parse } = countingParser();
    const context = () => contextOf("name", { S: "x" });
    Object.assign(Object(parse("#a = :v", { context: context() })), { type: "<" });
    Object.assign(Object(parse("#a = :v", { context: context() })), { type: "<" });
    expect(parse("#a = :v", { context: context() })).toMatchObject({ type: "=" });
  });

  it("is parsed again for other names and for values of another type", () => {
    const { parse, calls } = countingParser();
    parse("#a = :v", { context: contextOf("name", { S: "1" }) });
    expect(parse("#a = :v", { context: contextOf("other", { S: "1" }) })).toMatchObject({
      args: [["other"], { S: "1" }],
    });
    parse("#a = :v", { context: contextOf("name", { N: "1" }) });
    expect(calls()).toBe(3);
  });
});

describe("an expression whose check reads the values", () => {
  it.each(["#a BETWEEN :v", "attribute_type(#a, :v)"])("is parsed each time: %s", (text) => {
    const { parse, calls } = countingParser();
    parse(text, { context: contextOf("name", { S: "1" }) });
    parse(text, { context: contextOf("name", { S: "2" }) });
    expect(calls()).toBe(2);
  });
});
