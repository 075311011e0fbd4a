import { describe, expect, it } from "vitest";
import {
  countedOutcome,
  recordedConversion,
  recordedOutcome,
  shownActions,
} from "#domain/outcome/recorded.ts";
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
  it("is told as anybody's word where a public key reported it, and as nobody's else", () => {
    const told = (standing?: "public") =>
      recordedOutcome({ ...outcome(clicked), ...(standing && { standing }) }, LEARNING)?.detail;
    expect(told("public")).toMatchObject({ standing: "public" });
    expect(told()).not.toHaveProperty("standing");
  });
  it("without an action is for the reports alone, which know a decision's only one", () => {
    const { action: _, ...nameless } = clicked;
    expect(recordedOutcome(outcome(nameless), LEARNING)).toBeNull();
    expect(countedOutcome(outcome(nameless))?.detail).not.toHaveProperty("action");
    expect(countedOutcome(outcome(clicked))?.detail).toMatchObject({ v: 1, eventId: "evt_1", ...clicked });
    expect(countedOutcome(outcome({ outcome: "clicked" }))).toBeNull();
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
    expect(recordedConversion({ ...order, type: "outcome" }, CONTACTS, LEARNING)).toBeNull();
    expect(recordedConversion(order, CONTACTS, undefined)).toBeNull();
  });
  it("is owed to a contact at either end of the window, and to the one told last of two at once", () => {
    const owed = (...at: string[]) =>
      recordedConversion(
        order,
        at.map((each, index) => contact(each, `dec_${index}`)),
        LEARNING,
      )?.detail.decisionId;
    expect(owed(order.at)).toBe("dec_0");
    expect(owed("2026-03-09T11:00:00.000Z")).toBe("dec_0");
    expect(owed("2026-03-09T10:59:59.999Z")).toBeUndefined();
    expect(owed("2026-03-10T11:00:00.000Z", "2026-03-10T11:00:00.000Z", "2026-03-09T11:00:00.000Z")).toBe(
      "dec_1",
    );
  });
  it("says its revenue, unless a public key told of it", () => {
    const paid = { ...order, properties: { revenue: 19.99 } };
    const told = (standing: "trusted" | "public") =>
      recordedConversion({ ...paid, standing }, CONTACTS, LEARNING)?.detail;
    expect(told("trusted")).toMatchObject({ value: 19.99 });
    expect(told("trusted")).not.toHaveProperty("standing");
    expect(told("public")).toMatchObject({ standing: "public" });
    expect(told("public")).not.toHaveProperty("value");
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
    expect(shownActions(decision, LEARNING)[0]?.detail).not.toHaveProperty("standing");
    expect(shownActions({ ...decision, dryRun: true }, LEARNING)).toEqual([]);
    expect(shownActions(decision, { ...LEARNING, impressions: "reported" })).toEqual([]);
  });
});
