import { describe, expect, it } from "vitest";
import { recordedConversion, recordedOutcome, shownActions } from "#domain/outcome/recorded.ts";
import type { Contact } from "#domain/records/permission.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";

const LEARNING = {
  outcomes: { clicked: 0.2 },
  conversions: { "Order Completed": 1 },
  windowMs: 2 * 86_400_000,
  impressions: "answered",
} as const;
const outcome = (properties: Record<string, string | boolean>) =>
  ({ id: "evt_1", type: "outcome", at: "2026-03-11T11:00:00.000Z", properties }) as const;
const clicked = { decisionId: "dec_1", action: "tea", outcome: "clicked" };

describe("an outcome that came in as an event", () => {
  it("is told to the models under one id, however often", () => {
    const told = recordedOutcome(outcome(clicked), LEARNING);
    expect(told?.detail).toMatchObject({ v: 1, eventId: "evt_1", ...clicked });
    expect(OutcomeRecorded.schema.safeParse(told?.detail).success).toBe(true);
    expect(recordedOutcome(outcome(clicked), LEARNING)).toEqual(told);
  });
  it("is told when it says that a message was sent", () => {
    expect(recordedOutcome(outcome({ ...clicked, outcome: "sent" }), LEARNING)).not.toBeNull();
  });
  it.each([
    ["the playbook learns nothing", clicked, undefined],
    ["the playbook does not name it", { ...clicked, outcome: "opened" }, LEARNING],
    ["no decision stands behind it", { action: "tea", outcome: "clicked" }, LEARNING],
    ["a machine did it", { ...clicked, machine: true }, LEARNING],
  ])("is not told when %s", (_why, properties, learning) => {
    expect(recordedOutcome(outcome(properties), learning)).toBeNull();
  });
});

const contact = (at: string, decisionId: string): Contact => ({
  id: `msg_${at}`,
  at,
  channel: "email",
  category: "marketing",
  action: `action of ${decisionId}`,
  treatment: "t",
  kind: "message",
  decisionId,
});
const CONTACTS = [
  contact("2026-03-08T11:00:00.000Z", "dec_old"),
  contact("2026-03-10T11:00:00.000Z", "dec_last"),
  contact("2026-03-12T11:00:00.000Z", "dec_later"),
];
const order = {
  id: "evt_9",
  name: "Order Completed",
  type: "track",
  at: "2026-03-11T11:00:00.000Z",
  imported: false,
} as const;

describe("a conversion event", () => {
  it("is owed to the last contact before it", () => {
    expect(recordedConversion(order, CONTACTS, LEARNING)?.detail).toMatchObject({
      decisionId: "dec_last",
      action: "action of dec_last",
      outcome: "Order Completed",
    });
  });
  it("is owed to nobody after the window, before any contact, when imported, or unnamed", () => {
    expect(recordedConversion({ ...order, at: "2026-03-16T11:00:00.000Z" }, CONTACTS, LEARNING)).toBeNull();
    expect(recordedConversion({ ...order, at: "2026-03-01T11:00:00.000Z" }, CONTACTS, LEARNING)).toBeNull();
    expect(recordedConversion({ ...order, imported: true }, CONTACTS, LEARNING)).toBeNull();
    expect(recordedConversion({ ...order, name: "Page" }, CONTACTS, LEARNING)).toBeNull();
  });
});

describe("an answer", () => {
  const decision = {
    decisionId: "dec_1",
    customerId: null,
    placement: "web",
    playbook: "pb",
    at: order.at,
    dryRun: false,
    depth: 0,
    actions: ["tea", "cake"].map((action, index) => ({
      action,
      treatment: action,
      rank: index + 1,
      score: 1,
      propensity: 0.5,
      value: 1,
      reasons: [],
      probability: 1,
    })),
    rejected: [],
    checks: [],
  };
  it("counts as shown at once, unless it is a trial run or the playbook waits for a report", () => {
    expect(shownActions(decision, LEARNING).map(({ detail }) => detail.action)).toEqual(["tea", "cake"]);
    expect(shownActions({ ...decision, dryRun: true }, LEARNING)).toEqual([]);
    expect(shownActions(decision, { ...LEARNING, impressions: "reported" })).toEqual([]);
  });
});
