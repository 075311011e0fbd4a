import { beforeEach, describe, expect, it } from "vitest";
import { WebhookDue } from "#events/webhook-due.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { METRICS } from "#ports/metric-names.ts";
import { parse } from "#runtime/parse.ts";
import { checkWebhook, listWebhooks, tellAgain } from "#usecases/tell/steer-webhooks.ts";
import { tellEvent } from "#usecases/tell/tell-event.ts";
import {
  drained,
  FAILS,
  ordered,
  TAKES,
  type TellingWorld,
  tellingWorld,
} from "../../support/telling/world.ts";

const ORDERS = "https://orders.example/events";
const WAREHOUSE = "https://warehouse.example/events";

let world: TellingWorld;
beforeEach(async () => {
  world = await tellingWorld();
});

const steering = () => ({
  ...world.deps,
  playbooks: { current: async () => world.playbook.document },
  ids: { id: (prefix: string) => `${prefix}_new` },
});
const tell = async (due: WebhookDue): Promise<void> => {
  await tellEvent(world.deps, due);
  for (const again of drained(world)) await tell(again);
};
/** Lets every timer fire, one after the other, until none is left. */
const letTimePass = async (): Promise<void> => {
  for (;;) {
    world.timers.sort((a, b) => (a.due < b.due ? -1 : 1));
    const timer = world.timers.shift();
    if (timer === undefined) return;
    world.clock.at = Math.max(world.clock.at, Date.parse(timer.due));
    await tell(parse(WebhookDue.schema, timer.event.detail));
  }
};
const callsTo = (url: string) => world.calls.filter((call) => call.url === url);
const stateOf = async (name: string) => (await listWebhooks(steering())).find((one) => one.name === name);

describe("an event that a system is to be told of", () => {
  it("leaves with ids and what the playbook names, and with nothing else", async () => {
    await tell(await ordered(world, "order-system", 1));
    const [call] = world.calls;
    expect(call).toMatchObject({ url: ORDERS, secrets: { secret: "one" }, id: "whk_order-system_1" });
    expect(JSON.parse(call?.body ?? "")).toEqual({
      type: "Order Completed",
      timestamp: WebhookDue.example.eventAt,
      data: {
        webhook: "order-system",
        eventId: "evt_1",
        customerId: "cus_1",
        sequence: 12,
        identifiers: [{ type: "userId", value: "kim" }],
        fields: { total: 120, name: "Kim" },
      },
    });
    await tell(await ordered(world, "warehouse", 1));
    expect(JSON.parse(callsTo(WAREHOUSE)[0]?.body ?? "").data).toEqual({
      webhook: "warehouse",
      eventId: "evt_1",
      customerId: "cus_1",
      sequence: 12,
    });
  });

  it("is told to nobody once the customer was erased, or the playbook names it no more", async () => {
    await tell(await ordered(world, "order-system", 1, { customerId: "cus_gone" }));
    await tell(await ordered(world, "order-system", 2, { eventId: "evt_gone" }));
    await tell(await ordered(world, "never-was", 3));
    await tell(await ordered(world, "order-system", 4, { event: "Signed Up" }));
    expect(world.calls).toEqual([]);
    expect(world.timers).toEqual([]);
  });

  it("is told again over a day under the same id, and kept when nobody took it", async () => {
    world.answering.set(ORDERS, FAILS);
    await tell(await ordered(world, "order-system", 1));
    await letTimePass();
    const calls = callsTo(ORDERS);
    expect(calls.map(({ id }) => id)).toEqual(Array(calls.length).fill("whk_order-system_1"));
    expect(calls).toHaveLength(8);
    expect((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThan(22 * 60 * MINUTE_MS);
    expect(await stateOf("order-system")).toMatchObject({ state: "failing", dead: 1, reason: "status 500" });
  });

  it("is told once more at the next step where the system answers again", async () => {
    world.answering.set(ORDERS, FAILS);
    await tell(await ordered(world, "order-system", 1));
    world.answering.set(ORDERS, TAKES);
    await letTimePass();
    expect(callsTo(ORDERS)).toHaveLength(2);
    expect(await stateOf("order-system")).toMatchObject({ state: "ok", failures: 0, dead: 0 });
  });

  it("waits for a secret that nobody has connected yet", async () => {
    world.secrets.clear();
    await tell(await ordered(world, "order-system", 1));
    expect(world.calls).toEqual([]);
    expect(await stateOf("order-system")).toMatchObject({ failures: 1, reason: "no secret" });
    world.secrets.set("order-system", { secret: "one" });
    await letTimePass();
    expect(callsTo(ORDERS)).toHaveLength(1);
  });
});

describe("a system that hangs, or is slow", () => {
  it("takes a few seconds from the others, and then none", async () => {
    world.answering.set(ORDERS, { ...TAKES, takesMs: 60_000 });
    const began = world.clock.at;
    for (let n = 1; n <= 200; n += 1) {
      await tellEvent(world.deps, await ordered(world, "order-system", n));
      await tellEvent(world.deps, await ordered(world, "warehouse", n));
    }
    expect(callsTo(WAREHOUSE)).toHaveLength(200);
    // Three calls that were waited for, and the warehouse's own twenty milliseconds each.
    expect(world.clock.at - began).toBeLessThan(3 * 2_500 + 200 * 20 + 1_000);
    expect(callsTo(ORDERS).length).toBeLessThan(5);
  });

  it("that answers within seconds is told everything, on the lane of the patient", async () => {
    world.answering.set(ORDERS, { ...TAKES, takesMs: 6_000 });
    for (let n = 1; n <= 10; n += 1) await tell(await ordered(world, "order-system", n));
    await letTimePass();
    const taken = new Set(
      callsTo(ORDERS).flatMap(({ id, patience }) => (patience.answerMs > 6_000 ? [id] : [])),
    );
    expect(taken.size).toBe(10);
    expect(await stateOf("order-system")).toMatchObject({ dead: 0 });
    const before = world.calls.length;
    await tellEvent(world.deps, await ordered(world, "order-system", 11));
    expect(world.calls).toHaveLength(before);
    expect(drained(world)).toMatchObject([{ id: "whk_order-system_11", lane: "patient" }]);
  });
});

describe("a system that takes nothing for a day", () => {
  const failForADay = async (): Promise<void> => {
    world.answering.set(ORDERS, FAILS);
    for (let n = 1; n <= 30; n += 1) {
      await tell(await ordered(world, "order-system", n));
      world.clock.at += DAY_MS / 24;
    }
  };

  it("is disabled, which is counted once, and is called no more", async () => {
    await failForADay();
    expect(await stateOf("order-system")).toMatchObject({ state: "disabled" });
    expect(world.counted.filter((name) => name === METRICS.webhooksDisabled)).toHaveLength(1);
    const before = callsTo(ORDERS).length;
    await tell(await ordered(world, "order-system", 99));
    expect(callsTo(ORDERS)).toHaveLength(before);
    expect(world.counted.filter((name) => name === METRICS.webhooksTold)).toEqual([]);
  });

  it("is told of events again once it takes a call about nobody, and what it missed on demand", async () => {
    await failForADay();
    expect(await checkWebhook(steering(), "order-system")).toMatchObject({ taken: false, status: 500 });
    expect(await stateOf("order-system")).toMatchObject({ state: "disabled" });
    world.answering.set(ORDERS, TAKES);
    expect(await checkWebhook(steering(), "order-system")).toMatchObject({ taken: true, status: 204 });
    expect(JSON.parse(world.calls.at(-1)?.body ?? "")).toMatchObject({ type: "rapport.test" });
    const { dead } = (await stateOf("order-system")) ?? { dead: 0 };
    expect(dead).toBeGreaterThan(0);
    expect(await tellAgain(steering(), "order-system")).toEqual({ replayed: dead, isMore: false });
    const before = callsTo(ORDERS).length;
    for (const again of drained(world)) await tell(again);
    expect(callsTo(ORDERS)).toHaveLength(before + dead);
    expect(await stateOf("order-system")).toMatchObject({ state: "ok", dead: 0 });
  });

  it("is disabled at once where it says that it is gone", async () => {
    world.answering.set(ORDERS, { answer: { result: "gone", status: 410 }, takesMs: 20 });
    await tell(await ordered(world, "order-system", 1));
    expect(await stateOf("order-system")).toMatchObject({ state: "disabled", reason: "gone", dead: 1 });
    expect(world.timers).toEqual([]);
  });

  it("is none that the playbook does not name", async () => {
    await expect(checkWebhook(steering(), "never-was")).rejects.toMatchObject({ code: "not_found" });
    await expect(tellAgain(steering(), "never-was")).rejects.toMatchObject({ code: "not_found" });
  });
});
