import { describe, expect, it } from "vitest";
import { joinCalls } from "#adapters/joining/calls.ts";

/** Doubles numbers; keeps what it was called with, and throws for calls that hold a number of `bad`. */
const doubling = (bad: readonly number[] = [], waitMs?: number) => {
  const calls: number[][] = [];
  const double = joinCalls<number[], number[]>({
    sizeOf: (numbers) => numbers.length,
    capacity: 4,
    ...(waitMs === undefined ? {} : { waitMs }),
    call: async (asks) => {
      calls.push(asks.flat());
      if (asks.flat().some((number) => bad.includes(number))) throw new Error(`not ${bad.join()}`);
      return asks.map((numbers) => numbers.map((number) => 2 * number));
    },
  });
  return { calls, double };
};

describe("joinCalls", () => {
  it("should make one call of what is asked in one turn, and answer each its own", async () => {
    const { calls, double } = doubling();

    const answers = await Promise.all([
      double([1]),
      Promise.resolve().then(() => double([2, 3])),
      double([]),
    ]);

    expect(answers).toEqual([[2], [4, 6], []]);
    expect(calls).toEqual([[1, 2, 3]]);
  });

  it("should make another call in another turn", async () => {
    const { calls, double } = doubling();

    await double([1]);
    await double([2]);

    expect(calls).toEqual([[1], [2]]);
  });

  it("should put no more into a call than it takes, and what is too large into one of its own", async () => {
    const { calls, double } = doubling();

    await Promise.all([double([1, 2, 3]), double([4, 5]), double([6, 7, 8, 9, 10]), double([11])]);

    expect(calls).toEqual([[1, 2, 3], [4, 5], [6, 7, 8, 9, 10], [11]]);
  });

  it("should let a failure reach those whose it is, and no others", async () => {
    const { calls, double } = doubling([2]);

    const settled = await Promise.allSettled([double([1]), double([2]), double([3])]);

    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(settled[1]).toMatchObject({ reason: new Error("not 2") });
    expect(calls).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it("should wait for those who come a little later where it is told to", async () => {
    const { calls, double } = doubling([], 20);

    const later = new Promise((resolve) => setImmediate(resolve)).then(() => double([2]));
    await Promise.all([double([1]), later]);

    expect(calls).toEqual([[1, 2]]);
  });
});
