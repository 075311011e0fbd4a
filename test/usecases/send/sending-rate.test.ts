import { describe, expect, it } from "vitest";
import { system } from "#runtime/system.ts";
import { sendingRate } from "#usecases/send/sending-rate.ts";
import { NOW } from "../../support/customers/events.ts";

const begin = (limit: () => Promise<number | undefined>, assumed = 100) => {
  const world = { clock: NOW, asked: 0 };
  const rate = sendingRate({
    limit: () => {
      world.asked += 1;
      return limit();
    },
    assumed,
    processes: 1,
    ...system,
    clock: { now: () => world.clock },
  });
  return { world, rate };
};

describe("the sending rate of a process", () => {
  it("asks the provider for its limit once, and again after five minutes", async () => {
    const { world, rate } = begin(async () => 1_000);
    await Promise.all([rate.take(), rate.take(), rate.take()]);
    expect(world.asked).toBe(1);
    world.clock += 300_001;
    await rate.take();
    expect(world.asked).toBe(2);
  });

  it("goes on with what it assumes when the provider does not tell", async () => {
    const { rate } = begin(() => Promise.reject(new Error("no answer")), 1);
    await rate.take();
    rate.charge(20);
    await expect(rate.take()).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("gives the message back rather than wait longer than the invocation lives", async () => {
    const { world, rate } = begin(async () => 1);
    await rate.take();
    rate.charge(30);
    await expect(rate.take()).rejects.toMatchObject({ code: "rate_limited", transient: true });
    world.clock += 31_000;
    await expect(rate.take()).resolves.toBeUndefined();
  });

  it("halves when throttled", async () => {
    const { rate } = begin(async () => 4);
    await rate.take();
    rate.throttled();
    rate.charge(34);
    // 34 units at 2 a second are 17 s: more than anybody waits; at 4 a second it would have been 8.5 s.
    await expect(rate.take()).rejects.toMatchObject({ code: "rate_limited" });
  });
});
