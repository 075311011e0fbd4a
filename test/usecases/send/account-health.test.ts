import { describe, expect, it } from "vitest";
import { memoryProviderSums } from "#adapters/memory/provider-sums.ts";
import type { Route } from "#domain/playbook/model/routes.ts";
import { slotOf } from "#domain/routing/breaker.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";
import { system } from "#runtime/system.ts";
import { accountHealth, type Outcome } from "#usecases/send/account-health.ts";
import { NOW } from "../../support/customers/events.ts";

const ONE: Route = { provider: "one", account: "default" };
const TWO: Route = { provider: "two", account: "default" };
const down: Outcome = { result: "later", reason: "unavailable", ms: 20, isTrial: false };
const took: Outcome = { result: "accepted", ms: 20, isTrial: false };

/** Processes that share what they see, on one clock. */
const processes = (count: number, sums: ProviderSums) => {
  const clock = { at: NOW, now: () => clock.at };
  const all = Array.from({ length: count }, () =>
    accountHealth({ channel: "email", sums, clock, telemetry: system.telemetry }),
  );
  const exchange = async (): Promise<void> => {
    for (const one of all) await one.exchange([ONE, TWO]);
  };
  return { all, clock, exchange };
};

describe("what several processes see of an account", () => {
  it("counts together: none saw enough to judge, and all leave it alone", async () => {
    const { all, clock, exchange } = processes(5, memoryProviderSums());
    for (const one of all) one.count(ONE, down);
    clock.at += 5_000;
    await exchange();
    expect(all.map((one) => one.isLeftAlone(ONE, "transactional"))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    clock.at += 5_000;
    await exchange();
    expect(all.every((one) => one.isLeftAlone(ONE, "transactional"))).toBe(true);
    expect(all.some((one) => one.isLeftAlone(TWO, "transactional"))).toBe(false);
  });

  it("counts once: a process does not hear of itself", async () => {
    const { all, clock, exchange } = processes(1, memoryProviderSums());
    for (let time = 0; time < 4; time += 1) all[0]?.count(ONE, down);
    for (let time = 0; time < 3; time += 1) {
      clock.at += 5_000;
      await exchange();
    }
    expect(all[0]?.isLeftAlone(ONE, "transactional")).toBe(false);
  });

  it("is said every five seconds, in a request for each account that was asked", async () => {
    const sums = memoryProviderSums();
    let requests = 0;
    const counting: ProviderSums = {
      add: (said) => {
        requests += said.length;
        return sums.add(said);
      },
      since: (...asked) => {
        requests += 1;
        return sums.since(...asked);
      },
    };
    const { all, clock, exchange } = processes(1, counting);
    for (let message = 0; message < 100; message += 1) {
      all[0]?.count(ONE, took);
      clock.at += 50;
      await exchange();
    }
    expect(requests).toBe(2);
    const [said] = await sums.since("email", slotOf(NOW));
    expect(said).toMatchObject({ asked: 100, accepted: 100, failed: 0, errors: {} });
  });

  it("is not needed: while nobody can be told, each process judges by what it sees", async () => {
    const nobody: ProviderSums = {
      add: () => Promise.reject(new Error("no table")),
      since: () => Promise.reject(new Error("no table")),
    };
    const { all, clock, exchange } = processes(1, nobody);
    for (let time = 0; time < 5; time += 1) all[0]?.count(ONE, down);
    clock.at += 5_000;
    await exchange();
    expect(all[0]?.isLeftAlone(ONE, "transactional")).toBe(true);
  });

  it("lets marketing try half a minute after what somebody waits for", () => {
    const { all, clock } = processes(1, memoryProviderSums());
    for (let time = 0; time < 5; time += 1) all[0]?.count(ONE, down);
    clock.at += 10_000;
    expect(all[0]?.isLeftAlone(ONE, "transactional")).toBe(false);
    expect(all[0]?.isLeftAlone(ONE, "bulk")).toBe(true);
    clock.at += 30_000;
    expect(all[0]?.isLeftAlone(ONE, "bulk")).toBe(false);
  });
});
