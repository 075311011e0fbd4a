import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startEventSource } from "#infra/local/lambda/event-source.ts";
import type { FunctionPool } from "#infra/local/lambda/pool.ts";
import { createFaults } from "#infra/local/machine/faults.ts";
import { createUsage } from "#infra/local/machine/usage.ts";
import type { Entry, ReceivedMessage } from "#infra/local/sqs/model.ts";
import type { Queue } from "#infra/local/sqs/queue.ts";
import { createStandardList } from "#infra/local/sqs/ready-list.ts";

const NOTHING = () => {};

const messageOf = (body: string): ReceivedMessage => ({
  messageId: body,
  receiptHandle: body,
  body,
  md5OfBody: "",
  attributes: {},
  messageAttributes: {},
});

const entryOf = (id: string): Entry => ({
  seq: 0,
  id,
  group: null,
  deduplicationId: null,
  sentAt: 0,
  receives: 0,
  firstReceivedAt: null,
  receipt: 0,
  state: "waiting",
  visibleAt: 0,
});

const SOURCE = {
  batchSize: 1,
  windowSeconds: 0,
  reportsFailures: false,
  maximumConcurrency: null,
  region: "us-east-1",
};

/** A queue that holds the given bodies and tells nobody when more arrive. */
const queueOf = (name: string, bodies: string[]): Queue => ({
  settings: {
    name,
    url: `http://127.0.0.1/${name}`,
    arn: `arn:aws:sqs:us-east-1:1:${name}`,
    fifo: false,
    visibilityTimeout: 30,
    delay: 0,
    receiveWait: 0,
    retention: 60,
    contentBasedDeduplication: false,
    deduplicationScope: "queue",
    redrive: null,
  },
  send: () => ({ messageId: "1", sequenceNumber: null }),
  oldestSentAt: () => null,
  receive: (limit) => bodies.splice(0, limit).map(messageOf),
  remove: () => true,
  changeVisibility: () => "changed",
  onReady: () => NOTHING,
  waiting: () => [],
  receivable: () => bodies.length > 0,
  counts: () => ({ ready: bodies.length, held: 0, delayed: 0 }),
  purge: NOTHING,
  adopt: NOTHING,
  moveOne: () => "none",
});

/** A function with one thread that needs a turn of the event loop for a batch. */
const singleThread = (seen: string[]): FunctionPool => {
  const listeners: (() => void)[] = [];
  let running = 0;
  return {
    settings: {
      name: "worker",
      label: "test/worker",
      arn: "arn:aws:lambda:us-east-1:1:function:worker",
      handlerFile: "",
      handlerExport: "handler",
      environment: {},
      memoryMegabytes: 128,
      timeoutSeconds: 3,
      reserved: null,
    },
    concurrency: 1,
    rest: async () => {},
    renew: async () => {},
    running: () => running,
    onFree: (listener) => {
      listeners.push(listener);
    },
    warm: async () => {},
    stop: async () => {},
    invoke: async (event) => {
      running += 1;
      seen.push(JSON.stringify(event));
      await turn();
      running -= 1;
      for (const listener of listeners) listener();
      return { ok: true, payload: "null" };
    },
  };
};

describe("two queues that feed one function", () => {
  it("are both emptied, although its only thread is busy when the second queue looks", async () => {
    const seen: string[] = [];
    const pool = singleThread(seen);
    const usage = createUsage(() => 0);
    for (const [name, bodies] of Object.entries({ first: ["a", "b"], second: ["c", "d"] })) {
      const queue = queueOf(name, bodies);
      startEventSource({ ...SOURCE, queue, pool }, { usage, faults: createFaults() });
    }
    for (let turns = 0; turns < 40; turns += 1) await turn();
    const bodies = seen.map((event) => /"body":"(\w)"/.exec(event)?.[1]);
    expect(bodies.toSorted()).toEqual(["a", "b", "c", "d"]);
  });
});

/** The bodies of each batch that a queue of ten messages delivers while a shuffle of that seed lasts. */
const shuffled = async (seed: number): Promise<readonly string[][]> => {
  const seen: string[] = [];
  const faults = createFaults();
  faults.add({ target: "test/worker", kind: "shuffle", at: "before", times: 100, seed });
  const list = createStandardList();
  for (const id of "abcdefghij") list.add(entryOf(id));
  const queue: Queue = {
    ...queueOf("shuffled", []),
    receive: (limit, _seconds, draw) => list.take(limit, draw).map(({ id }) => messageOf(id)),
    receivable: list.available,
    counts: () => ({ ready: list.size(), held: 0, delayed: 0 }),
  };
  const source = startEventSource(
    { ...SOURCE, queue, pool: singleThread(seen), batchSize: 4 },
    { usage: createUsage(() => 0), faults },
  );
  for (let turns = 0; turns < 100; turns += 1) {
    await turn();
    source.hurry();
  }
  source.stop();
  return seen.map((event) => [...event.matchAll(/"body":"(\w)"/g)].map(([, body = ""]) => body));
};

describe("a shuffle", () => {
  it("delivers every message, in another order and in batches of any size", async () => {
    const batches = await shuffled(1);
    expect(batches.flat().toSorted().join("")).toBe("abcdefghij");
    expect(batches.flat().join("")).not.toBe("abcdefghij");
    expect(new Set(batches.map(({ length }) => length)).size).toBeGreaterThan(1);
  });

  it("is the same from the same seed, and another from another", async () => {
    expect(await shuffled(1)).toEqual(await shuffled(1));
    expect(await shuffled(1)).not.toEqual(await shuffled(2));
  });
});

describe("a batch that waits to fill", () => {
  it("goes at once when it is hurried, and only once", async () => {
    const seen: string[] = [];
    const bodies = ["a", "b"];
    const source = startEventSource(
      {
        queue: queueOf("slow", bodies),
        pool: singleThread(seen),
        ...SOURCE,
        batchSize: 10,
        windowSeconds: 3_600,
      },
      { usage: createUsage(() => 0), faults: createFaults() },
    );
    await turn();
    expect({ filling: source.filling(), active: source.active(), seen }).toEqual({
      filling: true,
      active: 1,
      seen: [],
    });

    source.hurry();
    source.hurry();
    expect(source.filling()).toBe(false);
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect(seen.map((event) => [...event.matchAll(/"body":"(\w)"/g)].map(([, body]) => body))).toEqual([
      ["a", "b"],
    ]);
    expect({ filling: source.filling(), active: source.active() }).toEqual({ filling: false, active: 0 });
    source.stop();
  });
});
