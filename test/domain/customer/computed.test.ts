import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CountedEvent,
  countEvent,
  declareComputed,
  mergeComputed,
  readComputed,
} from "#domain/customer/computed/traits.ts";

import { newState } from "#domain/customer/state.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { Json } from "#kernel/json.ts";
import { minutesAgo, NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const DAY = 24 * 60;
/** Takes away what would refer to the declarations replaced here. */
const NO_RULES = {
  "segments.yaml": "{}\n",
  "triggers.yaml": "{}\n",
  "actions/welcome.yaml": null,
  "actions/cart-reminder.yaml": null,
  "actions/order-confirmation.yaml": null,
  "actions/hero.yaml": null,
  "templates/welcome/email.html": null,
  "templates/cart-reminder/email.html": null,
  "templates/cart-reminder/sms.txt": null,
  "templates/order-confirmation/email.html": null,
};
const playbook = await testPlaybook({
  "data-model.yaml": `
computed:
  times: { kind: count, event: Seen }
  spent: { kind: sum, event: Seen, property: value }
  least: { kind: min, event: Seen, property: value, type: number }
  most: { kind: max, event: Seen, property: value, type: number }
  first: { kind: first, event: Seen, property: value, type: any }
  last: { kind: last, event: Seen, property: value, type: any }
  kinds: { kind: distinct, event: Seen, property: value }
  weekTimes: { kind: count, event: Seen, window: P7D }
  weekSpent: { kind: sum, event: Seen, property: value, window: P7D }
  weekMost: { kind: max, event: Seen, property: value, type: number, window: P7D }
  weekLast: { kind: last, event: Seen, property: value, type: any, window: P7D }
  weekKinds: { kind: distinct, event: Seen, property: value, window: P7D }
  hourTimes: { kind: count, event: Seen, window: PT1H }
  deep: { kind: sum, event: Seen, property: cart.total }
events:
  Seen: { value: any, cart: context }
`,
  ...NO_RULES,
});

let sequence = 0;
const seen = (value: Json, minutes = 1, more: Record<string, Json> = {}): CountedEvent => {
  sequence += 1;
  return { id: `evt_${sequence}`, name: "Seen", at: minutesAgo(minutes), properties: { value, ...more } };
};
type Counted = Pick<CustomerState, "computed" | "counting">;
const nobody = (): Counted => declareComputed({ computed: {}, counting: [] }, playbook, minutesAgo(0));
const fromBirth = (): Counted => ({ computed: {}, counting: nobody().counting ?? [] });
const count = (events: readonly CountedEvent[], start: Counted = fromBirth()): Counted =>
  events.reduce(
    (counted, one) => countEvent(counted, one, { playbook, matches: () => true, now: NOW }),
    start,
  );
const read = (counted: Counted, name: string, now = NOW) => {
  const trait = playbook.computed.find((one) => one.name === name);
  if (trait === undefined) throw new Error(`${name} is not declared`);
  return readComputed(counted, trait, now);
};
const value = (counted: Counted, name: string, now = NOW) => read(counted, name, now).value;

describe("computed traits", () => {
  it("should say nothing happened before anything did", () => {
    const names = ["times", "spent", "least", "first", "kinds", "weekTimes", "weekKinds"];

    expect(names.map((name) => value(fromBirth(), name))).toEqual([0, 0, null, null, 0, 0, 0]);
  });

  it("should count, add, compare and order by event time, whatever the order of arrival", () => {
    const counted = count([seen(0.2, 5), seen(30, 9), seen(0.1, 1), seen("text", 3)]);

    expect(
      ["times", "spent", "least", "most", "first", "last", "kinds"].map((name) => value(counted, name)),
    ).toEqual([4, 30.3, 0.1, 30, 30, 0.1, 4]);
  });

  it("should leave out values of another kind than the trait's, in any order, and name the traits", () => {
    const values = [10, "19.99", 500, true, ["7"]];
    fc.assert(
      fc.property(fc.shuffledSubarray(values, { minLength: values.length }), (shuffled) => {
        const counted = count(shuffled.map((one) => seen(one)));
        expect(["most", "least", "spent", "times"].map((name) => value(counted, name))).toEqual([
          500, 10, 510, 5,
        ]);
      }),
    );
    const { leftOut } = countEvent(fromBirth(), seen("19.99"), { playbook, matches: () => true, now: NOW });
    expect(leftOut).toEqual(["spent", "least", "most", "weekSpent", "weekMost"]);
    const { leftOut: none } = countEvent(fromBirth(), seen(null), {
      playbook,
      matches: () => true,
      now: NOW,
    });
    expect(none).toEqual([]);
  });

  it("should let a number stand for a text that release 0.1 kept under `max`", () => {
    const of = fromBirth().counting?.[3] ?? "";
    const kept: Counted = { ...fromBirth(), computed: { most: { of, all: { value: "19.99" } } } };
    expect(value(count([seen(3)], kept), "most")).toBe(3);
  });

  it("should compare texts with texts where the trait says so, and dates among them", async () => {
    const dates = await testPlaybook({
      "data-model.yaml": `
computed:
  latest: { kind: max, event: Seen, property: day }
  any: { kind: max, event: Seen, property: value }
events:
  Seen: { day: date, value: any }
`,
      ...NO_RULES,
    });
    const days = [20260301, "2026-02-01", "2026-01-05"].map((day) => seen("b", 1, { day }));
    const counted = [...days, seen("a")].reduce<Counted>(
      (sum, one) => countEvent(sum, one, { playbook: dates, matches: () => true, now: NOW }),
      { computed: {} },
    );
    const [latest, any] = dates.computed;
    expect(latest && readComputed(counted, latest, NOW).value).toBe("2026-02-01");
    expect(any && readComputed(counted, any, NOW).value).toBe("b");
  });

  it("should reach into properties by a dotted path, and pass over what is not there", () => {
    const counted = count([seen(1, 1, { cart: { total: 12.5 } }), seen(1), seen(1, 1, { cart: 5 })]);

    expect(value(counted, "deep")).toBe(12.5);
  });

  it("should add decimal fractions exactly, in any order", () => {
    const amounts = fc.array(
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(amounts, (some) => {
        const cents = some.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
        const sum = value(count(some.map((amount) => seen(amount))), "spent");
        expect(sum).toBe(cents === 0 ? 0 : cents / 100);
      }),
    );
  });

  it("should count a window as it slides past, without any new event", () => {
    const counted = count([seen(1, 3 * DAY), seen(2, 6 * DAY), seen(9, 20 * DAY), seen(4, 10)]);
    const inDays = (days: number) => NOW + days * DAY * 60_000;

    expect(value(counted, "weekTimes")).toBe(3);
    expect(value(counted, "weekSpent")).toBe(7);
    expect(value(counted, "weekMost")).toBe(4);
    expect(value(counted, "weekLast", inDays(5))).toBe(4);
    expect(value(counted, "weekTimes", inDays(2))).toBe(2);
    expect(value(counted, "weekTimes", inDays(5))).toBe(1);
    expect(value(counted, "weekKinds", inDays(5))).toBe(1);
    expect(value(counted, "weekTimes", inDays(8))).toBe(0);
    expect(value(counted, "times", inDays(8))).toBe(4);
    expect(value(counted, "hourTimes")).toBe(1);
  });

  it("should keep few buckets however many events a window holds", () => {
    const counted = count(Array.from({ length: 500 }, (_, index) => seen(index % 7, index * 20)));

    expect(value(counted, "weekTimes")).toBe(500);
    expect(Object.keys(counted.computed.weekTimes?.buckets ?? {}).length).toBeLessThanOrEqual(60);
  });

  it.each(["kinds", "weekKinds"])("should count %s exactly up to 100 and say when it estimates", (name) => {
    const hundred = count(Array.from({ length: 200 }, (_, index) => seen(`value ${index % 100}`)));
    const many = count(Array.from({ length: 2_000 }, (_, index) => seen(`value ${index}`)));

    expect(read(hundred, name)).toMatchObject({ value: 100, approximate: false });
    const estimate = read(many, name);
    expect(estimate.approximate).toBe(true);
    expect(Math.abs(Number(estimate.value) - 2_000)).toBeLessThan(2_000 * 0.25);
    expect(JSON.stringify(many.computed[name]).length).toBeLessThan(5_000);
  });

  it("should come to the same from halves counted apart as from all counted together", () => {
    const values = fc.array(
      fc.tuple(fc.oneof(fc.nat({ max: 300 }), fc.constant("x")), fc.nat({ max: 9 * DAY })),
      {
        maxLength: 150,
      },
    );
    fc.assert(
      fc.property(values, fc.nat(), (all, cut) => {
        const events = all.map(([one, minutes]) => seen(one, minutes));
        const middle = events.length === 0 ? 0 : cut % events.length;
        const [left, right] = [count(events.slice(0, middle)), count(events.slice(middle))];
        const together = count(events);
        for (const merged of [mergeComputed(left, right, playbook), mergeComputed(right, left, playbook)]) {
          for (const { name } of playbook.computed) expect(read(merged, name)).toEqual(read(together, name));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("should count a trait declared later from then on, and say since when", () => {
    const known = newState("cus_a", minutesAgo(DAY));
    const declared = declareComputed(known, playbook, minutesAgo(5));

    const counted = count([seen(1)], declared);

    expect(read(counted, "times")).toEqual({ value: 1, approximate: false, since: minutesAgo(5) });
    expect(read(count([seen(1)]), "times").since).toBeUndefined();
  });

  it("should start anew when a declaration changes, and forget one that is withdrawn", async () => {
    const counted = count([seen(1)]);
    const changed = await testPlaybook({
      "data-model.yaml":
        "computed:\n  times: { kind: count, event: Seen, where: event.value > 5 }\nevents:\n  Seen: { value: number }\n",
      ...NO_RULES,
    });

    const declared = declareComputed(counted, changed, minutesAgo(0));

    expect(Object.keys(declared.computed)).toEqual(["times"]);
    expect(declared.computed.times?.all).toBeUndefined();
    expect(declared.computed.times?.since).toBe(minutesAgo(0));
  });

  it("should go on counting what the release before counted: fingerprints stay what they are", () => {
    expect(nobody().counting?.slice(0, 2)).toEqual(["jkk51Hpp", "97T0-nVT"]);
  });

  it("should begin with what is newly declared alone, and drop what was declared otherwise", () => {
    const [times = "", spent = "", ...others] = nobody().counting ?? [];
    const kept = { of: times, all: { n: 7 } };
    const before = { computed: { times: kept, spent: { of: "another", all: { sum: "1" } } } };
    const grown = declareComputed({ ...before, counting: [times, spent] }, playbook, minutesAgo(0));
    expect(grown.computed.times).toBe(kept);
    expect(grown.computed).not.toHaveProperty("spent");
    expect(grown.computed.least).toEqual({ of: others[0], since: minutesAgo(0) });
    expect(grown.counting).toEqual([times, spent, ...others]);
    const swapped = declareComputed(
      { ...before, counting: [times, "gone", ...others] },
      playbook,
      minutesAgo(0),
    );
    expect(swapped.computed.spent).toEqual({ of: spent, since: minutesAgo(0) });
  });

  it("should forget buckets that are over, and keep a window's values with the bucket they were last seen in", () => {
    const counted = count([seen(1, 20 * DAY), seen(2, 1)]);
    expect(Object.keys(counted.computed.weekTimes?.buckets ?? {})).toHaveLength(1);
    expect(counted.computed.weekKinds?.buckets).toBeUndefined();
    expect(Object.keys(counted.computed.weekKinds?.sample?.last ?? {})).toHaveLength(1);
    expect(counted.computed.times?.all).toEqual({ n: 2 });
  });
});
