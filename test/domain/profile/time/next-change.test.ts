import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { customerView } from "#domain/customer/view.ts";
import { nextChange } from "#domain/profile/time/next-change.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { TEST_FILES, testPlaybook } from "../../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "playbook.yaml": (TEST_FILES["playbook.yaml"] ?? "").replace("timeZone: UTC", "timeZone: Europe/Berlin"),
  "data-model.yaml": `
traits: { email: string, firstName: string, contractEnd: date, seenAt: date and time, birthday: date, plan: string }
computed:
  orders: { kind: count, event: Order Completed }
  views7d: { kind: count, event: Product Viewed, window: P7D }
events:
  Signed Up: {}
  Product Viewed: { product_id: string, name: string, price: number }
  Product Added: { product_id: string, name: string, price: number }
  Order Completed: { order_id: string, total: number, products: list }
`,
  "segments.yaml": `
silent: now - customer.seenAt > duration("P30D")
ending: customer.contractEnd <= today() + duration("P30D") and customer.contractEnd >= today()
celebrating: customer.birthday.month = today().month and customer.birthday.day = today().day
grown: years and months duration(customer.birthday, today()) >= duration("P18Y")
busy: customer.views7d >= 2
morning: now().hour in [9..11]
shop: time(now) in [@"09:00:00Z"..@"17:30:00Z"]
plain: customer.plan = "gold"
month: today() in (date(today().year, 3, 1)..date(today().year, 4, 1))
`,
});

const NOW = Date.parse("2026-03-02T10:00:00.000Z");
const conditionOf = (name: string) => {
  const found = playbook.segments.find((segment) => segment.name === name)?.inTime() ?? null;
  return found;
};

const somebody = (
  traits: Readonly<Record<string, unknown>>,
  views: Readonly<Record<string, number>> = {},
): CustomerState => ({
  ...newState("cus_1", "2026-01-01T00:00:00.000Z"),
  traits: Object.fromEntries(
    Object.entries(traits).map(([name, value]) => [
      name,
      { value: value as string, at: "2026-01-01T00:00:00.000Z", by: "e" },
    ]),
  ),
  computed: {
    views7d: {
      of: "x",
      buckets: Object.fromEntries(Object.entries(views).map(([bucket, n]) => [bucket, { n }])),
    },
  },
});

const next = (name: string, state: CustomerState, now = NOW): string | null => {
  const condition = conditionOf(name);
  if (condition === null) throw new Error(`${name} does not move with time`);
  const at = nextChange(condition, state, { playbook, now });
  return at === null ? null : new Date(at).toISOString();
};

describe("the next moment at which time alone changes a condition", () => {
  it("is exact to the millisecond for a length of time since a moment", () => {
    expect(next("silent", somebody({ seenAt: "2026-02-20T08:00:00Z" }))).toBe("2026-03-22T08:00:00.001Z");
  });

  it("is the midnight of the brand's zone at which a date comes near, and then the one after it", () => {
    const kim = somebody({ contractEnd: "2026-04-20" });
    // Berlin's clocks go forward on 29 March: the first midnight is 23:00 UTC, the second 22:00 UTC.
    expect(next("ending", kim)).toBe("2026-03-20T23:00:00.000Z");
    expect(next("ending", kim, Date.parse("2026-03-20T23:00:00.000Z"))).toBe("2026-04-20T22:00:00.000Z");
    expect(next("ending", kim, Date.parse("2026-04-20T22:00:00.000Z"))).toBeNull();
  });

  it("is never for what is no date, whether null, a text or missing", () => {
    for (const contractEnd of [null, "soon", "2026-02-30", 7, ""])
      expect(next("ending", somebody({ contractEnd }))).toBeNull();
    expect(next("silent", somebody({}))).toBeNull();
    expect(next("celebrating", somebody({ birthday: "31 December" }), NOW)).not.toBe(null);
  });

  it("finds a birthday by its days, and looks again where none of the next year's is one", () => {
    expect(next("celebrating", somebody({ birthday: "1990-05-04" }))).toBe("2026-05-03T22:00:00.000Z");
    const leap = somebody({ birthday: "1992-02-29" });
    let at = NOW;
    for (let looks = 0; looks < 5 && at < Date.parse("2028-02-01T00:00:00Z"); looks += 1)
      at = Date.parse(next("celebrating", leap, at) ?? "");
    expect(new Date(at).toISOString()).toBe("2028-02-28T23:00:00.000Z");
  });

  it("knows years of age, hours of the day, and windows as they empty", () => {
    expect(next("grown", somebody({ birthday: "2010-06-01" }))).toBe("2028-05-31T22:00:00.000Z");
    expect(next("morning", somebody({}))).toBe("2026-03-02T11:00:00.000Z");
    expect(next("shop", somebody({}))).toBe("2026-03-02T17:31:00.000Z");
    const width = 3 * HOUR_MS;
    const bucket = Math.floor(NOW / width);
    const busy = somebody({}, { [bucket - 8]: 1, [bucket - 2]: 1, [bucket - 1]: 1 });
    expect(next("busy", busy)).toBe(new Date((bucket - 1) * width + 7 * DAY_MS).toISOString());
  });

  it("does not ask the clock where nothing moves with it", () => {
    expect(conditionOf("plain")).toBeNull();
  });

  it("agrees with asking at every hour", () => {
    const day = (days: number): string => new Date(NOW + days * DAY_MS).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        fc.constantFrom("silent", "ending", "celebrating", "busy", "morning", "month"),
        fc.integer({ min: -60, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 55 }), { maxLength: 4 }),
        (name, end, seen, views) => {
          const bucket = Math.floor(NOW / (3 * HOUR_MS));
          const buckets = Object.fromEntries(views.map((ago) => [String(bucket - ago), 1]));
          const kim = somebody(
            {
              contractEnd: day(end),
              birthday: day(end),
              seenAt: new Date(NOW - seen * DAY_MS - 1_000).toISOString(),
            },
            buckets,
          );
          const isIn = (ms: number): boolean => customerView(kim, playbook, ms)[name] === true;
          const found = next(name, kim);
          const until =
            found === null ? NOW + 30 * DAY_MS : Math.min(Date.parse(found) - 1, NOW + 30 * DAY_MS);
          for (let at = NOW; at <= until; at += HOUR_MS) if (isIn(at) !== isIn(NOW)) return false;
          return (
            found === null || Date.parse(found) > NOW + 380 * DAY_MS || isIn(Date.parse(found)) !== isIn(NOW)
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
