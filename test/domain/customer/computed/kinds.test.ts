import { describe, expect, it } from "vitest";
import { KINDS } from "#domain/customer/computed/kinds.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import type { Json } from "#kernel/json.ts";

const EVENT = { at: "2026-11-21T12:00:00.000Z", id: "evt_1" };
const kept = (kind: keyof typeof KINDS, value: Json | undefined) => KINDS[kind].of(value, EVENT);
const read = (kind: keyof typeof KINDS, ...values: Json[]) =>
  KINDS[kind].read(values.map((value) => KINDS[kind].of(value, EVENT) ?? {}).reduce(KINDS[kind].merge)).value;

describe("what computed traits keep", () => {
  it.each(["min", "max", "first", "last"] as const)(
    "is a value of a kilobyte and no longer one: %s",
    (kind) => {
      const fits = "x".repeat(BOUNDS.computedBytes - 2);
      expect(kept(kind, fits)).toMatchObject({ value: fits });
      expect(kept(kind, `${fits}x`)).toBeNull();
    },
  );

  it.each(["first", "last", "distinct", "sum", "min"] as const)(
    "is nothing where nothing was said: %s",
    (kind) => {
      expect([kept(kind, undefined), kept(kind, null)]).toEqual([null, null]);
    },
  );

  it("adds amounts up to a quadrillion, to six decimals", () => {
    expect([read("sum", 1e15), read("sum", -1e15), kept("sum", 1e15 + 1)]).toEqual([1e15, -1e15, null]);
    expect(read("sum", 0.000001, 0.000002)).toBe(0.000003);
    expect(read("sum", -0.25)).toBe(-0.25);
    expect(read("sum", 0.1234567)).toBe(0.123457);
    expect(read("sum", 2.5, -2.5)).toBe(0);
  });

  it("goes by the type that the trait is declared with", () => {
    const takes = (kind: keyof typeof KINDS, type: "number" | "any" | "string") =>
      [1, "1", true].map((value) => KINDS[kind].takes(value, type));
    expect(takes("count", "any")).toEqual([true, true, true]);
    expect(takes("distinct", "any")).toEqual([true, true, true]);
    expect(takes("last", "number")).toEqual([true, false, false]);
    expect(takes("last", "string")).toEqual([true, true, true]);
    expect(takes("max", "any")).toEqual([true, true, false]);
    expect(takes("max", "string")).toEqual([false, true, false]);
  });
});
