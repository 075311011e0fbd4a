import { describe, expect, it } from "vitest";
import { compileInput } from "#infra/local/eventbridge/input.ts";
import type { JsonObject } from "#kernel/json.ts";

const EVENT: JsonObject = {
  source: "shop",
  detail: { total: 25.5, mail: "Ada@Example.com", items: [{ sku: "x" }, { sku: "y" }] },
};

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
