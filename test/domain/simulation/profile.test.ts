import { describe, expect, it } from "vitest";
import type { ComputedTrait } from "#domain/playbook/model/data-model.ts";
import { type ProfileToTry, recordOfProfile } from "#domain/simulation/profile.ts";
import type { JsonObject } from "#kernel/json.ts";
import { action, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const WEEK = 7 * 86_400_000;
const trait = (name: string, kind: ComputedTrait["kind"], windowMs?: number): ComputedTrait => ({
  name,
  kind,
  event: "Seen",
  type: "any",
  ...(kind === "count" ? {} : { property: "value" }),
  ...(windowMs === undefined ? {} : { windowMs }),
});
const live = playbookOf({
  dataModel: {
    identifiers: [],
    traits: [{ name: "tier", type: "string" }],
    computed: [
      trait("times", "count"),
      trait("spent", "sum"),
      trait("latest", "last"),
      trait("kinds", "distinct"),
      trait("weekly", "count", WEEK),
    ],
    events: [{ name: "Seen", properties: { value: "any" } }],
  },
  segments: [
    { name: "gold", condition: 'customer.tier = "gold"' },
    { name: "often", condition: "customer.weekly > 3" },
    { name: "known", condition: "customer.tier != null" },
  ],
  actions: [action("cart")],
});
const recordOf = (profile: ProfileToTry, index = 0, simulationId = "sim_1") =>
  recordOfProfile(profile, live, { simulationId, index, placement: "trigger.cart", now: NOON });
const stateOf = (profile: ProfileToTry) => recordOf(profile).state;
const computedOf = (computed: JsonObject) => stateOf({ computed })?.computed ?? {};

describe("a made-up customer", () => {
  it.each([
    ["a count", { times: 3 }, "times", { n: 3 }],
    ["a count that is no number", { times: "three" }, "times", { n: 0 }],
    ["a sum", { spent: 2.5 }, "spent", { sum: "2500000" }],
    ["a sum that is no number", { spent: "much" }, "spent", {}],
    ["a last value", { latest: "x" }, "latest", { value: "x", at: iso(NOON), by: "" }],
    ["a last value that is empty", { latest: "" }, "latest", { value: "", at: iso(NOON), by: "" }],
  ])("has %s as if one event had brought it", (_what, computed, name, all) => {
    expect(computedOf(computed)).toEqual({ [name]: { of: expect.any(String), all } });
  });

  it("has counted each value of a list once", () => {
    const kept = (kinds: JsonObject[string]) => computedOf({ kinds }).kinds?.all?.values;
    expect(kept(["tea", "mate", "tea"])).toHaveLength(2);
    expect(kept("tea")).toEqual(kept(["tea"]));
    expect(kept([])).toEqual([]);
  });

  it("has counted in a window what it is said to have counted", () => {
    expect(Object.values(computedOf({ weekly: 4 }).weekly?.buckets ?? {})).toEqual([{ n: 4 }]);
    expect(computedOf({ weekly: 4 }).weekly).not.toHaveProperty("all");
  });

  it("has counted nothing else", () => {
    expect(computedOf({ times: null, "not declared": 1 })).toEqual({});
  });

  it("is in the segments whose condition holds, or in those that are named", () => {
    const segmentsOf = (profile: ProfileToTry) => stateOf(profile)?.segments;
    expect(segmentsOf({ traits: { tier: "gold" } })).toEqual(["gold", "known"]);
    expect(segmentsOf({ computed: { weekly: 3 } })).toEqual([]);
    expect(segmentsOf({ computed: { weekly: 4 } })).toEqual(["often"]);
    expect(segmentsOf({ traits: { tier: "gold" }, segments: ["often"] })).toEqual(["often"]);
    expect(segmentsOf({ traits: { tier: "gold" }, segments: [] })).toEqual([]);
  });

  it("can be reached on every channel that the playbook sends on, and has agreed there, unless told otherwise", () => {
    const agreed = { topic: "*", status: "granted", kind: "express", at: "1970-01-01T00:00:00.000Z" };
    const active = (channel: string) => ({ channel, status: "active" });
    expect(stateOf({})).toMatchObject({
      addresses: [active("email"), active("sms")],
      consent: [
        { ...agreed, channel: "email" },
        { ...agreed, channel: "sms" },
      ],
    });
    expect(stateOf({ channels: ["sms"] })).toMatchObject({
      addresses: [active("sms")],
      consent: [{ ...agreed, channel: "sms" }],
    });
    expect(stateOf({ consent: [] })).toMatchObject({
      addresses: [active("email"), active("sms")],
      consent: [],
    });
  });

  it("has refused, agreed, or agreed by a public key alone", () => {
    const said = (status: "withdrawn" | "granted" | "pending") =>
      stateOf({ consent: [{ channel: "email", topic: "*", status, kind: "express" }] })?.consent;
    expect(said("granted")).toEqual([expect.objectContaining({ status: "granted" })]);
    expect(said("granted")?.[0]).not.toHaveProperty("standing");
    expect(said("withdrawn")).toEqual([expect.objectContaining({ status: "withdrawn" })]);
    expect(said("pending")).toEqual([expect.objectContaining({ status: "granted", standing: "public" })]);
  });

  it("comes with the context and the event that were given, whole, and with nothing else", () => {
    const context = { page: { path: "/tea" } };
    const event = { name: "Seen", properties: { value: 1 } };
    expect(recordOf({ context, event }).request).toMatchObject({
      context,
      event: { ...event, at: iso(NOON) },
    });
    expect(recordOf({}).request).not.toHaveProperty("context");
    expect(recordOf({}).request).not.toHaveProperty("event");
  });

  it("is the same whenever it is made for the same place of the same simulation", () => {
    const names = ({ customerId, decisionId }: ReturnType<typeof recordOf>) => [customerId, decisionId];
    expect(recordOf({})).toEqual(recordOf({}));
    expect(names(recordOf({}, 1))).not.toEqual(names(recordOf({})));
    expect(names(recordOf({}, 0, "sim_2"))).not.toEqual(names(recordOf({})));
    expect(recordOf({})).toMatchObject({ now: NOON, state: { createdAt: iso(NOON) } });
  });
});
