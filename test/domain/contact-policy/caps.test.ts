import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactTimes, isCapped, isFull } from "#domain/contact-policy/caps.ts";
import { coolDownsAfter, restUntil, withCoolDowns } from "#domain/contact-policy/cool-down.ts";
import { inHoldout } from "#domain/contact-policy/holdout.ts";
import type { Cap } from "#domain/playbook/model/contact-policy.ts";
import type { Contact } from "#domain/records/permission.ts";

const cap = (changes: Partial<Cap> = {}): Cap => ({
  name: "cap",
  max: 2,
  windowMs: 1_000,
  channels: [],
  categories: [],
  actions: [],
  ...changes,
});
const contact = (at: number, changes: Partial<Contact> = {}): Contact => ({
  id: "msg_1",
  at: new Date(at).toISOString(),
  channel: "email",
  category: "marketing",
  action: "cart",
  treatment: "cart",
  kind: "message",
  ...changes,
});

describe("a cap", () => {
  it("counts what its channels, categories and actions name", () => {
    expect(isCapped(cap(), contact(0))).toBe(true);
    expect(isCapped(cap({ channels: ["sms"] }), contact(0))).toBe(false);
    expect(isCapped(cap({ categories: ["service"] }), contact(0))).toBe(false);
    expect(isCapped(cap({ actions: ["cart"], channels: ["email"] }), contact(0))).toBe(true);
  });

  it("counts what pages show only when it names their channel", () => {
    const shown = contact(0, { channel: "web", kind: "impression" });
    expect(isCapped(cap(), shown)).toBe(false);
    expect(isCapped(cap({ channels: ["web"] }), shown)).toBe(true);
  });

  it("slides", () => {
    const times = contactTimes(cap(), [contact(100), contact(200)]);
    expect(isFull(cap(), times, 1_099)).toBe(true);
    expect(isFull(cap(), times, 1_100)).toBe(false);
  });

  it("counts contacts that are planned for later", () => {
    expect(isFull(cap(), [2_000, 2_100], 1_500)).toBe(true);
    expect(isFull(cap(), [2_000, 2_100], 1_101)).toBe(true);
    expect(isFull(cap(), [2_000, 2_100], 1_100)).toBe(false);
    expect(isFull(cap(), [2_500, 2_600], 1_500)).toBe(false);
  });

  it("is full where as many as it allows are at one moment, planned for it or past", () => {
    expect(isFull(cap(), [1_000, 1_000], 1_000)).toBe(true);
    expect(isFull(cap(), [1_000], 1_000)).toBe(false);
    expect(isFull(cap({ max: 0 }), [], 1_000)).toBe(true);
  });

  it("has room between two contacts that no window holds together with it", () => {
    expect(isFull(cap(), [100, 1_900], 1_000)).toBe(false);
    expect(isFull(cap(), [100, 1_100], 1_000)).toBe(false);
    expect(isFull(cap(), [100, 1_099], 1_000)).toBe(true);
    expect(isFull(cap(), [100, 1_900, 1_900], 1_000)).toBe(true);
    expect(isFull(cap({ max: 3 }), [100, 900, 1_900, 2_500], 1_000)).toBe(false);
  });

  it("refuses nothing that leaves every window within its maximum", () => {
    const planned = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        planned,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (times, at, max) => {
          const limit = cap({ max, windowMs: 10 });
          const taken: number[] = [];
          for (const time of times) if (!isFull(limit, taken, time)) taken.push(time);
          const all = [...taken, at];
          const fullest = Math.max(
            ...all.map((start) => all.filter((time) => time >= start && time < start + 10).length),
          );
          expect(isFull(limit, taken, at)).toBe(fullest > max);
        },
      ),
    );
  });

  it("never lets any window hold more than its maximum, whatever is asked and planned", () => {
    const asked = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        asked,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3_000 }),
        (times, max, windowMs) => {
          const limit = cap({ max, windowMs });
          const taken: number[] = [];
          for (const time of times) if (!isFull(limit, taken, time)) taken.push(time);
          for (const start of taken) {
            const inWindow = taken.filter((time) => time >= start && time < start + windowMs);
            expect(inWindow.length).toBeLessThanOrEqual(max);
          }
          expect(taken.length).toBeGreaterThanOrEqual(Math.min(times.length, 1));
        },
      ),
    );
  });
});

describe("a cool-down", () => {
  const policy = {
    categories: [],
    quietHours: [],
    caps: [],
    holdout: 0,
    coolDowns: [
      { outcome: "dismissed", forMs: 1_000, actions: [] },
      { outcome: "dismissed", forMs: 5_000, actions: ["upgrade"] },
    ],
  };
  const restAfter = (outcome: string, action: string) => coolDownsAfter(policy, { outcome, action, at: 0 });

  it("rests the action that was turned down, for the longest time that applies", () => {
    expect(restAfter("dismissed", "cart")).toEqual({ cart: "1970-01-01T00:00:01.000Z" });
    expect(restAfter("dismissed", "upgrade")).toEqual({ upgrade: "1970-01-01T00:00:05.000Z" });
    expect(restAfter("clicked", "cart")).toEqual({});
  });

  it("writes nothing when a later end is known", () => {
    const history = { version: 3, entries: [], coolDowns: { cart: "1970-01-02T00:00:00.000Z" } };
    expect(withCoolDowns(history, restAfter("dismissed", "cart"))).toBe(history);
    expect(withCoolDowns(history, { cart: "1970-01-02T00:00:00.000Z" })).toBe(history);
    expect(withCoolDowns(history, { cart: "1970-01-03T00:00:00.000Z" })).toMatchObject({ version: 4 });
  });
});

describe("the rest of an action after its outcomes in the profile", () => {
  const rule = (outcome: string, forMs: number, actions: readonly string[] = []) => ({
    outcome,
    forMs,
    actions,
  });
  const restOf = (coolDowns: readonly ReturnType<typeof rule>[], now = 0, action = "cart") =>
    restUntil(
      { categories: [], quietHours: [], caps: [], holdout: 0, coolDowns },
      { "dismissed|cart": iso(0), "complained|cart": iso(100) },
      action,
      iso(now),
    );
  const iso = (at: number) => new Date(at).toISOString();

  it("is the longest that a rule of the action asks for", () => {
    const rules = [
      rule("dismissed", 1_000),
      rule("complained", 2_000),
      rule("dismissed", 1_500),
      rule("sent", 9_000),
    ];
    expect(restOf(rules)).toEqual({ until: iso(2_100), outcome: "complained" });
    expect(restOf(rules.toReversed())).toEqual({ until: iso(2_100), outcome: "complained" });
    expect(
      restOf([rule("dismissed", 9_000, ["other"]), rule("dismissed", 1_000, ["other", "cart"])]),
    ).toEqual({
      until: iso(1_000),
      outcome: "dismissed",
    });
    expect(restOf(rules, 0, "other")).toBeNull();
  });

  it("names the first of two rules that end together, and is over at its end", () => {
    const rules = [rule("complained", 900), rule("dismissed", 1_000)];
    expect(restOf(rules, 999)).toEqual({ until: iso(1_000), outcome: "complained" });
    expect(restOf(rules, 1_000)).toBeNull();
  });
});

describe("the holdout", () => {
  it("is the declared share of customers, always the same ones", () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => `cus_${index}`);
    const held = ids.filter((id) => inHoldout(id, 0.1));
    // Three standard deviations of a binomial share of 20,000.
    expect(Math.abs(held.length / ids.length - 0.1)).toBeLessThan(3 * Math.sqrt((0.1 * 0.9) / ids.length));
    expect(held.every((id) => inHoldout(id, 0.1) && inHoldout(id, 0.2))).toBe(true);
    expect(ids.some((id) => inHoldout(id, 0))).toBe(false);
    expect(ids.every((id) => inHoldout(id, 1))).toBe(true);
  });
});
