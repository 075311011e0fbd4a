import { describe, expect, it } from "vitest";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { toLogRecord, toRecoveredRecord } from "#domain/decision-log/record.ts";
import { restoreRecord } from "#domain/decision-log/restore.ts";
import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import {
  action,
  address,
  consent,
  customer,
  decideFor,
  iso,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const playbook = playbookOf({
  actions: [action("cart"), action("gold", { eligible: ['customer.tier = "gold"'] })],
});
const logged = (input: Partial<DecideInput> = {}) => {
  const { decision, basis } = decideFor(playbook, input);
  return { decision, record: toLogRecord(decision, basis) };
};
const withState = (more: Partial<CustomerState>): CustomerRecord => {
  const record = customer();
  return { ...record, state: { ...record.state, ...more } };
};

describe("what the log says of how a decision was asked for", () => {
  it("is no more than was said", () => {
    expect(logged().record.request).toEqual({
      mode: "message",
      whereabouts: { zones: ["Europe/Berlin"], regions: [] },
    });
  });

  it.each<[keyof DecideInput, Partial<DecideInput>, unknown]>([
    ["channel", { channel: "email" }, "email"],
    ["trigger", { trigger: "cart" }, "cart"],
    ["eventId", { eventId: "evt_1" }, "evt_1"],
    ["anewOf", { anewOf: "dec_0" }, "dec_0"],
    ["depth", { depth: 0 }, 0],
    ["limit", { limit: 2 }, 2],
    ["skipsQuiet", { skipsQuiet: true }, true],
    ["notBefore", { notBefore: NOON + 1 }, NOON + 1],
    ["conversationId", { conversationId: "cnv_1" }, "cnv_1"],
    ["learntAt", { learntAt: 0 }, 0],
    ["evidence", { evidence: { cart: 1, gold: 2, other: 3 } }, { cart: 1, gold: 2 }],
    ["unavailable", { unavailable: new Map([["gold", "stock"]]) as never }, { gold: "stock" }],
    ["whereabouts", { whereabouts: { zones: ["UTC"], regions: ["x"] } }, { zones: ["UTC"], regions: ["x"] }],
  ])("holds %s", (name, input, expected) => {
    expect(logged(input).record.request).toMatchObject({ [name]: expected });
  });

  it("says nothing of quiet hours where they are kept, nor of a run", () => {
    const { request } = logged({ skipsQuiet: false, run: "ent_1" }).record;
    expect(request).not.toHaveProperty("skipsQuiet");
    expect(request).not.toHaveProperty("run");
  });
});

describe("what the log says of a customer", () => {
  const stateIn = (record: CustomerRecord, more: Partial<DecideInput> = {}) =>
    logged({ record, ...more }).record.state;

  it("is no more than is known", () => {
    expect(Object.keys(stateIn(customer()) ?? {}).sort()).toEqual(
      [
        "addresses",
        "computed",
        "consent",
        "contact",
        "counting",
        "createdAt",
        "segments",
        "traits",
        "updatedAt",
      ].sort(),
    );
  });

  it.each<[string, Partial<CustomerState>, object]>([
    ["segments by name", { segments: { b: iso(NOON), a: iso(NOON) } }, { segments: ["a", "b"] }],
    ["whom they were before", { absorbed: ["cus_0"] }, { oldestId: "cus_0" }],
    ["what is held for them", { holding: ["marketing"] }, { holding: ["marketing"] }],
    ["when they click", { hours: { email: { "9": 1 } } }, { hours: { email: { "9": 1 } } }],
  ])("holds %s", (_what, state, expected) => {
    expect(stateIn(withState(state))).toMatchObject(expected);
  });

  it("holds addresses without what they are, and those that bounce elsewhere as bounced", () => {
    const record = customer({
      addresses: [
        address("email", "a@example.com"),
        address("email", "b@example.com"),
        address("sms", "+1555", "bounced"),
      ],
    });
    const isSuppressed = (_channel: string, value: string) => value === "b@example.com";
    expect(stateIn(record, { isSuppressed })?.addresses).toEqual([
      { channel: "email", status: "active" },
      { channel: "email", status: "bounced" },
      { channel: "sms", status: "bounced" },
    ]);
  });

  it("leaves out where consent came from, unless a period of the playbook names it", () => {
    const sourced = consent("email", { source: "form" });
    expect(stateIn(customer({ consents: [sourced] }))?.consent[0]).not.toHaveProperty("source");
  });

  it("is nothing of nobody", () => {
    expect(logged({ record: null }).record).toMatchObject({ state: null, customerId: null });
  });
});

it("a decision whose record was lost is told without what it was decided on", () => {
  const { decision } = logged();
  expect(toRecoveredRecord(decision)).toEqual({
    v: 1,
    recovered: true,
    decisionId: "dec_1",
    customerId: "cus_1",
    now: NOON,
    request: { mode: "message" },
    state: null,
    draws: [],
    decision: expect.objectContaining({ decisionId: "dec_1" }),
  });
});

describe("a customer restored from the log", () => {
  const { record } = logged({ record: withState({ segments: { vip: iso(NOON) }, absorbed: ["cus_0"] }) });

  it("is nobody where the log holds no state or no customer", () => {
    expect(restoreRecord({ ...record, state: null })).toBeNull();
    expect(restoreRecord({ ...record, customerId: null })).toBeNull();
  });

  it("has what rules and policy read, and nothing else", () => {
    expect(restoreRecord(record)?.state).toMatchObject({
      customerId: "cus_1",
      version: 1,
      identifiers: [],
      segments: { vip: "2026-01-01T00:00:00.000Z" },
      addresses: [{ channel: "email", status: "active" }],
      absorbed: ["cus_0"],
      pending: [],
    });
    expect(restoreRecord(logged().record)?.state).toMatchObject({ absorbed: [] });
    expect(restoreRecord(logged().record)?.state).not.toHaveProperty("holding");
  });
});
