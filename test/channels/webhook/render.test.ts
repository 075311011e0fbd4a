import { describe, expect, it } from "vitest";
import { render } from "#channels/webhook/render.ts";
import { rendererOf } from "../../support/sending/render.ts";

const webhook = rendererOf("webhook", render, { addresses: ["slack:U:1"] });

describe("a message to another system", () => {
  it("is a text and what goes beside it, to whom the system knows by that name", () => {
    const content = { text: " Hi {{ customer.name }} ", data: { sku: "{{ data.sku }}", n: 3 } };
    expect(webhook(content, { customer: { name: "Ada" }, data: { sku: "T-1" } })).toEqual({
      to: "U:1",
      text: "Hi Ada",
      data: { sku: "T-1", n: "3" },
    });
  });

  it("is refused without a text, with too much of it, or to nobody of a system's", () => {
    expect(() => webhook({})).toThrow(/text: is empty/);
    expect(() => webhook({ text: "x".repeat(16_001) })).toThrow(/16000/);
    expect(() => webhook({ text: "Hi", data: { a: "x".repeat(16_001) } })).toThrow(/data: /);
    expect(() => webhook({ text: "Hi", data: "x" })).toThrow(/data: expected/);
    expect(() => webhook({ text: "Hi" }, { addresses: ["U1"] })).toThrow(/recipient/);
  });
});
