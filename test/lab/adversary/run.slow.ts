import { expect, it } from "vitest";
import { runAdversary } from "#lab/adversary/run.ts";

it("somebody with nothing but the write key harms no customer, and tells nobody apart", async () => {
  const { lines, findings } = await runAdversary({ seed: 20261130, seconds: 15, rate: 24 });
  expect(findings).toEqual([]);
  expect(lines.filter(({ holds }) => holds === false)).toEqual([]);
});
