import { beforeAll, describe, expect, it } from "vitest";
import { memoryMessageStore, memoryOverdueMessages } from "#adapters/memory/message-store.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { DomainEvent } from "#domain/records/effects.ts";
import type { Message } from "#domain/records/message.ts";
import { MessageRequested } from "#events/message-requested.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { Dimensions } from "#ports/telemetry.ts";
import { type SweepDependencies, sweepMessages } from "#usecases/send/sweep-messages.ts";
import { NOW } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { AT, customer, type SendingWorld, sendingWorld } from "../../support/sending/world.ts";

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook();
});

const MINUTE = 60_000;
const iso = (time: number): string => new Date(time).toISOString();

type Swept = {
  readonly world: SendingWorld;
  readonly told: DomainEvent[];
  readonly counted: [string, number, string | Dimensions | undefined][];
  readonly sweep: (changes?: Partial<SweepDependencies>) => Promise<void>;
  /** The sender gets what was told. */
  readonly hear: () => Promise<void>;
  readonly stored: () => Message | undefined;
};

/** A message whose request was lost when it was made, and a customer in whose contact history it has a place. */
const lost = (changes: Partial<Message> = {}): Swept => {
  const asked = message({
    playbook: playbook.version,
    lane: "transactional",
    createdAt: iso(NOW),
    sweepAt: iso(NOW + 3 * MINUTE),
    ...changes,
  });
  const world = sendingWorld(playbook, asked);
  const { messageId, channel, category } = asked;
  const place = {
    at: AT,
    channel,
    category,
    action: "welcome",
    treatment: "welcome",
    kind: "message",
  } as const;
  world.record = customer({
    contacts: [
      { id: messageId, ...place },
      { id: "msg_other", ...place },
    ],
  });
  const told: DomainEvent[] = [];
  const counted: Swept["counted"] = [];
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const deps: SweepDependencies = {
    overdue: memoryOverdueMessages(world.messages),
    messages: memoryMessageStore(world.messages),
    customers: { load: async () => world.record },
    contacts: { save: (...args) => world.contacts.save(...args) },
    bus: { publish: async (events) => void told.push(...events) },
    clock: { now: () => world.clock },
    telemetry: { log: silent, count: (name, by = 1, reason) => void counted.push([name, by, reason]) },
  };
  return {
    world,
    told,
    counted,
    sweep: (others = {}) => sweepMessages({ ...deps, ...others }),
    hear: async () => {
      for (const { detail } of told.splice(0)) await world.deliver(MessageRequested.schema.parse(detail));
    },
    stored: () => world.messages.get(messageId),
  };
};
const places = ({ record }: SendingWorld) => record?.contact.entries.map(({ id }) => id);

describe("a message whose request was lost", () => {
  it("is asked for again after a while, and sent once, however often it is told", async () => {
    const { world, told, counted, sweep, hear, stored } = lost();
    await sweep();
    expect(told).toEqual([]);
    world.clock = NOW + 3 * MINUTE;
    await sweep();
    await sweep();
    expect(told).toHaveLength(1);
    expect(counted).toEqual([[METRICS.messagesSwept, 1, "asked again"]]);
    world.clock = Date.parse(stored()?.sweepAt ?? "");
    await sweep();
    expect(told).toHaveLength(2);
    await hear();
    expect(world.sent).toHaveLength(1);
    expect(stored()).toMatchObject({ status: "sent" });
    expect(stored()).not.toHaveProperty("sweepAt");
  });

  it("is asked for as soon as the bus takes it, when it did not at first", async () => {
    const { world, told, sweep, hear } = lost();
    world.clock = NOW + 4 * MINUTE;
    const down = { publish: () => Promise.reject(new Error("the bus is down")) };
    await expect(sweep({ bus: down })).rejects.toThrow("the bus is down");
    world.clock += MINUTE;
    await sweep();
    expect(told).toHaveLength(1);
    await hear();
    expect(world.sent).toHaveLength(1);
  });

  it("ends at its deadline with the reason, and gives its place back", async () => {
    const { world, told, counted, sweep, stored } = lost({ lane: "bulk" });
    world.clock = Date.parse(stored()?.deadline ?? "");
    await sweep();
    expect(told).toMatchObject([{ name: "outcome.counted", detail: { outcome: "failed" } }]);
    expect(stored()).toMatchObject({ status: "failed" });
    expect(stored()?.history.at(-1)?.reason).toBe("deadline: nobody took it in time");
    expect(stored()).not.toHaveProperty("sweepAt");
    expect(places(world)).toEqual(["msg_other"]);
    expect(counted).toContainEqual([METRICS.messagesFailed, 1, "deadline"]);
  });

  it("gives its place back by the next sweep when the first one dies before it could", async () => {
    const { world, sweep, stored } = lost({ lane: "bulk" });
    world.clock = Date.parse(stored()?.deadline ?? "");
    const broken = { load: () => Promise.reject(new Error("the table does not answer")) };
    await expect(sweep({ customers: broken })).rejects.toThrow();
    expect(stored()).toMatchObject({ status: "failed" });
    expect(places(world)).toHaveLength(2);
    world.clock = Date.parse(stored()?.sweepAt ?? "");
    await sweep();
    expect(places(world)).toEqual(["msg_other"]);
    expect(stored()).not.toHaveProperty("sweepAt");
  });

  it("is not ended under the hands of a sender that takes it at the same moment", async () => {
    const { world, sweep, stored } = lost({ lane: "bulk" });
    const now = Date.parse(stored()?.deadline ?? "");
    world.clock = now;
    const seen = stored();
    const taken = memoryOverdueMessages(world.messages);
    await sweep({
      overdue: {
        ...taken,
        find: async () => {
          const claim = { now: iso(now), until: iso(now + MINUTE), reclaim: "never" } as const;
          await memoryMessageStore(world.messages).claim(seen?.messageId ?? "", claim);
          return seen === undefined ? [] : [seen];
        },
      },
    });
    expect(stored()).toMatchObject({ status: "sending" });
    expect(places(world)).toHaveLength(2);
  });
});

describe("a message whose sender died with it", () => {
  const claimedUntil = iso(NOW + MINUTE);

  it("is sent by another when it may go out twice", async () => {
    const { world, sweep, hear } = lost({ status: "sending", claimedUntil });
    world.clock = NOW + 5 * MINUTE;
    await sweep();
    await hear();
    expect(world.sent).toHaveLength(1);
  });

  it("is uncertain when it may not, and keeps its place", async () => {
    const { world, told, sweep, stored } = lost({ lane: "bulk", status: "sending", claimedUntil });
    world.clock = NOW + 5 * MINUTE;
    await sweep();
    expect(told).toMatchObject([{ name: "outcome.counted", detail: { outcome: "uncertain" } }]);
    expect(stored()).toMatchObject({ status: "uncertain" });
    expect(stored()).not.toHaveProperty("sweepAt");
    expect(places(world)).toHaveLength(2);
  });
});

describe("many messages at once", () => {
  it("are all told within one minute's sweep, and nothing of one that is looked at twice is told twice", async () => {
    const { world, told, sweep } = lost();
    for (let index = 0; index < 500; index += 1) {
      const messageId = `msg_${String(index).padStart(26, "0")}`;
      world.messages.set(messageId, message({ messageId, lane: "transactional", sweepAt: iso(NOW) }));
    }
    const overdue = memoryOverdueMessages(world.messages);
    let looks = 0;
    const stale = [...(await overdue.find(iso(NOW)))];
    // As an index that lags behind the table: what was found comes once more.
    await sweep({
      overdue: {
        ...overdue,
        find: async () => {
          looks += 1;
          return looks < 7 ? stale.slice(0, looks * 100) : [];
        },
      },
    });
    expect(looks).toBeLessThan(8);
    expect(told).toHaveLength(500);
  });
});
