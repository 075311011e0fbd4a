import { describe, expect, it } from "vitest";
import type { ConversationFilter } from "#ports/conversation-store.ts";
import { at, received, threadAfter, written } from "../domain/conversation/people.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { conversationsIn, next, opening } from "../support/conversations/threads.ts";

const LINE: ConversationFilter = { states: ["open"], sort: "waiting" };

describe("a thread in dynamodb", () => {
  it("of 50,000 messages opens with the same requests and units as one of 40", async () => {
    const engine = await startDynamoEngine();
    const store = conversationsIn(engine);
    const costOf = async (count: number) => {
      let { head, messages } = opening();
      await store.save({ threads: [{ head, messages }] });
      while (head.lastSeq < count) {
        const some = Array.from({ length: 90 }, (_, index) => written(`m${index}`, index));
        ({ head, messages } = next(threadAfter(head, received(...some), at(90))));
        await store.save({ threads: [{ head, messages }] });
      }
      engine.operations();
      engine.units();
      await store.get(head.conversationId);
      expect(await store.messages(head.conversationId, { limit: 30 })).toHaveLength(30);
      return { operations: engine.operations(), units: engine.units().read };
    };
    const small = await costOf(40);
    expect(small.operations).toEqual(["GetItem", "Query"]);
    expect(await costOf(50_000)).toEqual(small);
    engine.stop();
  });
});

describe("a line of customers who wait", () => {
  it("of 10,000 pages from who waits longest to who came last, each page at the cost of a page of 400", async () => {
    const costsOf = async (waiting: number) => {
      const engine = await startDynamoEngine();
      const store = conversationsIn(engine);
      for (let made = 0; made < waiting; made += 25) {
        const threads = Array.from({ length: 25 }, (_, index) => opening(made + index));
        expect(await store.save({ threads })).toBe("saved");
      }
      engine.operations();
      engine.units();
      const operations = new Set<string>();
      const units: number[] = [];
      const since: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await store.list(LINE, { limit: 50, ...(cursor ? { cursor } : {}) });
        const [asked, read] = [engine.operations(), engine.units().read];
        if (page.items.length === 50) operations.add(asked.join());
        if (page.items.length === 50) units.push(read);
        since.push(...page.items.map(({ waitingSince = "" }) => waitingSince));
        cursor = page.cursor;
      } while (cursor !== null);
      engine.stop();
      expect(since).toHaveLength(waiting);
      expect(since).toEqual(since.toSorted());
      return { operations: [...operations], most: Math.max(...units) };
    };
    const [many, few] = [await costsOf(10_000), await costsOf(400)];
    expect(many.operations).toEqual(few.operations);
    expect(few.operations).toHaveLength(1);
    expect(many.most).toBeLessThanOrEqual(1.1 * few.most);
  });
});
