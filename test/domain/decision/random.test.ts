import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { drawsFrom } from "#domain/decision/explore/random.ts";

it("draws the same numbers for the same id, one after the other, from its hash alone", () => {
  const expected = (count: number): number =>
    Number.parseInt(
      createHash("sha256").update(`dec_1\u0000draw\u0000${count}`).digest("hex").slice(0, 8),
      16,
    ) / 4_294_967_296;
  const draw = drawsFrom("dec_1");
  expect([draw(), draw(), draw()]).toEqual([expected(0), expected(1), expected(2)]);
  expect(drawsFrom("dec_2")()).not.toBe(expected(0));
});
