import { describe, expect, it } from "vitest";
import { memorySendingQuotas } from "#adapters/memory/sending-quotas.ts";
import type { SendingQuotas } from "#ports/sending-quotas.ts";
import { system } from "#runtime/system.ts";
import { dailyQuota } from "#usecases/send/daily-quota.ts";

const AN_HOUR_BEFORE_MIDNIGHT = Date.parse("2026-12-01T23:00:00Z");

const begin = (perDay: number, quotas: SendingQuotas = memorySendingQuotas()) => {
  const world = { clock: AN_HOUR_BEFORE_MIDNIGHT, requests: 0 };
  const counting: SendingQuotas = {
    take: (...of) => {
      world.requests += 1;
      return quotas.take(...of);
    },
  };
  const process = () =>
    dailyQuota(
      { channel: "sms", sender: "one/main +15550100", perDay },
      { ...system, quotas: counting, clock: { now: () => world.clock } },
    );
  /** How many messages of one unit leave in a lane, of so many. */
  const leave = async (of: ReturnType<typeof process>, lane: "bulk" | "transactional", many: number) => {
    let left = 0;
    for (let index = 0; index < many; index += 1) if ((await of.take(lane, 1)) === 0) left += 1;
    return left;
  };
  return { world, process, leave };
};

describe("the quota of a sender's day", () => {
  it("leaves a tenth to what is transactional, which is never held back", async () => {
    const { process, leave } = begin(100);
    const one = process();
    expect(await leave(one, "bulk", 120)).toBe(90);
    expect(await leave(one, "transactional", 30)).toBe(30);
  });

  it("holds for all processes together, those included that are started anew", async () => {
    const { process, leave } = begin(100);
    expect(await leave(process(), "bulk", 60)).toBe(60);
    expect(await leave(process(), "bulk", 60)).toBe(30);
    expect(await leave(process(), "bulk", 60)).toBe(0);
  });

  it("counts what is transactional before marketing", async () => {
    const { process, leave } = begin(100);
    const one = process();
    await leave(one, "transactional", 50);
    expect(await leave(one, "bulk", 100)).toBe(40);
  });

  it("is new when the day is", async () => {
    const { world, process, leave } = begin(10);
    const one = process();
    expect(await leave(one, "bulk", 20)).toBe(9);
    expect(await one.take("bulk", 1)).toBe(3_600_000);
    world.clock += 3_600_000;
    expect(await leave(one, "bulk", 20)).toBe(9);
  });

  it("is asked for seldom: once for every two hundredth of it, and not again when it is used up", async () => {
    const { world, process, leave } = begin(10_000);
    const one = process();
    expect(await leave(one, "bulk", 20_000)).toBe(9_000);
    expect(world.requests).toBeLessThanOrEqual(9_000 / 50 + 2);
  });

  it("is not exceeded by many that ask at once", async () => {
    const { process } = begin(100);
    const one = process();
    const waits = await Promise.all(Array.from({ length: 150 }, () => one.take("bulk", 1)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(90);
  });

  it("holds marketing for a minute where nobody knows it, and nothing else", async () => {
    const { process } = begin(100, { take: () => Promise.reject(new Error("no store")) });
    const one = process();
    expect(await one.take("bulk", 1)).toBe(60_000);
    expect(await one.take("transactional", 1)).toBe(0);
  });
});
