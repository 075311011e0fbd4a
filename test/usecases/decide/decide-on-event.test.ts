import { describe, expect, it, vi } from "vitest";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { MessageRequested } from "#events/message-requested.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { RapportError } from "#kernel/errors.ts";
import type { LogEntry } from "#ports/decision-log.ts";
import type { DecisionWrite } from "#ports/decision-store.ts";
import { METRICS } from "#ports/metric-names.ts";
import { decideOnEvent } from "#usecases/decide/decide-on-event.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { action, customer, HOUR, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const recent = {
  id: "evt_1",
  type: "track" as const,
  name: "Cart Updated",
  at: iso(NOON),
  properties: { total: 40 },
  depth: 0,
};
const withRecent = (record: CustomerRecord = customer()): CustomerRecord => ({
  ...record,
  state: { ...record.state, recent: [recent] },
});

const fired = (changes: Partial<TriggerFired> = {}): TriggerFired => ({
  ...TriggerFired.example,
  customerId: "cus_1",
  trigger: "cart",
  placement: "trigger.cart",
  eventId: "evt_1",
  ...changes,
});
const playbook = playbookOf({ actions: [action("cart", { eligible: ["event.total > 30"] })] });

const cart = {
  name: "cart",
  on: "Cart Updated",
  unless: [],
  maxAgeMs: HOUR,
  placement: "trigger.cart",
};

describe("a trigger that fired", () => {
  it("is decided, recorded and told to the sender of the channel", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    const committed = await decideOnEvent(world.dependencies, fired({ depth: 1 }));
    const [message] = committed?.messages ?? [];
    expect(message).toMatchObject({ channel: "email", status: "requested", depth: 1, data: { total: 40 } });
    expect(world.published).toHaveLength(1);
    expect(world.published[0]).toMatchObject({ name: "message.requested" });
    expect(MessageRequested.schema.parse(world.published[0]?.detail)).toMatchObject({
      messageId: message?.messageId,
      customerId: "cus_1",
      channel: "email",
      lane: "bulk",
      attempt: 0,
    });
    expect(world.contacts.get("cus_1")?.entries).toHaveLength(1);
    expect(await world.dependencies.decisions.get(message?.decisionId ?? "")).toMatchObject({
      eventId: "evt_1",
    });
  });

  it("finds an event that the profile no longer holds in history", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(customer());
    const body = { type: "track", name: "Cart Updated", properties: { total: 31 }, depth: 0 };
    world.facts.set("evt_1", { id: "evt_1", kind: "event", customerId: "cus_1", at: iso(NOON), body });
    const committed = await decideOnEvent(world.dependencies, fired());
    expect(committed?.messages[0]?.event).toMatchObject({ name: "Cart Updated", total: 31 });
  });

  it("leaves who spoke with the message, whether the event is still at the profile or not", async () => {
    const world = memoryDeciding(playbook, NOON);
    const record = customer();
    const spoken = { ...recent, standing: "public" as const };
    world.add({ ...record, state: { ...record.state, recent: [spoken] } });
    const committed = await decideOnEvent(world.dependencies, fired());
    expect(committed?.messages[0]?.standing).toBe("public");

    const body = {
      type: "track",
      name: "Cart Updated",
      properties: { total: 31 },
      depth: 0,
      standing: "public",
    };
    world.facts.set("evt_2", { id: "evt_2", kind: "event", customerId: "cus_1", at: iso(NOON), body });
    const later = await decideOnEvent(world.dependencies, fired({ eventId: "evt_2" }));
    expect(later?.messages[0]?.standing).toBe("public");
  });

  it("delivered twice is one message, told twice", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    await decideOnEvent(world.dependencies, fired());
    world.moveTo(NOON + HOUR);
    const again = await decideOnEvent(world.dependencies, fired());
    expect(again?.repeated).toBe(true);
    expect(world.messages.size).toBe(1);
    expect(world.published).toHaveLength(2);
    expect(world.published[1]).toEqual(world.published[0]);
    expect(world.contacts.get("cus_1")?.entries).toHaveLength(1);
  });

  it("that comes later than its maxAge allows is dropped: nothing is decided, and the timeline says so", async () => {
    const late = { ...playbook, document: { ...playbook.document, triggers: [cart] } };
    const world = memoryDeciding(late, NOON + HOUR);
    world.add(withRecent());
    const count = vi.fn();
    const deps = { ...world.dependencies, telemetry: { ...world.dependencies.telemetry, count } };
    const request = fired({ eventAt: iso(NOON) });
    expect((await decideOnEvent(deps, request))?.messages).toHaveLength(1);
    const other = { ...request, eventId: "evt_2" };
    world.moveTo(NOON + HOUR + 1);
    expect(await decideOnEvent(deps, other)).toBeNull();
    expect(world.messages.size).toBe(1);
    expect(count).toHaveBeenCalledWith(METRICS.triggersSkipped, 1, "age");
    expect([...world.facts.values()]).toMatchObject([
      {
        customerId: "cus_1",
        kind: "event",
        at: iso(NOON + HOUR + 1),
        body: { name: "trigger.expired", properties: { trigger: "cart", eventId: "evt_2", reason: "age" } },
      },
    ]);
    // What was decided in time is asked for again, however late.
    expect((await decideOnEvent(deps, request))?.repeated).toBe(true);
  });

  it("that waited is late by its own wait, not by its event", async () => {
    const late = { ...playbook, document: { ...playbook.document, triggers: [cart] } };
    const wait = {
      trigger: "cart",
      timerId: "tmr_1",
      due: iso(NOON),
      eventId: "evt_1",
      eventAt: iso(NOON - 5 * HOUR),
    };
    const record = withRecent();
    const world = memoryDeciding(late, NOON + HOUR);
    world.add({ ...record, state: { ...record.state, pending: [wait] } });
    const request = fired({ timerId: "tmr_1", eventAt: wait.eventAt });
    expect((await decideOnEvent(world.dependencies, request))?.messages).toHaveLength(1);
    world.moveTo(NOON + HOUR + 1);
    expect(await decideOnEvent(world.dependencies, { ...request, eventId: "evt_2" })).toBeNull();
  });

  it("delivered twice is logged twice, the second time without a state that nobody saw", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    const committed = await decideOnEvent(world.dependencies, fired());
    world.moveTo(NOON + HOUR);
    await decideOnEvent(world.dependencies, fired());
    const [whole, recovered, ...others] = world.logged;
    expect(others).toEqual([]);
    expect(whole).toMatchObject({ now: NOON, state: { contact: { entries: [] } } });
    expect(whole?.recovered).toBeUndefined();
    expect(recovered).toMatchObject({ recovered: true, now: NOON, state: null, draws: [] });
    expect(recovered?.decision).toEqual(whole?.decision);
    expect(recovered?.decision).toEqual(committed?.decisions[0]);
  });

  it("is logged on the retry when it died between the record and the log", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    const dying = {
      ...world.dependencies,
      decisions: {
        ...world.dependencies.decisions,
        commit: async (write: DecisionWrite) => {
          await world.dependencies.decisions.commit(write);
          throw new Error("killed");
        },
      },
    };
    await expect(decideOnEvent(dying, fired())).rejects.toThrow("killed");
    expect(world.logged).toEqual([]);
    await decideOnEvent(world.dependencies, fired());
    expect(world.logged).toMatchObject([
      { recovered: true, decision: { actions: [{ action: "cart" }], trigger: "cart", eventId: "evt_1" } },
    ]);
  });

  it("is logged on the retry under the key of the customer it was about, merged since or not", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    await decideOnEvent(world.dependencies, fired());
    const key = (await world.dependencies.customers.find("cus_1"))?.dataKey;
    const survivor = withRecent(customer({ id: "cus_2" }));
    world.add(survivor);
    world.add({ ...customer(), state: { ...customer().state, mergedInto: "cus_2" } });
    const entries: LogEntry[] = [];
    const log = {
      write: async (given: readonly LogEntry[]) => {
        entries.push(...given);
      },
    };
    await decideOnEvent({ ...world.dependencies, log }, fired());
    expect(entries).toMatchObject([{ record: { customerId: "cus_1", recovered: true } }]);
    expect(entries[0]?.key).toEqual(key);
  });

  it("is not logged again about somebody who was erased", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    await decideOnEvent(world.dependencies, fired());
    const erased = { keysOf: async () => new Map<string, Uint8Array>() };
    await decideOnEvent({ ...world.dependencies, dataKeys: erased }, fired());
    expect(world.logged).toHaveLength(1);
  });

  it("goes on its way on the retry although neither key nor log answers", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    await decideOnEvent(world.dependencies, fired());
    const silent = { keysOf: () => Promise.reject(new RapportError("unavailable", "no keys")) };
    await decideOnEvent({ ...world.dependencies, dataKeys: silent }, fired());
    expect(world.published).toHaveLength(2);
  });

  it("is not told again once the message has gone on its way", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    const first = await decideOnEvent(world.dependencies, fired());
    const id = first?.messages[0]?.messageId ?? "";
    await world.dependencies.messages.record(id, { status: "sent", at: iso(NOON) });
    await decideOnEvent(world.dependencies, fired());
    expect(world.published).toHaveLength(1);
  });

  it("tells the sender on the retry when it died before telling", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent());
    const dying = {
      ...world.dependencies,
      bus: {
        publish: async () => {
          throw new RapportError("unavailable", "killed");
        },
      },
    };
    await expect(decideOnEvent(dying, fired())).rejects.toThrow("killed");
    expect(world.published).toEqual([]);
    await decideOnEvent(world.dependencies, fired());
    expect(world.published).toHaveLength(1);
    expect(world.messages.size).toBe(1);
  });

  it("waits in a timer for the end of quiet hours", async () => {
    const quiet = { from: "21:00", to: "08:00", channels: [], categories: [] };
    const quietPlaybook = playbookOf({ actions: [action("cart")], contactPolicy: { quietHours: [quiet] } });
    const world = memoryDeciding(quietPlaybook, Date.parse("2026-03-11T22:00:00Z"));
    world.add(withRecent());
    const committed = await decideOnEvent(world.dependencies, fired());
    expect(world.published).toEqual([]);
    expect(world.timers.all()).toMatchObject([
      {
        due: "2026-03-12T07:00:00.000Z",
        event: { name: "message.requested", detail: { messageId: committed?.messages[0]?.messageId } },
      },
    ]);
  });

  it("is recorded with its reasons when nothing may be sent", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(withRecent(customer({ consents: [] })));
    const committed = await decideOnEvent(world.dependencies, fired());
    expect(committed?.decisions[0]?.rejected).toMatchObject([{ action: "cart", reason: "consent" }]);
    expect(world.published).toEqual([]);
    expect(world.messages.size).toBe(0);
    expect(world.contacts.get("cus_1")?.version).toBe(0);
  });

  it("is dropped when its customer is gone", async () => {
    const world = memoryDeciding(playbook, NOON);
    expect(await decideOnEvent(world.dependencies, fired())).toBeNull();
    expect(world.published).toEqual([]);
  });
});

describe("a trigger that waited", () => {
  const pending = [
    { trigger: "cart", timerId: "tmr_1", due: iso(NOON), eventId: "evt_1", eventAt: iso(NOON - HOUR) },
  ];

  it("only sets the timer of the wait that was left to its own, which then decides", async () => {
    const world = memoryDeciding(playbook, NOON);
    const record = withRecent();
    const left = {
      trigger: "cart",
      timerId: "tmr_2",
      due: iso(NOON + HOUR),
      eventId: "evt_1",
      eventAt: iso(NOON),
      depth: 2,
      armedBy: { id: "tmr_1", due: iso(NOON) },
    };
    world.add({ ...record, state: { ...record.state, pending: [left] } });

    const early = await decideOnEvent(world.dependencies, fired({ eventId: "evt_0", timerId: "tmr_1" }));
    expect(early).toBeNull();
    expect(world.published).toEqual([]);
    const [timer] = world.timers.all();
    expect(timer).toMatchObject({ id: "tmr_2", due: iso(NOON + HOUR) });

    world.moveTo(NOON + HOUR);
    const due = await decideOnEvent(world.dependencies, TriggerFired.schema.parse(timer?.event.detail));
    expect(due?.messages).toMatchObject([{ channel: "email", depth: 2 }]);
  });
  const waiting = (): CustomerRecord => {
    const record = withRecent();
    return { ...record, state: { ...record.state, pending } };
  };

  it("is decided while the customer still waits for its timer", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(waiting());
    await decideOnEvent(world.dependencies, fired({ timerId: "tmr_1" }));
    expect(world.published).toHaveLength(1);
  });

  it("is dropped when it was called off or started again meanwhile", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(waiting());
    expect(await decideOnEvent(world.dependencies, fired({ timerId: "tmr_0" }))).toBeNull();
    expect(world.published).toEqual([]);
  });

  it("called off after it was decided still reaches the sender, and the log", async () => {
    const world = memoryDeciding(playbook, NOON);
    world.add(waiting());
    const dying = { ...world.dependencies, bus: { publish: () => Promise.reject(new Error("killed")) } };
    await expect(decideOnEvent(dying, fired({ timerId: "tmr_1" }))).rejects.toThrow("killed");
    world.add(withRecent());
    await decideOnEvent(world.dependencies, fired({ timerId: "tmr_1" }));
    expect(world.published).toHaveLength(1);
    expect(world.logged.map(({ recovered = false }) => recovered)).toEqual([false, true]);
  });
});

describe("many triggers at once for one customer", () => {
  const cap = { name: "two a day", max: 2, windowMs: 24 * HOUR, channels: [], categories: [], actions: [] };
  const several = (count: number) =>
    Array.from({ length: count }, (_, index) => fired({ eventId: `evt_${index}`, trigger: `t${index % 3}` }));

  it("never overshoot a cap: of 64 exactly 2 lead to a message", async () => {
    const capped = playbookOf({ actions: [action("cart")], contactPolicy: { caps: [cap] } });
    const world = memoryDeciding(capped, NOON);
    world.add(withRecent());
    const results = await Promise.all(several(64).map((one) => decideOnEvent(world.dependencies, one)));
    expect(world.published).toHaveLength(2);
    expect(world.messages.size).toBe(2);
    expect(world.contacts.get("cus_1")?.entries).toHaveLength(2);
    const told = results.filter((result) => result?.decisions[0]?.rejected[0]?.reason === "cap");
    expect(told).toHaveLength(62);
  });

  it("all get through without a cap, in the end, each once", async () => {
    const world = memoryDeciding(playbookOf({ actions: [action("cart")] }), NOON);
    world.add(withRecent());
    // What a queue does: whoever met too many others comes back.
    const untilDone = async (one: TriggerFired): Promise<void> => {
      try {
        await decideOnEvent(world.dependencies, one);
      } catch (error) {
        if (!(error instanceof RapportError && error.transient)) throw error;
        await untilDone(one);
      }
    };
    await Promise.all(several(40).map(untilDone));
    expect(world.messages.size).toBe(40);
    expect(world.contacts.get("cus_1")).toMatchObject({ version: 40 });
    expect(new Set(world.contacts.get("cus_1")?.entries.map(({ id }) => id)).size).toBe(40);
  });
});
