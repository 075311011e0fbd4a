import { describe, expect, it } from "vitest";
import { coalesce } from "#functions/measure/learn/coalesce.ts";

describe("calls of one turn of the event loop", () => {
  it("become one, up to the most that one call takes", async () => {
    const calls: (readonly number[])[] = [];
    const add = coalesce<number>(async (items) => {
      calls.push(items);
    }, 3);
    await Promise.all([1, 2, 3, 4].map(add));
    await add(5);
    expect(calls).toEqual([[1, 2, 3], [4], [5]]);
  });

  it("fail together, and leave those of other calls alone", async () => {
    const add = coalesce<number>(async (items) => {
      if (items.includes(2)) throw new Error("no");
    }, 2);
    const results = await Promise.allSettled([1, 2, 3].map(add));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });
});
