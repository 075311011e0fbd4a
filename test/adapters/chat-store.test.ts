import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoChatStore } from "#adapters/dynamodb/chats/chat-store.ts";
import { memoryChatStore } from "#adapters/memory/chat-store.ts";
import type { ChatLetter } from "#domain/records/chat.ts";
import type { ChatStore } from "#ports/chat-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const NOON = Date.parse("2026-11-30T12:00:00Z");
const letter = (messageId: string, more: Partial<ChatLetter> = {}): ChatLetter => ({
  messageId,
  direction: "in",
  text: `text of ${messageId}`,
  at: new Date(NOON).toISOString(),
  ...more,
});

let engine: DynamoEngine;
beforeAll(async () => {
  engine = await startDynamoEngine();
});
afterAll(() => engine.stop());

describe.each<[string, () => Promise<ChatStore>]>([
  ["memory", async () => memoryChatStore()],
  [
    "DynamoDB",
    async () => dynamoChatStore({ client: engine.client, table: "chats", clock: { now: () => NOON } }),
  ],
])("a chat, in %s,", (_name, start) => {
  let store: ChatStore;
  beforeAll(async () => {
    store = await start();
  });

  it("is empty before anybody wrote", async () => {
    expect(await store.head("none")).toEqual({ lastSeq: 0, spokenFor: 0 });
    expect(await store.messages("none", { limit: 10 })).toEqual([]);
  });

  it("holds messages in their order, each as it was written, and keeps those of others apart", async () => {
    await store.add("one", letter("a", { clientId: "c-1" }), { spokenFor: 5 });
    await store.add("one", letter("b", { direction: "out" }));
    await store.add("other", letter("x"));
    expect(await store.messages("one", { limit: 10 })).toEqual([
      { ...letter("a", { clientId: "c-1" }), seq: 1 },
      { ...letter("b", { direction: "out" }), seq: 2 },
    ]);
    expect(await store.head("one")).toEqual({ lastSeq: 2, spokenFor: 5 });
  });

  it("takes a message once, however often it comes and by whatever head", async () => {
    const head = await store.head("again");
    const first = await store.add("again", letter("a"), { head });
    const second = await store.add("again", letter("a"), { head });
    expect([first, second]).toEqual([
      { seq: 1, isNew: true },
      { seq: 1, isNew: false },
    ]);
    // By a head that is out of date it joins at the end all the same.
    expect(await store.add("again", letter("b"), { head })).toEqual({ seq: 2, isNew: true });
  });

  it("gives places without gaps to many who write at once, so that who reads on misses none", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `m-${index}`);
    const put = await Promise.all([...ids, ...ids].map((id) => store.add("busy", letter(id))));
    expect(
      put
        .filter(({ isNew }) => isNew)
        .map(({ seq }) => seq)
        .toSorted((a, b) => a - b),
    ).toEqual(ids.map((_, index) => index + 1));
    const seen: string[] = [];
    for (let after = 0; ; ) {
      const page = await store.messages("busy", { limit: 5, after });
      if (page.length === 0) break;
      seen.push(...page.map(({ messageId }) => messageId));
      after = page.at(-1)?.seq ?? 0;
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect((await store.messages("busy", { limit: 5 })).map(({ seq }) => seq)).toEqual([8, 9, 10, 11, 12]);
  });
});
