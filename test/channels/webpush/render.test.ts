import { describe, expect, it } from "vitest";
import { EXAMPLE } from "#channels/webpush/message.ts";
import { render } from "#channels/webpush/render.ts";
import { rendererOf } from "../../support/sending/render.ts";

const address = EXAMPLE.browsers[0]?.address ?? "";
const webpush = rendererOf("webpush", render, { addresses: [address] });

describe("a browser's notification", () => {
  it("is rendered for each of the customer's browsers", () => {
    const content = {
      title: "Hi {{ customer.name }}",
      body: "There",
      url: "https://shop.example/cart",
      image: "https://i.example/x.png",
      data: { sku: "T-1" },
    };
    const wanted = { ...EXAMPLE, notification: { ...EXAMPLE.notification, title: "Hi Ada" } };
    expect(webpush(content, { customer: { name: "Ada" } })).toEqual(wanted);
  });

  it("leaves out an address that would run code, and is refused where it is too long or goes nowhere", () => {
    const { notification } = webpush({ title: "a", body: "b", url: "javascript:alert(1)" });
    expect(notification).toEqual({ title: "a", body: "b", data: {} });
    expect(() => webpush({ title: "a" })).toThrow(/body/);
    expect(() => webpush({ title: "a", body: "x".repeat(4_000) })).toThrow(/at most 3993/);
    expect(() => webpush({ title: "a", body: "b" }, { addresses: ["nowhere"] })).toThrow(/subscription/);
  });
});
