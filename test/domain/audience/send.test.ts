import { describe, expect, it } from "vitest";
import { stretchOf } from "#domain/audience/pace.ts";
import { countedDecision, earliestFor, sendCounts } from "#domain/audience/send.ts";
import { newState } from "#domain/customer/state.ts";
import type { Decision } from "#domain/records/decision.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const at = (iso: string): number => Date.parse(iso);
const living = (zone: string) => ({
  ...newState("cus_1", "2026-01-01T00:00:00.000Z"),
  traits: { timeZone: { value: zone, at: "2026-01-01T00:00:00.000Z" } },
});

describe("each one's own hour", () => {
  it.each([
    ["is today where it is to come", "Europe/Berlin", "2026-11-21T10:00:00Z", "2026-11-21T17:00:00Z"],
    ["is tomorrow where it is over", "Asia/Tokyo", "2026-11-21T10:00:00Z", "2026-11-22T09:00:00Z"],
    [
      "goes by the clock on the wall as it goes back",
      "Europe/Berlin",
      "2026-10-24T20:00:00Z",
      "2026-10-25T17:00:00Z",
    ],
    ["and as it goes forward", "Europe/Berlin", "2026-03-28T20:00:00Z", "2026-03-29T16:00:00Z"],
    ["is the brand's where nobody knows better", "nowhere", "2026-11-21T10:00:00Z", "2026-11-21T18:00:00Z"],
  ])("%s", async (_what, zone, now, then) => {
    const playbook = await testPlaybook();
    const moment = earliestFor({ hour: "18:00" }, living(zone) as never, playbook, at(now));
    expect(moment).toBe(at(then));
  });

  it("is none where nobody asked for it", async () => {
    expect(earliestFor({}, living("UTC") as never, await testPlaybook(), 0)).toBeUndefined();
  });
});

describe("what is counted of a send", () => {
  const decision = (more: object) => ({ actions: [], rejected: [], ...more }) as unknown as Decision;

  it("is each customer once: their message by its channel, or why there is none, policy before rules", async () => {
    const playbook = await testPlaybook({});
    const rejected = [
      { stage: "eligibility", reason: "rule" },
      { stage: "policy", reason: "cap" },
    ];
    expect(sendCounts(countedDecision(decision({ rejected }), playbook))).toEqual({
      total: 1,
      decided: 1,
      sent: 0,
      refused: { cap: 1 },
      channels: {},
      cost: 0,
    });
    expect(sendCounts(countedDecision(decision({}), playbook)).refused).toEqual({ "nothing-to-say": 1 });
    expect(
      sendCounts(countedDecision(decision({ actions: [{ channel: "email" }] }), playbook)),
    ).toMatchObject({
      sent: 1,
      refused: {},
      channels: { email: 1 },
    });
  });
});

describe("a rate", () => {
  it.each([
    [
      { rate: 100, slices: 1 },
      { customers: 1_000, ms: 10_000 },
    ],
    [
      { rate: 100, slices: 4 },
      { customers: 250, ms: 10_000 },
    ],
    [
      { rate: 0.01, slices: 1 },
      { customers: 1, ms: 100_000 },
    ],
  ])("of %o is kept in stretches", (job, stretch) => {
    expect(stretchOf(job)).toEqual(stretch);
  });
});
