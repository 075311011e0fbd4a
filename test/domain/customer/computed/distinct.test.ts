import { describe, expect, it } from "vitest";
import { hashOfValue, mergeDistinct, readDistinct } from "#domain/customer/computed/distinct.ts";
import { mergeSamples, readSample } from "#domain/customer/computed/sample.ts";
import type { Accumulator } from "#domain/records/customer.ts";

const values = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, at) => hashOfValue(from + at));
const counted = (from: number, to: number): Accumulator =>
  mergeDistinct({ values: values(from, to) }, { values: [] });

describe("how many values were distinct", () => {
  it("is exact up to a hundred, and says that it is an estimate beyond", () => {
    expect(readDistinct(counted(0, 100))).toEqual({ value: 100, approximate: false });
    expect(readDistinct(counted(0, 101)).approximate).toBe(true);
    expect(counted(0, 101).sketch).toHaveLength(1024);
  });

  it.each([150, 1_000, 2_400, 5_000, 20_000])("is within a tenth of %i", (count) => {
    const { value } = readDistinct(counted(0, count));
    expect(Math.abs(value / count - 1)).toBeLessThan(0.1);
  });

  it("is that of all together, whichever came first, and counts nobody twice", () => {
    const [a, b] = [counted(0, 600), counted(400, 1_000)];
    expect(mergeDistinct(a, b)).toEqual(mergeDistinct(b, a));
    expect(mergeDistinct(a, b)).toEqual(counted(0, 1_000));
  });
});

describe("how many values of a sliding window were distinct", () => {
  const seen = (count: number) =>
    values(0, count)
      .map((hash, at) => ({ level: 0, last: { [hash]: at } }))
      .reduce(mergeSamples);
  const read = (count: number) => readSample(seen(count), () => true);

  it("is exact up to 256, and says that it is an estimate beyond", () => {
    expect(read(256)).toEqual({ value: 256, approximate: false });
    const { value, approximate } = read(257);
    expect(approximate).toBe(true);
    expect(Math.abs(value / 257 - 1)).toBeLessThan(0.25);
  });

  it("halves what it keeps one step at a time, in one order whatever came first", () => {
    const [few, many] = [seen(257), seen(600)];
    expect([few.level, many.level]).toEqual([1, 2]);
    expect(Object.keys(many.last)).toEqual(Object.keys(many.last).toSorted());
    expect(JSON.stringify(mergeSamples(few, many))).toBe(JSON.stringify(mergeSamples(many, few)));
  });
});
