import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deed } from "#domain/conversation/act.ts";
import { type ConverseInput, converse } from "#domain/conversation/converse.ts";
import type { ConversationHead, ThreadMessage } from "#domain/records/conversation.ts";
import { at, CUSTOMER, iso, minute, ours, received, threadAfter, written } from "./people.ts";

const deed = (by: string, what: Deed): ConverseInput => ({ kind: "act", by, deed: what });
const opened = threadAfter(null, received(written("Where is it?", 0)), at(0)).head;
const claimed = threadAfter(opened, deed("Ana", { what: "claim" }), at(1)).head;
const answered = threadAfter(claimed, { kind: "answer", message: ours("Tomorrow", 2) }, at(2)).head;
const closed = threadAfter(answered, deed("Ana", { what: "close" }), at(3)).head;

describe("a customer who writes", () => {
  it("begins a conversation with what they answer, and waits for us since then", () => {
    const thread = threadAfter(
      null,
      {
        kind: "received",
        customerId: CUSTOMER,
        messages: [written("Is it still there?", 5)],
        provoking: [ours("Your cart", 0, { author: { type: "journey" } })],
      },
      at(6),
    );
    expect(thread.messages.map(({ seq, text }) => [seq, text])).toEqual([
      [1, "Your cart"],
      [2, "Is it still there?"],
    ]);
    expect(thread.head).toMatchObject({
      state: "open",
      handler: "queue",
      waitingSince: iso(minute(5)),
      dueAt: iso(minute(5 + 240)),
      unread: 1,
      lastSeq: 2,
      lastMessage: { text: "Is it still there?", direction: "in" },
    });
  });

  it("goes on with it on another channel, and waits since the first message that nobody answered", () => {
    const { head } = threadAfter(opened, received(written("Hello?", 30, { channel: "chat" })), at(30));
    expect(head).toMatchObject({
      conversationId: opened.conversationId,
      channel: "chat",
      waitingSince: opened.waitingSince,
      dueAt: opened.dueAt,
      unread: 2,
    });
  });

  it("opens it again soon after its end, for whoever is there now, and later begins another", () => {
    const soon = threadAfter(closed, received(written("And now?", 60)), at(60)).head;
    expect(soon).toMatchObject({
      conversationId: closed.conversationId,
      state: "open",
      handler: "queue",
      waitingSince: iso(minute(60)),
    });
    expect(soon.assignee).toBeUndefined();
    expect(soon.closedAt).toBeUndefined();
    const late = threadAfter(closed, received(written("Again", 9_000)), at(9_000));
    expect(late.head.conversationId).not.toBe(closed.conversationId);
    expect(late.head).toMatchObject({ follows: closed.conversationId, lastSeq: 1, state: "open" });
  });

  it("wakes a conversation that sleeps", () => {
    const asleep = threadAfter(
      answered,
      deed("Ana", { what: "snooze", until: iso(minute(600)) }),
      at(3),
    ).head;
    expect(asleep).toMatchObject({ state: "snoozed", snoozedUntil: iso(minute(600)) });
    const { head } = threadAfter(asleep, received(written("Wait", 10)), at(10));
    expect(head.state).toBe("open");
    expect(head.snoozedUntil).toBeUndefined();
  });

  it("is not meant by what a machine of theirs wrote: kept, and in nobody's queue", () => {
    const away = written("I am away", 0, { isAutomatic: true });
    const alone = threadAfter(null, received(away), at(0));
    expect(alone.head).toMatchObject({ state: "closed", unread: 0, lastSeq: 1 });
    expect(alone.head.waitingSince).toBeUndefined();
    const beside = threadAfter(answered, received(away), at(9));
    expect(beside.head).toMatchObject({ state: "waiting", unread: 0 });
    expect(beside.messages).toHaveLength(1);
  });
});

describe("an answer", () => {
  it("makes it the customer's turn, and ends their waiting", () => {
    expect(answered).toMatchObject({ state: "waiting", firstReplyAt: iso(minute(2)), unread: 0 });
    expect(answered.waitingSince).toBeUndefined();
    expect(answered.dueAt).toBeUndefined();
    const more = threadAfter(answered, { kind: "answer", message: ours("At nine", 8) }, at(8)).head;
    expect(more.firstReplyAt).toBe(iso(minute(2)));
  });

  it("takes what nobody has for its author, and leaves what a colleague has with them", () => {
    const message = ours("I can help", 2, { author: { type: "agent", name: "Ben" } });
    expect(threadAfter(opened, { kind: "answer", message }, at(2)).head.assignee).toBe("Ben");
    expect(threadAfter(claimed, { kind: "answer", message }, at(2)).head.assignee).toBe("Ana");
  });

  it("is refused when somebody wrote since its author looked; a note and a claim are no such thing", () => {
    const answerTo = (ifLastSeq: number): ConverseInput => ({
      kind: "answer",
      message: ours("Tomorrow", 9),
      ifLastSeq,
    });
    const noted = threadAfter(claimed, deed("Ben", { what: "note", text: "VIP", key: "1" }), at(4)).head;
    expect(converse(noted, answerTo(1), at(9)).done).toBe(true);
    const moved = threadAfter(noted, received(written("Cancel it", 5)), at(5)).head;
    expect(converse(moved, answerTo(1), at(9))).toMatchObject({
      done: false,
      refusal: { reason: "moved", since: 1 },
    });
  });

  it("of a bot stays unsaid once a person or the queue has the conversation", () => {
    const message = ours("Hm", 2, { author: { type: "bot" } });
    expect(converse(claimed, { kind: "answer", message }, at(2))).toMatchObject({
      done: false,
      refusal: { reason: "not-bots" },
    });
    expect(converse({ ...opened, handler: "bot" }, { kind: "answer", message }, at(2)).done).toBe(true);
  });
});

describe("whoever takes a conversation", () => {
  it("has it alone; taking it twice changes nothing", () => {
    expect(claimed).toMatchObject({ handler: "person", assignee: "Ana", unread: 0 });
    expect(threadAfter(claimed, deed("Ana", { what: "claim" }), at(2))).toEqual({
      done: true,
      head: claimed,
      messages: [],
    });
    expect(converse(claimed, deed("Ben", { what: "claim" }), at(2))).toMatchObject({
      done: false,
      refusal: { reason: "claimed", by: "Ana" },
    });
  });

  it("does not take what changed since they looked", () => {
    const stale = deed("Ben", { what: "claim", ifVersion: 7 });
    expect(converse(opened, stale, at(2))).toMatchObject({ done: false, refusal: { reason: "moved" } });
  });

  it("alone may give it back to the queue", () => {
    expect(converse(claimed, deed("Ben", { what: "release" }), at(2)).done).toBe(false);
    const { head, messages } = threadAfter(claimed, deed("Ana", { what: "release" }), at(2));
    expect(head.handler).toBe("queue");
    expect(head.assignee).toBeUndefined();
    expect(messages).toMatchObject([{ direction: "activity", activity: { kind: "released" } }]);
  });
});

describe("a conversation that sleeps", () => {
  it("wakes at its time and not before, once", () => {
    const asleep = threadAfter(
      answered,
      deed("Ana", { what: "snooze", until: iso(minute(600)) }),
      at(3),
    ).head;
    const wake = deed("system", { what: "wake" });
    expect(threadAfter(asleep, wake, at(599)).head).toBe(asleep);
    const awake = threadAfter(asleep, wake, at(600)).head;
    expect(awake.state).toBe("open");
    expect(threadAfter(awake, wake, at(601)).head).toBe(awake);
  });
});

const act = fc.oneof(
  fc.record({ kind: fc.constant("in"), automatic: fc.boolean() }),
  fc.record({ kind: fc.constant("out"), automatic: fc.boolean() }),
  ...(["claim", "release", "close", "reopen", "wake", "snooze", "note", "tag", "assign"] as const).map(
    (kind) => fc.record({ kind: fc.constant(kind), automatic: fc.boolean() }),
  ),
);
const deedOf = (kind: string, index: number): Deed => {
  switch (kind) {
    case "snooze":
      return { what: "snooze", until: iso(minute(index * 10 + 15)) };
    case "note":
      return { what: "note", text: "n", key: String(index) };
    case "tag":
      return { what: "tag", add: [`t${index % 60}`], remove: [] };
    case "assign":
      return { what: "assign", team: index % 2 === 0 ? "returns" : null };
    case "claim":
    case "release":
    case "close":
    case "reopen":
    case "wake":
      return { what: kind };
    default:
      throw new Error(kind);
  }
};
const inputOf = ({ kind, automatic }: { kind: string; automatic: boolean }, index: number): ConverseInput => {
  const minutes = index * 10;
  if (kind === "in") return received(written(String(index), minutes, automatic ? { isAutomatic: true } : {}));
  if (kind === "out")
    return {
      kind: "answer",
      message: ours(String(index), minutes, automatic ? { author: { type: "bot" } } : {}),
    };
  return deed(automatic ? "Ana" : "Ben", deedOf(kind, index));
};

describe("whatever happens to a conversation", () => {
  it("numbers have no gaps, the clocks agree with the state, and nothing that came is lost", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        let head: ConversationHead = opened;
        const seqs = new Map<string, number[]>([[opened.conversationId, [1]]]);
        let came = 1;
        for (const [index, one] of acts.entries()) {
          const outcome = converse(head, inputOf(one, index + 1), at((index + 1) * 10));
          if (!outcome.done) continue;
          const { messages }: { readonly messages: readonly ThreadMessage[] } = outcome;
          came += one.kind === "in" ? messages.filter(({ direction }) => direction === "in").length : 0;
          head = outcome.head;
          const known = seqs.get(head.conversationId) ?? [];
          seqs.set(head.conversationId, [...known, ...messages.map(({ seq }) => seq)]);
          expect(head.lastSeq).toBe(seqs.get(head.conversationId)?.length);
          expect(head.lastTurn).toBeLessThanOrEqual(head.lastSeq);
          expect(head.state === "snoozed").toBe(head.snoozedUntil !== undefined);
          expect(head.state === "closed").toBe(head.closedAt !== undefined);
          expect(head.handler === "person").toBe(head.assignee !== undefined);
          if (head.state === "waiting" || head.state === "closed") {
            expect(head.waitingSince).toBeUndefined();
            expect(head.dueAt).toBeUndefined();
            expect(head.unread).toBe(0);
          }
          expect(head.tags.length).toBeLessThanOrEqual(50);
        }
        for (const places of seqs.values()) expect(places).toEqual(places.map((_, index) => index + 1));
        expect(came).toBe(1 + acts.filter(({ kind }) => kind === "in").length);
      }),
      { numRuns: 200 },
    );
  });

  it("takes 200 messages at once, and one of 100 KB, of which the head shows little", () => {
    const many = Array.from({ length: 200 }, (_, index) => written(`m${index}`, index));
    const huge = written("\u{1F600}".repeat(25_000), 200);
    const { head, messages } = threadAfter(null, received(...many, huge), at(200));
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1));
    expect(head.unread).toBe(201);
    expect(JSON.stringify(head).length).toBeLessThan(2_000);
    expect(head.lastMessage?.text.isWellFormed()).toBe(true);
  });
});

describe("a rating", () => {
  const close = (head: ConversationHead, rating?: number) =>
    threadAfter(head, deed("Ana", { what: "close", ...(rating === undefined ? {} : { rating }) }), at(5))
      .head;

  it("comes with closing, or after it, and stays where a later word has none", () => {
    expect(close(answered, 4)).toMatchObject({ state: "closed", rating: 4 });
    expect(close(closed, 2)).toMatchObject({ state: "closed", rating: 2, closedAt: closed.closedAt });
    expect(close(close(answered, 4))).toMatchObject({ rating: 4 });
    expect(close(close(answered, 4), 5)).toMatchObject({ rating: 5 });
    expect(close(answered)).not.toHaveProperty("rating");
  });
});
