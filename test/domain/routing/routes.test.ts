import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Route } from "#domain/playbook/model/routes.ts";
import { routesFor } from "#domain/routing/routes.ts";

const route = (provider: string, more: Partial<Route> = {}): Route => ({
  provider,
  account: "default",
  ...more,
});
const names = (routes: readonly Route[]) => routes.map(({ provider }) => provider);
const messages = Array.from({ length: 4_000 }, (_, index) => `msg_${index}`);

describe("the routes of a message", () => {
  it("come rank after rank", () => {
    const ranks = [[route("one")], [route("two")], [route("three")]];
    for (const messageId of messages.slice(0, 50)) {
      expect(names(routesFor(ranks, { messageId }))).toEqual(["one", "two", "three"]);
    }
  });

  it.each([
    ["+12025550123", ["us", "rest"]],
    ["+4915112345678", ["rest"]],
    ["+14165550123", ["us", "rest"]],
    ["nonsense", ["rest"]],
    [undefined, ["us", "rest"]],
  ])("to %s are those that lead there", (address, expected) => {
    const ranks = [[route("us", { countries: ["US", "CA"] })], [route("rest")]];
    expect(names(routesFor(ranks, { messageId: "m", address }))).toEqual(expected);
  });

  it("to an address that one account alone reaches go by that account", () => {
    const ranks = [
      [route("any")],
      [route("named", { account: "till" })],
      [route("other", { account: "robot" })],
    ];
    const accounts = routesFor(ranks, { messageId: "m", address: "till:1", owner: "till" });
    expect(accounts.map(({ provider, account }) => `${provider}/${account}`)).toEqual([
      "any/till",
      "named/till",
    ]);
    expect(routesFor([[route("other", { account: "robot" })]], { messageId: "m", owner: "till" })).toEqual(
      [],
    );
  });

  it("share a rank as their weights say, to a twentieth over some thousand messages", () => {
    const ranks = [[route("three", { weight: 3 }), route("one", { weight: 1 })]];
    const first = messages.filter((messageId) => routesFor(ranks, { messageId })[0]?.provider === "three");
    expect(Math.abs(first.length / messages.length - 0.75)).toBeLessThan(0.05);
  });

  it("move only the messages of a route that is taken away", () => {
    const all = [route("a", { weight: 1 }), route("b", { weight: 2 }), route("c", { weight: 1 })];
    for (const messageId of messages.slice(0, 500)) {
      const before = names(routesFor([all], { messageId }));
      const without = names(routesFor([all.slice(1)], { messageId }));
      expect(without).toEqual(before.filter((name) => name !== "a"));
    }
  });

  it("are the same for the same message, and each of them once", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.string(), weights, (messageId, given) => {
        const rank = given.map((weight, index) => route(`p${index}`, { weight }));
        const found = names(routesFor([rank], { messageId }));
        expect(names(routesFor([rank], { messageId }))).toEqual(found);
        expect([...found].sort()).toEqual(names(rank).sort());
      }),
    );
  });
});
