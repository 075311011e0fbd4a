import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinThreads } from "#domain/conversation/merge.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { at, iso, minute, received, threadAfter, written } from "./people.ts";

const open = (name: string, minutes: number): ConversationHead =>
  threadAfter(null, received(written(name, minutes)), at(minutes)).head;
const NOW = iso(minute(1_000));

describe("conversations of customers who turned out to be one person", () => {
  it("become one, that is waited for since the earliest message; the other leads to it", () => {
    const [older, newer] = [open("by text", 0), open("by mail", 50)];
    const [goesOn, ended] = joinThreads([older, newer], NOW);
    expect(goesOn?.head).toMatchObject({
      conversationId: newer.conversationId,
      state: "open",
      waitingSince: iso(minute(0)),
      dueAt: older.dueAt,
      unread: 2,
      lastSeq: 2,
    });
    expect(ended?.head).toMatchObject({ conversationId: older.conversationId, state: "closed", lastSeq: 2 });
    expect(ended?.messages).toMatchObject([{ activity: { kind: "joined", what: newer.conversationId } }]);
  });

  it("are left alone when one joins itself, when all but one are closed, or when they were joined before", () => {
    const one = open("a", 0);
    expect(joinThreads([one, one], NOW)).toEqual([]);
    expect(joinThreads([], NOW)).toEqual([]);
    const again = joinThreads([one, open("b", 1)], NOW).map(({ head }) => head);
    expect(joinThreads(again, NOW)).toEqual([]);
  });

  it("come to the same whatever order they are given in, and lose no message", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 6 }),
        (minutes) => {
          const heads = minutes.map((each) => open(`m${each}`, each));
          const joined = joinThreads(heads, NOW);
          const reversed = joinThreads(heads.toReversed(), NOW);
          expect(reversed[0]?.head).toMatchObject({
            conversationId: joined[0]?.head.conversationId,
            waitingSince: joined[0]?.head.waitingSince,
            unread: joined[0]?.head.unread,
          });
          expect(new Set(joined.map(({ head }) => head.conversationId)).size).toBe(heads.length);
          expect(joined.filter(({ head }) => head.state !== "closed")).toHaveLength(1);
          for (const { head, messages } of joined) expect(head.lastSeq).toBe(1 + messages.length);
        },
      ),
    );
  });
});
