import { describe, expect, it } from "vitest";
import {
  action,
  consent,
  contactAt,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
  rejectionOf,
} from "../../support/decisions/decision.ts";

describe("a decision for a trigger", () => {
  it("asks for one message, reserves the contact and records why", () => {
    const { decision, messages, contact } = decideFor(playbookOf({ actions: [action("cart")] }), {
      event: { name: "Cart Updated", at: iso(NOON - HOUR), properties: { total: 40 } },
      trigger: "cart",
      eventId: "evt_1",
      depth: 2,
    });
    expect(decision).toMatchObject({
      decisionId: "dec_1",
      customerId: "cus_1",
      placement: "trigger.cart",
      playbook: "v1",
      at: iso(NOON),
      trigger: "cart",
      rejected: [],
      checks: ["address", "suppression", "consent", "cool-down", "quiet-hours", "cap", "holdout"],
      actions: [
        {
          action: "cart",
          treatment: "cart",
          channel: "email",
          rank: 1,
          score: 5,
          propensity: 0.5,
          value: 10,
        },
      ],
    });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      customerId: "cus_1",
      decisionId: "dec_1",
      channel: "email",
      lane: "bulk",
      status: "requested",
      data: { total: 40 },
      event: { name: "Cart Updated", total: 40, properties: { total: 40 } },
      depth: 2,
    });
    expect(messages[0]?.sendAt).toBeUndefined();
    expect(contact).toMatchObject({
      version: 1,
      entries: [{ at: iso(NOON), action: "cart", kind: "message" }],
    });
  });

  it("does nothing, and says so, where the placement has no action", () => {
    const result = decideFor(playbookOf(), { placement: "trigger.unknown" });
    expect(result.decision.actions).toEqual([]);
    expect(result.messages).toEqual([]);
    expect(result.contact).toBeUndefined();
  });

  it("writes nothing on a dry run", () => {
    const result = decideFor(playbookOf({ actions: [action("cart")] }), { dryRun: true });
    expect(result.decision.actions).toHaveLength(1);
    expect(result).toMatchObject({ messages: [], decision: { dryRun: true } });
    expect(result.contact).toBeUndefined();
  });
});

describe("an answer to a page", () => {
  const hero = (overrides = {}) =>
    action("spring", {
      placements: ["web.home.hero"],
      treatments: [{ name: "banner", channel: "web", weight: 1, content: { headline: "Spring" } }],
      ...overrides,
    });
  const ask = (input = {}, policy = {}) =>
    decideFor(playbookOf({ actions: [hero()], contactPolicy: policy }), {
      placement: "web.home.hero",
      mode: "answer",
      ...input,
    });

  it("is given to somebody nobody knows, with its content", () => {
    const { decision, contact } = ask({ record: null, ref: "anonymousId:a1" });
    expect(decision).toMatchObject({
      customerId: null,
      ref: "anonymousId:a1",
      actions: [{ action: "spring", channel: "web", content: { headline: "Spring" } }],
    });
    expect(contact).toBeUndefined();
  });

  it("needs no consent, but heeds an objection", () => {
    expect(ask({ record: customer({ consents: [] }) }).decision.actions).toHaveLength(1);
    const objecting = customer({ consents: [consent("*", { topic: "marketing", status: "withdrawn" })] });
    expect(rejectionOf(ask({ record: objecting }), "spring")?.reason).toBe("consent");
  });

  it("never sends, and is not counted by caps on messages", () => {
    const cap = { name: "one a day", max: 1, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] };
    const contacts = [contactAt(NOON - HOUR)];
    const result = ask({ record: customer({ contacts }) }, { caps: [cap] });
    expect(result.decision.actions).toHaveLength(1);
    expect(result.messages).toEqual([]);
    expect(result.contact).toBeUndefined();
  });

  it("is counted by a cap that names its channel", () => {
    const cap = { name: "web", max: 1, windowMs: HOUR, channels: ["web"], categories: [], actions: [] };
    const first = ask({}, { caps: [cap] });
    expect(first.contact?.entries).toMatchObject([{ kind: "impression", channel: "web" }]);
    const record = { ...customer(), contact: first.contact ?? customer().contact };
    expect(rejectionOf(ask({ record }, { caps: [cap] }), "spring")).toMatchObject({
      reason: "cap",
      cause: { kind: "cap", name: "web" },
    });
  });
});
