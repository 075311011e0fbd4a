import { describe, expect, it } from "vitest";
import { isVisitor } from "#domain/identity/visitor.ts";

const identifiers = (...types: string[]) => types.map((type) => ({ type, value: `${type} 1` }));
const address = (channel: string, value: string) => ({ channel, value, status: "active" as const, at: "" });

describe("a visitor whom nobody knows", () => {
  it("has what a browser or an app has of itself", () => {
    expect(isVisitor({ identifiers: identifiers("anonymousId"), addresses: [] })).toBe(true);
    const push = [address("push", "deviceToken 1")];
    expect(isVisitor({ identifiers: identifiers("anonymousId", "deviceToken"), addresses: push })).toBe(true);
  });

  it.each([["userId"], ["email"], ["phone"], ["loyaltyCard"]])("has no %s", (type) => {
    expect(isVisitor({ identifiers: identifiers("anonymousId", type), addresses: [] })).toBe(false);
  });

  it("has no address that is none of its own device's", () => {
    const mail = [address("email", "kim@example.com")];
    expect(isVisitor({ identifiers: identifiers("anonymousId"), addresses: mail })).toBe(false);
  });
});
