import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoTimerTable } from "#adapters/dynamodb/timers/timers.ts";
import { memoryConversationStore } from "#adapters/memory/conversation-store.ts";
import type { Joining, Thread } from "#domain/conversation/thread.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import type { ConversationFilter, ConversationStore } from "#ports/conversation-store.ts";
import { at, iso, minute, ours, received, threadAfter, written } from "../domain/conversation/people.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { conversationsIn, NOW, next, opening } from "../support/conversations/threads.ts";

type Technology = { readonly store: ConversationStore; readonly engine?: DynamoEngine };

const technologies: Record<string, () => Promise<Technology>> = {
  memory: async () => ({ store: memoryConversationStore() }),
  dynamodb: async () => {
    const engine = await startDynamoEngine();
    return { engine, store: conversationsIn(engine, handedOver) };
  },
};

const LINE: ConversationFilter = { states: ["open"], sort: "waiting" };

const handedOver: string[] = [];

describe.each(Object.entries(technologies))("conversations in %s", (_name, start) => {
  let store: ConversationStore;
  let engine: DynamoEngine | undefined;
  beforeAll(async () => {
    ({ store, engine } = await start());
  });
  afterAll(() => engine?.stop());

  const put = async (thread: Thread): Promise<ConversationHead> => {
    expect(await store.save({ threads: [thread] })).toBe("saved");
    return thread.head;
  };
  const listed = async (filter: ConversationFilter, limit: number): Promise<string[][]> => {
    const pages: string[][] = [];
    let cursor: string | null | undefined;
    do {
      const page = await store.list(filter, { limit, ...(cursor ? { cursor } : {}) });
      pages.push(page.items.map(({ conversationId }) => conversationId));
      cursor = page.cursor;
    } while (cursor !== null);
    return pages;
  };

  it("are found as they were put, with everything they carry", async () => {
    const whole: Partial<ConversationHead> = {
      assignee: "Ana",
      handler: "person",
      team: "returns",
      topic: "complaint",
      tags: ["vip"],
      firstReplyAt: iso(minute(3)),
      snoozedUntil: iso(minute(30)),
      follows: "cnv_before",
    };
    const { head, messages } = opening(0, whole);
    const [first] = messages;
    if (first === undefined) throw new Error("no message");
    const full: Joining = {
      ...first,
      isCut: true,
      attachments: [{ id: "a1", name: "photo.jpg", type: "image/jpeg", bytes: 10 }],
      inReplyTo: "msg_1",
      original: "carrier/default/raw_1",
    };
    await put({ head, messages: [{ ...full, seq: 1 }] });
    expect(await store.get(head.conversationId)).toEqual(head);
    expect(await store.messages(head.conversationId, { limit: 30 })).toEqual([{ ...full, seq: 1 }]);
    expect(await store.get("cnv_none")).toBeNull();
    expect(await store.messages("cnv_none", { limit: 30 })).toEqual([]);
  });

  it("are written by exactly one of many who read the same", async () => {
    const head = await put(opening());
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, agent) =>
        store.save({
          threads: [{ head: { ...head, version: head.version + 1, assignee: `a${agent}` }, messages: [] }],
        }),
      ),
    );
    expect(results.filter((result) => result === "saved")).toHaveLength(1);
    expect(results.filter((result) => result === "conflict")).toHaveLength(49);
  });

  it("take an answer and a note once, and say that they have it", async () => {
    const head = await put(opening());
    const answer = ours(`again${randomUUID()}`, 2);
    const once = next(threadAfter(head, { kind: "answer", message: answer }, at(2)));
    expect(await store.save({ threads: [once] })).toBe("saved");
    const twice = next(threadAfter(once.head, { kind: "answer", message: answer }, at(3)));
    expect(await store.save({ threads: [twice] })).toBe("exists");
    expect(await store.messages(head.conversationId, { limit: 30 })).toHaveLength(2);
  });

  it("write all of several threads and streams, or nothing", async () => {
    const [one, other] = [opening(), opening()];
    const stream = { customerId: one.head.customerId, version: 1, taken: 3, missing: [2], current: "cnv_1" };
    await put(other);
    expect(await store.save({ threads: [one, other], streams: [stream] })).toBe("conflict");
    expect(await store.get(one.head.conversationId)).toBeNull();
    expect(await store.streams([stream.customerId])).toEqual([]);
    expect(await store.save({ threads: [one], streams: [stream] })).toBe("saved");
    expect(await store.streams([stream.customerId, "cus_none"])).toEqual([stream]);
    expect(await store.save({ threads: [], streams: [stream] })).toBe("conflict");
  });

  it("give the last messages, and those after a place, rising", async () => {
    const thread = opening();
    const many = Array.from({ length: 45 }, (_, index) => written(`m${index}`, index + 1));
    const all = threadAfter(thread.head, received(...many), at(60));
    await put(thread);
    await put(next(all));
    const seqs = async (page: { limit: number; after?: number }) =>
      (await store.messages(thread.head.conversationId, page)).map(({ seq }) => seq);
    expect(await seqs({ limit: 3 })).toEqual([44, 45, 46]);
    expect(await seqs({ limit: 3, after: 2 })).toEqual([3, 4, 5]);
    expect(await seqs({ limit: 30, after: 45 })).toEqual([46]);
    expect(await seqs({ limit: 30, after: 46 })).toEqual([]);
  });

  it("stand in line by how long the customer waits, each on one page", async () => {
    const channel = `line${randomUUID()}`;
    const threads = Array.from({ length: 23 }, (_, index) =>
      opening((index * 7) % 23, { channel, team: index % 2 === 0 ? "returns" : "orders" }),
    );
    for (const thread of threads) await put(thread);
    const byWaiting = threads
      .map(({ head }) => head)
      .toSorted((a, b) => ((a.waitingSince ?? "") < (b.waitingSince ?? "") ? -1 : 1));
    const ids = (heads: readonly ConversationHead[]) => heads.map(({ conversationId }) => conversationId);
    expect((await listed({ ...LINE, channel }, 5)).flat()).toEqual(ids(byWaiting));
    expect((await listed({ ...LINE, channel, sort: "newest" }, 4)).flat()).toEqual(
      ids(byWaiting.toReversed()),
    );
    const returns = byWaiting.filter(({ team }) => team === "returns");
    expect((await listed({ ...LINE, channel, team: "returns" }, 3)).flat()).toEqual(ids(returns));
  });

  it("are found by who has them, and by whose they are", async () => {
    const assignee = `ana${randomUUID()}`;
    const mine = await put(opening(1, { assignee, handler: "person" }));
    const closed = await put(opening(2, { assignee, state: "closed", closedAt: iso(minute(3)) }));
    await put(opening(3));
    expect(await listed({ ...LINE, assignee }, 10)).toEqual([[mine.conversationId]]);
    expect((await listed({ ...LINE, states: ["open", "closed"], assignee }, 1)).flat()).toEqual([
      mine.conversationId,
      closed.conversationId,
    ]);
    const theirs = await store.ofCustomers([mine.customerId, closed.customerId], { limit: 10 });
    expect(theirs.items).toEqual([closed, mine]);
    expect(theirs.cursor).toBeNull();
  });

  it("leave a line when they are closed", async () => {
    const channel = `leaving${randomUUID()}`;
    const head = await put(opening(0, { channel }));
    const closed = threadAfter(head, { kind: "act", by: "Ana", deed: { what: "close" } }, at(1));
    await put(next({ ...closed, head: { ...closed.head, channel } }));
    expect((await listed({ ...LINE, channel }, 10)).flat()).toEqual([]);
    expect((await listed({ ...LINE, states: ["closed"], channel }, 10)).flat()).toEqual([
      head.conversationId,
    ]);
  });

  it("refuse a cursor that no list gave", async () => {
    await expect(store.list(LINE, { limit: 5, cursor: "x" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("a conversation that is due", () => {
  it("is written with its timer, in one request, or neither is; what is due at once is handed over before", async () => {
    const engine = await startDynamoEngine();
    const store = conversationsIn(engine, handedOver);
    const table = dynamoTimerTable({ client: engine.client, table: "timers" });
    const timer = (id: string, due: string) => ({ id, due, event: { id, name: "due", detail: {} } });
    const [later, sooner] = [timer("tmr_later", iso(NOW + 3_600_000)), timer("tmr_soon", iso(NOW + 1_000))];
    const thread = opening();
    engine.operations();
    expect(await store.save({ threads: [thread], timers: [later] })).toBe("saved");
    expect(engine.operations()).toEqual(["TransactWriteItems"]);
    expect(await table.get(later)).toEqual(later);
    expect((await table.buckets(later.due.slice(0, 16))).map(({ minute }) => minute)).toEqual([
      later.due.slice(0, 16),
    ]);
    const late = timer("tmr_late", iso(NOW + 7_200_000));
    expect(await store.save({ threads: [thread], timers: [late] })).not.toBe("saved");
    expect(await table.get(late)).toBeNull();
    expect(await store.save({ threads: [opening()], timers: [sooner] })).toBe("saved");
    expect(handedOver).toEqual(["tmr_soon"]);
    engine.stop();
  });
});
