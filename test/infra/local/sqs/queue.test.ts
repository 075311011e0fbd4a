import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Agenda, createAgenda } from "#infra/local/machine/agenda.ts";
import { type CloudClock, createClock } from "#infra/local/machine/clock.ts";
import { md5OfAttributes } from "#infra/local/sqs/message-attributes.ts";
import { createMessageLog } from "#infra/local/sqs/message-log.ts";
import type { NewMessage, QueueSettings } from "#infra/local/sqs/model.ts";
import { createQueue, type Queue } from "#infra/local/sqs/queue.ts";
import { openState, type StateDatabase } from "#infra/local/state/database.ts";

let folder: string;
let state: StateDatabase;
let clock: CloudClock;
let agenda: Agenda;
let queues: Map<string, Queue>;

const open = (): void => {
  state = openState(folder);
  clock = createClock(0);
  agenda = createAgenda(clock);
  agenda.pause();
  queues = new Map();
};
const close = (): void => {
  agenda.stop();
  state.close();
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "queue-"));
  open();
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true });
});

const make = (name: string, more: Partial<QueueSettings> = {}): Queue => {
  const settings: QueueSettings = {
    name,
    url: `http://127.0.0.1/000000000000/${name}`,
    arn: `arn:${name}`,
    fifo: name.endsWith(".fifo"),
    visibilityTimeout: 30,
    delay: 0,
    receiveWait: 0,
    retention: 345_600,
    contentBasedDeduplication: false,
    deduplicationScope: "queue",
    redrive: null,
    ...more,
  };
  const queue = createQueue(settings, {
    clock,
    agenda,
    log: createMessageLog(state),
    byArn: (arn) => queues.get(arn),
  });
  queues.set(settings.arn, queue);
  return queue;
};
const pass = (seconds: number): void => {
  clock.moveTo(clock.now() + seconds * 1000);
  agenda.runDue();
};
const inGroup = (groupId: string, body: string): NewMessage => ({ body, groupId, deduplicationId: body });
const bodies = (queue: Queue, limit = 10): string[] =>
  queue.receive(limit, null).map((message) => message.body);

describe("a standard queue", () => {
  it("hides a received message until its visibility timeout, and counts receives", () => {
    const queue = make("q");
    queue.send({ body: "m" });
    expect(bodies(queue)).toEqual(["m"]);
    expect(bodies(queue)).toEqual([]);
    pass(29);
    expect(bodies(queue)).toEqual([]);
    pass(2);
    const [again] = queue.receive(1, null);
    expect(again?.attributes.ApproximateReceiveCount).toBe("2");
  });

  it("gives a message back at once when its visibility is set to nothing, later when it is prolonged", () => {
    const queue = make("q");
    queue.send({ body: "m" });
    const [first] = queue.receive(1, null);
    expect(queue.changeVisibility(first?.receiptHandle ?? "", 0)).toBe("changed");
    const [second] = queue.receive(1, null);
    queue.changeVisibility(second?.receiptHandle ?? "", 100);
    pass(60);
    expect(bodies(queue)).toEqual([]);
    pass(41);
    expect(bodies(queue)).toEqual(["m"]);
  });

  it("holds back a delayed message", () => {
    const queue = make("q");
    queue.send({ body: "late", delaySeconds: 20 });
    queue.send({ body: "now" });
    expect(bodies(queue)).toEqual(["now"]);
    pass(21);
    expect(bodies(queue)).toEqual(["late"]);
  });

  it("knows of a dead letter from which queue it came, after a restart too, and moves it back as a new one", () => {
    const redrive = { targetArn: "arn:dead", maxReceiveCount: 1 };
    make("dead");
    const sentAt = clock.now();
    make("q", { redrive }).send({ body: "m" });
    queues.get("arn:q")?.receive(1, null);
    pass(31);
    close();
    open();
    const [dead, queue] = [make("dead"), make("q", { redrive })];
    dead.send({ body: "a worker wrote it" });
    const to = (source: string | undefined) => queues.get(source ?? "");
    expect([dead.moveOne(to), dead.moveOne(to)]).toEqual(["moved", "stuck"]);
    const [back] = queue.receive(10, null);
    expect(back?.body).toBe("m");
    expect(back?.attributes.ApproximateReceiveCount).toBe("1");
    expect(back?.attributes.DeadLetterQueueSourceArn).toBeUndefined();
    expect(Number(back?.attributes.SentTimestamp)).toBeGreaterThan(sentAt);
    expect(bodies(dead)).toEqual(["a worker wrote it"]);
  });

  it("moves a message to the dead-letter queue when its receives are used up", () => {
    const dead = make("dead");
    const queue = make("q", { redrive: { targetArn: dead.settings.arn, maxReceiveCount: 2 } });
    queue.send({ body: "m" });
    for (let receive = 0; receive < 2; receive += 1) {
      expect(bodies(queue)).toEqual(["m"]);
      pass(31);
    }
    expect(bodies(queue)).toEqual([]);
    expect(bodies(dead)).toEqual(["m"]);
  });

  it("does not know a handle of another queue", () => {
    const queue = make("q");
    const other = make("other");
    other.send({ body: "m" });
    const [message] = other.receive(1, null);
    expect(queue.remove(message?.receiptHandle ?? "")).toBe(false);
    expect(queue.changeVisibility("nonsense", 10)).toBe("invalid");
  });
});

describe("a FIFO queue", () => {
  it("keeps the order of a group and gives none of it while one is held", () => {
    const queue = make("q.fifo");
    for (const body of ["a1", "a2", "a3"]) queue.send(inGroup("a", body));
    queue.send(inGroup("b", "b1"));
    const [first] = queue.receive(1, null);
    expect(first?.body).toBe("a1");
    expect(bodies(queue)).toEqual(["b1"]);
    expect(queue.receivable()).toBe(false);
    queue.remove(first?.receiptHandle ?? "");
    expect(bodies(queue)).toEqual(["a2", "a3"]);
  });

  it("lets groups take turns as they are drawn, and keeps the order of each", () => {
    const queue = make("q.fifo");
    for (const group of ["a", "b", "c"]) {
      for (const number of [1, 2]) queue.send(inGroup(group, `${group}${number}`));
    }
    const last = () => 0.99;
    expect(queue.receive(10, null, last).map(({ body }) => body)).toEqual([
      "c1",
      "c2",
      "b1",
      "b2",
      "a1",
      "a2",
    ]);
  });

  it("puts a message that comes back before the later ones of its group", () => {
    const queue = make("q.fifo");
    for (const body of ["a1", "a2", "a3"]) queue.send(inGroup("a", body));
    const [, second] = queue.receive(2, null);
    queue.changeVisibility(second?.receiptHandle ?? "", 0);
    pass(31);
    expect(bodies(queue)).toEqual(["a1", "a2", "a3"]);
  });

  it("drops a message with a known deduplication id for five minutes, in the scope it has", () => {
    const wide = make("wide.fifo");
    const narrow = make("narrow.fifo", { deduplicationScope: "messageGroup" });
    for (const queue of [wide, narrow]) {
      queue.send({ body: "1", groupId: "a", deduplicationId: "x" });
      queue.send({ body: "2", groupId: "b", deduplicationId: "x" });
      queue.send({ body: "3", groupId: "a", deduplicationId: "x" });
    }
    expect(bodies(wide)).toEqual(["1"]);
    expect(bodies(narrow)).toEqual(["1", "2"]);
    pass(301);
    expect(wide.send({ body: "4", groupId: "c", deduplicationId: "x" }).sequenceNumber).not.toBeNull();
    expect(bodies(wide)).toContain("4");
  });

  it("takes the body for the deduplication id when it is content-based", () => {
    const queue = make("q.fifo", { contentBasedDeduplication: true });
    for (const body of ["same", "same", "other"]) queue.send({ body, groupId: "a" });
    expect(bodies(queue)).toEqual(["same", "other"]);
  });
});

describe("after a restart", () => {
  it("waiting, delayed and held messages are still there, in order, and deduplication still knows", () => {
    const queue = make("q.fifo");
    for (const body of ["1", "2", "3"]) queue.send(inGroup("a", body));
    const [done] = queue.receive(1, null);
    queue.remove(done?.receiptHandle ?? "");
    queue.receive(1, null);
    make("later").send({ body: "late", delaySeconds: 60 });
    close();
    open();
    const again = make("q.fifo");
    again.send(inGroup("a", "1"));
    expect(bodies(again)).toEqual(["2", "3"]);
    const later = make("later");
    expect(bodies(later)).toEqual([]);
    pass(61);
    expect(bodies(later)).toEqual(["late"]);
  });
});

describe("the digest of message attributes", () => {
  it("is the one that SQS gives, whatever their order", () => {
    const timestamp = { DataType: "Number", StringValue: "1493147359900" };
    expect(md5OfAttributes({ timestamp })).toBe("235c5c510d26fb653d073faed50ae77c");
    const other = { DataType: "String", StringValue: "x" };
    expect(md5OfAttributes({ timestamp, other })).toBe(md5OfAttributes({ other, timestamp }));
  });
});

describe("the age of a queue", () => {
  it("is that of its oldest message, and leaves out what was received three times", () => {
    const queue = make("shop", { visibilityTimeout: 1 });
    expect(queue.oldestSentAt()).toBeNull();
    queue.send({ body: "old" });
    const sentAt = queue.oldestSentAt() ?? 0;
    expect(sentAt).toBeCloseTo(clock.now(), -3);

    for (let times = 0; times < 3; times += 1) {
      expect(queue.oldestSentAt()).toBe(sentAt);
      queue.receive(1, null);
      pass(2);
    }
    expect(queue.oldestSentAt()).toBeNull();
    queue.send({ body: "young" });
    expect(queue.oldestSentAt()).toBeGreaterThan(sentAt);
  });
});
