import { describe, expect, it } from "vitest";
import { mergeHours, mergeResponses, noteOutcome, responseAt } from "#domain/customer/responses.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { action, HOUR, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const playbook = playbookOf({
  actions: [
    action("trial"),
    action("machine", { requires: [{ action: "trial", outcome: "accepted" }] }),
    action("gold", { exclusive: "card" }),
  ],
  contactPolicy: { coolDowns: [{ outcome: "complained", forMs: HOUR, actions: [] }] },
});
type Memory = Pick<CustomerState, "responses" | "hours">;
const outcome = (name: string, actionName: string, at: number, properties = {}): CollectedEvent => ({
  id: `evt_${name}_${at}`,
  type: "outcome",
  name,
  properties: {
    action: actionName,
    outcome: name.slice(name.lastIndexOf(".") + 1),
    channel: "email",
    ...properties,
  },
  at: iso(at),
  receivedAt: iso(at),
  source: "rapport",
  imported: false,
  depth: 1,
});
const remembered = (events: readonly CollectedEvent[]): Memory => {
  let memory: Memory = {};
  for (const event of events) memory = { ...memory, ...noteOutcome(memory, event, playbook) };
  return memory;
};

describe("what a profile remembers of outcomes", () => {
  it("is when they were last, where a prerequisite, an exclusion or a cool-down asks for it", () => {
    const { responses = {} } = remembered([
      outcome("outcome.accepted", "trial", NOON),
      outcome("outcome.converted", "gold", NOON),
      outcome("message.complained", "trial", NOON),
      outcome("outcome.dismissed", "trial", NOON),
      outcome("outcome.accepted", "machine", NOON),
    ]);
    expect(Object.keys(responses)).toEqual(["accepted|trial", "complained|trial", "converted|gold"]);
    expect(responseAt(responses, "trial", "accepted")).toBe(iso(NOON));
    expect(responseAt(responses, "constructor", "toString")).toBeUndefined();
  });

  it("is the same in any order, and over a merge", () => {
    const events = [
      outcome("outcome.accepted", "trial", NOON),
      outcome("outcome.accepted", "trial", NOON - HOUR),
      outcome("message.clicked", "trial", NOON),
      outcome("message.clicked", "trial", NOON + 24 * HOUR),
      outcome("message.complained", "gold", NOON + HOUR),
    ];
    const all = remembered(events);
    expect(remembered(events.toReversed())).toEqual(all);
    for (let cut = 0; cut <= events.length; cut += 1) {
      const [left, right] = [remembered(events.slice(0, cut)), remembered(events.slice(cut))];
      expect(mergeResponses(left.responses ?? {}, right.responses ?? {})).toEqual(all.responses);
      expect(mergeHours(left.hours ?? {}, right.hours ?? {})).toEqual(all.hours);
    }
    expect(all.hours).toEqual({ email: { "11": 2 } });
  });

  it("counts no openings, no machines, and nothing that is no outcome", () => {
    expect(
      remembered([
        outcome("message.opened", "trial", NOON),
        outcome("message.clicked", "trial", NOON, { machine: true }),
        { ...outcome("message.clicked", "trial", NOON), type: "track" },
      ]),
    ).toEqual({});
  });

  it("stays small whatever is published", () => {
    const many = Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => [`accepted|a${index}`, iso(NOON + index)]),
    );
    const kept = mergeResponses(many, {});
    expect(Object.keys(kept)).toHaveLength(100);
    expect(kept["accepted|a149"]).toBeDefined();
    expect(kept["accepted|a0"]).toBeUndefined();
  });

  it("are the latest hundred, by name where two are of one moment, in one order whatever came first", () => {
    const many = (count: number, at: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, n) => [`accepted|a${String(n).padStart(3, "0")}`, iso(at)]),
      );
    const [early, late] = [many(101, NOON), { "accepted|z": iso(NOON + 1), "accepted|old": iso(NOON - 1) }];
    const merged = mergeResponses(early, late);
    expect(merged).toEqual(mergeResponses(late, early));
    expect(Object.keys(merged)).toEqual([...Object.keys(many(99, NOON)), "accepted|z"]);
    expect(Object.keys(mergeResponses(many(100, NOON), {}))).toHaveLength(100);
  });

  it("go by the event's own name where it says no outcome", () => {
    const { outcome: _, ...properties } = outcome("outcome.accepted", "trial", NOON).properties ?? {};
    const { responses } = remembered([{ ...outcome("outcome.accepted", "trial", NOON), properties }]);
    expect(responses).toEqual({ "accepted|trial": iso(NOON) });
  });
});
