import { expect, it } from "vitest";
import { once } from "#kernel/once.ts";

it("makes nothing until it is asked for, and then once, even where that is nothing", () => {
  const made: string[] = [];
  const ask = once(() => void made.push("made"));
  expect(made).toEqual([]);
  expect([ask(), ask()]).toEqual([undefined, undefined]);
  expect(made).toEqual(["made"]);
});

it("tries again what threw", () => {
  let tries = 0;
  const ask = once(() => {
    tries += 1;
    if (tries === 1) throw new Error("not yet");
    return tries;
  });
  expect(ask).toThrow("not yet");
  expect([ask(), ask()]).toEqual([2, 2]);
});
