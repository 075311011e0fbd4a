import { describe, expect, it } from "vitest";
import { decisionOutcome, type ReportedOutcome } from "#domain/outcome/decision-outcome.ts";
import type { Decision } from "#domain/records/decision.ts";

const plain = {
  action: "tea",
  treatment: "tea-mail",
  rank: 1,
  score: 1,
  propensity: 1,
  value: 1,
  reasons: [],
  probability: 1,
};
const decision: Decision = {
  decisionId: "dec_1",
  customerId: "cus_1",
  placement: "web.hero",
  playbook: "pb_1",
  at: "2026-03-12T10:00:00.000Z",
  dryRun: false,
  depth: 2,
  actions: [
    { ...plain, action: "cake", treatment: "cake-page" },
    { ...plain, channel: "email" },
  ],
  rejected: [],
  checks: [],
};
const ARRIVAL = { receivedAt: "2026-03-12T12:00:00.000Z", source: "api" };
const eventOf = (reported: Partial<ReportedOutcome> = {}, of: Partial<Decision> = {}, arrival = {}) =>
  decisionOutcome(
    { ...decision, ...of },
    { action: "tea", outcome: "clicked", ...reported },
    { ...ARRIVAL, ...arrival },
  );

describe("an outcome reported of a decision", () => {
  it("enters the inbox as an event of its customer, one step deeper, with what was chosen", () => {
    expect(eventOf({ value: 0 }, {}, { standing: "public" })).toEqual({
      id: eventOf()?.id,
      type: "outcome",
      name: "outcome.clicked",
      customerId: "cus_1",
      properties: {
        decisionId: "dec_1",
        action: "tea",
        outcome: "clicked",
        placement: "web.hero",
        treatment: "tea-mail",
        channel: "email",
        value: 0,
      },
      at: ARRIVAL.receivedAt,
      ...ARRIVAL,
      standing: "public",
      imported: false,
      depth: 3,
    });
  });

  it("leaves out what nobody said", () => {
    const properties = eventOf({ action: "cake" })?.properties;
    expect(properties).toMatchObject({ action: "cake", treatment: "cake-page" });
    expect(Object.keys(properties ?? {})).not.toContain("channel");
    expect(Object.keys(properties ?? {})).not.toContain("value");
    expect(Object.keys(eventOf({ action: "unknown" })?.properties ?? {})).not.toContain("treatment");
    expect(Object.keys(eventOf() ?? {})).not.toContain("standing");
  });

  it.each([
    ["before the decision", "2026-03-12T09:00:00.000Z", decision.at],
    ["between", "2026-03-12T11:00:00.000Z", "2026-03-12T11:00:00.000Z"],
    ["after its arrival", "2026-03-13T00:00:00.000Z", ARRIVAL.receivedAt],
  ])("that is dated %s happened between decision and arrival", (_when, at, kept) => {
    expect(eventOf({ at })?.at).toBe(kept);
  });

  it("is the same event when it is told twice, and another at another time", () => {
    const [at, later] = ["2026-03-12T11:00:00.000Z", "2026-03-12T11:00:01.000Z"];
    expect(eventOf({ at })?.id).toBe(eventOf({ at }, {}, { receivedAt: "2026-03-12T13:00:00.000Z" })?.id);
    expect(new Set([eventOf()?.id, eventOf({ at })?.id, eventOf({ at: later })?.id]).size).toBe(3);
  });

  it.each([
    ["userId:u:1", { userId: "u:1" }],
    ["anonymousId:a-1", { anonymousId: "a-1" }],
    ["email:a@b.example", { identifiers: [{ type: "email", value: "a@b.example" }] }],
  ])("is about %s where the decision knew no customer", (ref, subject) => {
    const event = eventOf({}, { customerId: null, ref });
    expect(event).toMatchObject(subject);
    expect(event).not.toHaveProperty("customerId");
  });

  it("has no place where the decision named nobody", () => {
    expect(eventOf({}, { customerId: null })).toBeNull();
  });
});
