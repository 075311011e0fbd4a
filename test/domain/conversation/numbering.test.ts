import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { take, wanted } from "#domain/conversation/numbering.ts";
import type { Stream } from "#domain/records/conversation.ts";

const EMPTY: Stream = { customerId: "cus_kim", version: 0, taken: 0, missing: [] };

describe("the numbers of a customer's messages", () => {
  it("are all taken, each once and in order, whatever order they are told of in and however often", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }).chain((count) =>
          fc.shuffledSubarray(
            Array.from({ length: count * 3 }, (_, index) => (index % count) + 1),
            { minLength: count * 3 },
          ),
        ),
        (told) => {
          let stream = EMPTY;
          const taken: number[] = [];
          for (const number of told) {
            const result = take(
              stream,
              wanted(stream, number).map((one) => ({ number: one })),
            );
            stream = result.stream;
            taken.push(...result.fresh.map((one) => one.number));
          }
          expect(taken).toEqual([...new Set(told)].toSorted((a, b) => a - b));
          expect(stream.missing).toEqual([]);
        },
      ),
    );
  });

  it("that cannot be had yet are taken later, and hold up nobody", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ told: fc.integer({ min: 1, max: 12 }), isThere: fc.boolean() })),
        (tellings) => {
          let stream = EMPTY;
          const taken: number[] = [];
          for (const { told, isThere } of [
            ...tellings,
            ...Array.from({ length: 12 }, (_, index) => ({ told: index + 1, isThere: true })),
          ]) {
            // What is told of is there; of those before it perhaps none.
            const found = wanted(stream, told).filter((number) => number === told || isThere);
            const result = take(
              stream,
              found.map((number) => ({ number })),
            );
            stream = result.stream;
            taken.push(...result.fresh.map(({ number }) => number));
          }
          expect(taken.toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: 12 }, (_, index) => index + 1),
          );
        },
      ),
    );
  });

  it("change nothing when they were taken before", () => {
    const stream = { ...EMPTY, taken: 5, missing: [2] };
    expect(wanted(stream, 4)).toEqual([]);
    expect(wanted(stream, 2)).toEqual([2]);
    expect(take(stream, [{ number: 4 }]).stream).toBe(stream);
  });
});
