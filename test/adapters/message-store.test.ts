import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  fromMessageItem,
  messageTimelineEntry,
  toMessageItem,
} from "#adapters/dynamodb/messages/message-item.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/messages/message-store.ts";
import { dynamoOverdueMessages } from "#adapters/dynamodb/messages/overdue-messages.ts";
import { memoryMessageStore, memoryOverdueMessages } from "#adapters/memory/message-store.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageStore, OverdueMessages } from "#ports/message-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { message } from "../support/sending/message.ts";

const NOW = "2026-11-21T12:00:00.000Z";
const UNTIL = "2026-11-21T12:01:00.000Z";
const AFTER = "2026-11-21T12:01:00.001Z";

type Store = MessageStore & OverdueMessages & { readonly put: (message: Message) => Promise<void> };
type Technology = { readonly fresh: () => Promise<Store>; readonly stop: () => void };

const technologies: Record<string, () => Promise<Technology>> = {
  memory: async () => ({
    fresh: async () => {
      const messages = new Map<string, Message>();
      return {
        ...memoryMessageStore(messages),
        ...memoryOverdueMessages(messages),
        put: async (added) => {
          messages.set(added.messageId, added);
        },
      };
    },
    stop: () => {},
  }),
  dynamodb: async () => {
    const engine = await startDynamoEngine();
    return {
      fresh: async () => ({
        ...dynamoMessageStore({ client: engine.client, table: "history" }),
        ...dynamoOverdueMessages({ client: engine.client, table: "history" }),
        put: async (added) => {
          await engine.client.send(new PutItemCommand({ TableName: "history", Item: toMessageItem(added) }));
        },
      }),
      stop: engine.stop,
    };
  },
};

let sequence = 0;
const stored = async (store: Store, members: Partial<Message> = {}): Promise<string> => {
  sequence += 1;
  const messageId = `msg_${String(sequence).padStart(26, "0")}`;
  await store.put(message({ messageId, ...members }));
  return messageId;
};
const claimOf = (reclaim: "never" | "after-expiry", now = NOW) => ({ now, until: UNTIL, reclaim });

describe.each(Object.entries(technologies))("messages in %s", (_name, start) => {
  let technology: Technology;
  let store: Store;
  beforeAll(async () => {
    technology = await start();
    store = await technology.fresh();
  });
  afterAll(() => technology.stop());

  it("are found as they were put, with everything they carry", async () => {
    const full: Partial<Message> = {
      content: { subject: "Hi", text: "x", data: { a: [1] } },
      data: { n: 1, deep: { list: [null] } },
      event: { name: "Signed Up" },
      to: "ada@example.com",
      sendAt: NOW,
      requestHash: "abc",
    };
    const messageId = await stored(store, full);
    expect(await store.get(messageId)).toEqual(message({ messageId, ...full }));
    expect(await store.get("msg_none")).toBeNull();
  });

  it("keep what each attempt said: whom it asked, why that was no end, what a person has to do", async () => {
    const messageId = await stored(store);
    await store.claim(messageId, claimOf("never"));
    const asked = {
      provider: "two",
      account: "default",
      attempt: 1,
      tries: [{ provider: "one", account: "main", at: NOW, reason: "unavailable" }],
    };
    const why = { reason: "account", advice: "Set it up." };
    await store.record(messageId, { status: "requested", at: NOW, sweepAt: UNTIL, ...why, asked });
    const history = (await store.get(messageId))?.history;
    expect(history?.at(-1)).toEqual({ status: "requested", at: NOW, ...why, ...asked });
  });

  it("are claimed by exactly one of many at the same time", async () => {
    const messageId = await stored(store);
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => store.claim(messageId, claimOf("never"))),
    );
    expect(claims.filter(({ result }) => result === "claimed")).toHaveLength(1);
    expect(claims.filter(({ result }) => result === "taken")).toHaveLength(7);
  });

  it("show the claim: status, attempt, end, history", async () => {
    const messageId = await stored(store);
    const claim = await store.claim(messageId, claimOf("never"));
    expect(claim).toMatchObject({
      result: "claimed",
      message: {
        status: "sending",
        attempts: 1,
        claimedUntil: UNTIL,
        history: [{ status: "requested" }, { status: "sending", at: NOW }],
      },
    });
    expect(await store.claim("msg_none", claimOf("never"))).toEqual({ result: "missing" });
  });

  it("are claimed anew after the claim's end, if they may be sent twice", async () => {
    const messageId = await stored(store);
    await store.claim(messageId, claimOf("after-expiry"));
    expect((await store.claim(messageId, claimOf("after-expiry", UNTIL))).result).toBe("taken");
    expect((await store.claim(messageId, claimOf("never", AFTER))).result).toBe("taken");
    expect(await store.claim(messageId, claimOf("after-expiry", AFTER))).toMatchObject({
      result: "claimed",
      message: { attempts: 2 },
    });
  });

  it("end their claim when the outcome is recorded, and are never claimed again once sent", async () => {
    const messageId = await stored(store);
    await store.claim(messageId, claimOf("never"));
    const sent = await store.record(messageId, { status: "sent", at: NOW, providerMessageId: "ses-1" });
    expect(sent).toMatchObject({ status: "sent", providerMessageId: "ses-1" });
    expect(sent).not.toHaveProperty("claimedUntil");
    expect((await store.claim(messageId, claimOf("after-expiry", AFTER))).result).toBe("taken");
  });

  it("take every move once and no move backwards", async () => {
    const messageId = await stored(store, { status: "sending" });
    const delivered = { status: "delivered", at: NOW } as const;
    await store.record(messageId, delivered);
    await store.record(messageId, delivered);
    const after = await store.record(messageId, { status: "sent", at: NOW });
    expect(after?.status).toBe("delivered");
    expect(after?.history.map(({ status }) => status)).toEqual(["requested", "delivered"]);
    expect(await store.get(messageId)).toEqual(after);
    expect(await store.record("msg_none", delivered)).toBeNull();
  });

  it("keep the reason of a refusal", async () => {
    const messageId = await stored(store, { status: "sending" });
    const rejected = await store.record(messageId, { status: "rejected", at: NOW, reason: "consent" });
    expect(rejected?.history.at(-1)).toEqual({ status: "rejected", at: NOW, reason: "consent" });
  });

  it("are not moved by who did not claim them while a sender holds them", async () => {
    const messageId = await stored(store);
    await store.claim(messageId, claimOf("never"));
    const ending = (at: string) => ({ status: "failed", at, unlessHeldAt: at }) as const;
    expect(await store.record(messageId, ending(UNTIL))).toMatchObject({ status: "sending" });
    expect(await store.record(messageId, ending(AFTER))).toMatchObject({ status: "failed" });
  });

  describe("that have not ended", () => {
    const LONG_AGO = "2026-11-20T12:00:00.000Z";
    const overdue = async (now = NOW): Promise<readonly string[]> =>
      (await store.find(now)).map(({ messageId }) => messageId).toSorted();

    it("are found when their time has come, until somebody ends them", async () => {
      const ids = await Promise.all(
        Array.from({ length: 20 }, () => stored(store, { sweepAt: LONG_AGO, content: { text: "x" } })),
      );
      await stored(store, { sweepAt: AFTER });
      expect(await overdue(LONG_AGO)).toEqual(ids.toSorted());
      expect(await overdue("2026-11-20T11:59:59.999Z")).toEqual([]);
      const found = (await store.find(NOW)).find(({ messageId }) => messageId === ids[0]);
      expect(found).toEqual(await store.get(ids[0] ?? ""));

      for (const messageId of ids) await store.claim(messageId, claimOf("never"));
      expect(await overdue(LONG_AGO)).toHaveLength(20);
      for (const messageId of ids) await store.record(messageId, { status: "sent", at: NOW });
      expect(await overdue(LONG_AGO)).toEqual([]);
    });

    it("are found later when they are put off, and once more when they are to be looked at again", async () => {
      const messageId = await stored(store, { sweepAt: LONG_AGO });
      await store.record(messageId, { status: "requested", at: NOW, sweepAt: UNTIL });
      await store.claim(messageId, claimOf("never"));
      await store.record(messageId, { status: "requested", at: NOW, sweepAt: UNTIL });
      expect(await overdue(NOW)).not.toContain(messageId);
      expect(await overdue(UNTIL)).toContain(messageId);
      await store.record(messageId, { status: "failed", at: NOW, sweepAt: UNTIL });
      expect(await overdue(UNTIL)).toContain(messageId);
    });

    it("are put off by the sweep only where nobody moved them meanwhile", async () => {
      const messageId = await stored(store, { sweepAt: LONG_AGO });
      const seen = await store.get(messageId);
      if (seen === null) throw new Error("it was stored");
      await store.postpone(seen, UNTIL);
      expect((await store.get(messageId))?.sweepAt).toBe(UNTIL);
      await store.postpone(seen, null);
      expect((await store.get(messageId))?.sweepAt).toBe(UNTIL);
      await store.postpone({ ...seen, sweepAt: UNTIL }, null);
      expect(await store.get(messageId)).not.toHaveProperty("sweepAt");
    });

    it("of a release that knew no sweep are found once they are put off", async () => {
      const { sweepAt: _unknown, ...old } = message({ messageId: "msg_00000000000000000000000old" });
      await store.put(old);
      expect(await overdue("2027-01-01T00:00:00.000Z")).not.toContain(old.messageId);
      await store.claim(old.messageId, claimOf("never"));
      await store.record(old.messageId, { status: "requested", at: NOW, sweepAt: UNTIL });
      expect(await overdue(UNTIL)).toContain(old.messageId);
    });
  });

  it("can be given back and claimed once more", async () => {
    const messageId = await stored(store);
    await store.claim(messageId, claimOf("never"));
    await store.record(messageId, { status: "requested", at: NOW, reason: "throttled", sweepAt: UNTIL });
    expect((await store.claim(messageId, claimOf("never"))).result).toBe("claimed");
  });
});

describe("the item of a message", () => {
  it("brings back the message, who spoke and what was left out of it", () => {
    const sent = {
      status: "sent" as const,
      at: NOW,
      warnings: [{ code: "link-left-out" as const, part: "html", host: "" }],
    };
    const whole = message({ standing: "public", event: { name: "x" }, history: [sent], status: "sent" });
    expect(fromMessageItem(toMessageItem(whole))).toEqual(whole);
  });

  it("costs one request to claim and one to record, refused or not", async () => {
    const engine = await startDynamoEngine();
    const store = dynamoMessageStore({ client: engine.client, table: "history" });
    const item = toMessageItem(message());
    await engine.client.send(new PutItemCommand({ TableName: "history", Item: item }));
    engine.operations();
    await store.claim(message().messageId, claimOf("never"));
    await store.claim(message().messageId, claimOf("never"));
    await store.record(message().messageId, { status: "sent", at: NOW });
    await store.record(message().messageId, { status: "sent", at: NOW });
    expect(engine.operations()).toEqual(Array(4).fill("UpdateItem"));
    engine.stop();
  });

  it("shows on the timeline with the decision and the action that it came from", () => {
    expect(messageTimelineEntry(toMessageItem(message({ action: "welcome" })))).toEqual({
      id: message().messageId,
      kind: "message",
      at: message().createdAt,
      messageId: message().messageId,
      channel: "email",
      status: "requested",
      decisionId: message().decisionId,
      action: "welcome",
    });
  });

  it("shows on the timeline why it waits, in words, however often it was tried for the same reason", () => {
    const waits = (more: object = {}) =>
      ({ status: "requested", at: NOW, reason: "paused", ...more }) as const;
    const again = { status: "sending", at: NOW } as const;
    const entry = (...history: Message["history"]) =>
      messageTimelineEntry(toMessageItem(message({ history })));
    const advised = { reason: "paused", advice: "Switch it on." };

    expect(entry(waits({ advice: "Switch it on." }), again, waits())).toMatchObject(advised);
    expect(entry(waits({ advice: "Switch it on." }), { ...waits(), reason: "throttled" }, waits())).toEqual(
      expect.not.objectContaining({ advice: "Switch it on." }),
    );
    expect(entry(waits(), { status: "sent", at: NOW })).not.toHaveProperty("reason");
  });

  it("is refused when it is none", () => {
    expect(() => fromMessageItem({ pk: { S: "msg_1" } })).toThrow();
  });

  it("is no message when another kind of fact lies under the id", async () => {
    const engine = await startDynamoEngine();
    const fact = { pk: { S: "evt_1" }, kind: { S: "event" } };
    await engine.client.send(new PutItemCommand({ TableName: "history", Item: fact }));
    const store = dynamoMessageStore({ client: engine.client, table: "history" });
    expect(await store.get("evt_1")).toBeNull();
    engine.stop();
  });
});
