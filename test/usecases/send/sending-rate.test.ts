import { describe, expect, it } from "vitest";
import type { ProviderRate } from "#ports/provider.ts";
import { system } from "#runtime/system.ts";
import { rateAsSet, sendingRate } from "#usecases/send/sending-rate.ts";
import { NOW } from "../../support/customers/events.ts";

const begin = (limit: ProviderRate["limit"], assumed = 100) => {
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
    const { world, rate } = begin(async () => ({ perSecond: 1_000 }));
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
    const { world, rate } = begin(async () => ({ perSecond: 1 }));
    await rate.take();
    rate.charge(30);
    await expect(rate.take()).rejects.toMatchObject({ code: "rate_limited", transient: true });
    world.clock += 31_000;
    await expect(rate.take()).resolves.toBeUndefined();
  });

  it("halves when throttled", async () => {
    const { rate } = begin(async () => ({ perSecond: 4 }));
    await rate.take();
    rate.throttled();
    rate.charge(34);
    // 34 units at 2 a second are 17 s: more than anybody waits; at 4 a second it would have been 8.5 s.
    await expect(rate.take()).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("leaves the last tenth of the provider's day to what is transactional, counting what it sent itself since", async () => {
    const { rate } = begin(async () => ({ perSecond: 1_000, day: { most: 200, used: 178 } }));
    expect(rate.isDayUsedUp()).toBe(false);
    await rate.take();
    rate.charge(1);
    expect(rate.isDayUsedUp()).toBe(false);
    rate.charge(1);
    expect(rate.isDayUsedUp()).toBe(true);
  });
});

/** When each of so many that came at once left, in milliseconds, of one process among two. */
const leftAt = async (perSecond: number, units: readonly number[]): Promise<readonly number[]> => {
  let now = NOW;
  const left: number[] = [];
  const clock = { now: () => now };
  const sleep = async (ms: number): Promise<void> => {
    now += ms;
  };
  const rate = rateAsSet(perSecond, { processes: 2, clock, sleep });
  for (const count of units) {
    await rate.take();
    rate.charge(count - 1);
    rate.accepted();
    left.push(now - NOW);
  }
  return left;
};

describe("a pace that the playbook sets", () => {
  it("is kept from the first message on, also where nothing is refused", async () => {
    expect(await leftAt(4, [1, 1, 1, 1])).toEqual([0, 500, 1_000, 1_500]);
  });

  it("counts the parts of texts", async () => {
    expect(await leftAt(4, [3, 1, 2])).toEqual([0, 1_500, 2_000]);
  });
});
