import { describe, expect, it } from "vitest";
import type { Deed } from "#domain/conversation/act.ts";
import { type ConverseInput, converse } from "#domain/conversation/converse.ts";
import { joinedOnce, PLACE, placeOf, placeOfOpening } from "#domain/conversation/places.ts";
import { dueAt } from "#domain/conversation/receive.ts";
import { shownMessage, shownRow } from "#domain/conversation/shown.ts";
import type { Setting } from "#domain/conversation/thread.ts";
import type { ConversationHead, ThreadMessage } from "#domain/records/conversation.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { at, CUSTOMER, iso, minute, ours, received, START, threadAfter, written } from "./people.ts";

const time = (minutes: number): string => iso(minute(minutes));
const deed = (by: string, what: Deed): ConverseInput => ({ kind: "act", by, deed: what });
const begunInput: ConverseInput = {
  kind: "begun",
  customerId: CUSTOMER,
  key: "k",
  channel: "chat",
  topic: "billing",
  team: "returns",
};
const opened = threadAfter(null, received(written("Where is it?", 0)), at(1)).head;

describe("the head of a conversation", () => {
  it("that a customer begins says all there is to say of it", () => {
    expect(opened).toEqual({
      conversationId: expect.stringMatching(/^cnv_/),
      customerId: CUSTOMER,
      version: 0,
      state: "open",
      handler: "queue",
      tags: [],
      channel: "sms",
      openedAt: time(1),
      updatedAt: time(1),
      waitingSince: time(0),
      dueAt: time(240),
      lastSeq: 1,
      lastTurn: 1,
      heardAt: time(0),
      heardOn: "sms",
      unread: 1,
      lastMessage: { text: "Where is it?", at: time(0), direction: "in" },
    });
  });

  it("that we begin waits for nobody, and one begun twice is one", () => {
    const { head, messages } = threadAfter(null, begunInput, at(0));
    expect(messages).toEqual([]);
    expect(head).toEqual({
      conversationId: head.conversationId,
      customerId: CUSTOMER,
      version: 0,
      state: "open",
      handler: "queue",
      tags: [],
      channel: "chat",
      openedAt: time(0),
      updatedAt: time(0),
      lastSeq: 0,
      lastTurn: 0,
      unread: 0,
      topic: "billing",
      team: "returns",
    });
    expect(threadAfter(head, { ...begunInput, key: "other" }, at(5)).head).toBe(head);
    const closed = threadAfter(head, deed("Ana", { what: "close" }), at(6)).head;
    const plain: ConverseInput = { kind: "begun", customerId: CUSTOMER, key: "k2", channel: "sms" };
    const next = threadAfter(closed, plain, at(7)).head;
    expect(next).toMatchObject({ follows: head.conversationId, openedAt: time(7) });
    expect([next.topic, next.team]).toEqual([undefined, undefined]);
  });

  it("counts what people wrote alone, and waits since the first of it", () => {
    const { head } = threadAfter(
      null,
      received(
        written("away", 0, { isAutomatic: true }),
        written("b", 2),
        written("c", 1, { channel: "chat" }),
      ),
      at(3),
    );
    expect(head).toMatchObject({
      unread: 2,
      waitingSince: time(2),
      heardAt: time(2),
      heardOn: "chat",
      channel: "chat",
      lastSeq: 3,
      lastTurn: 3,
    });
    const automatic = threadAfter(null, received(written("away", 0, { isAutomatic: true })), at(3)).head;
    expect(automatic).toMatchObject({ closedAt: time(3), lastTurn: 1, heardAt: time(0) });
  });

  it.each([
    ["at the end of the time", 72 * 60, true],
    ["a millisecond later", 72 * 60 + 1 / 60_000, false],
  ])("goes on with a message %s, or begins another", (_when, minutes, isSame) => {
    const closed = threadAfter(opened, deed("Ana", { what: "close" }), at(0)).head;
    const later = threadAfter(closed, received(written("again", minutes)), at(minutes)).head;
    expect(later.conversationId === closed.conversationId).toBe(isSame);
    expect(later.follows).toBe(isSame ? undefined : closed.conversationId);
  });

  it("shows of a message 200 characters, and no half of one", () => {
    const shown = (text: string) =>
      threadAfter(null, received(written(text, 0)), at(0)).head.lastMessage?.text;
    expect(shown("x".repeat(200))).toHaveLength(200);
    expect(shown("x".repeat(201))).toBe("x".repeat(200));
    expect(shown(`${"x".repeat(199)}\u{1F600}`)).toBe("x".repeat(199));
  });

  it("stays in the hands of a bot that had it, and is opened for the queue where a person had", () => {
    const handled = (handler: ConversationHead["handler"]) => {
      const closed = threadAfter({ ...opened, handler }, deed("Ana", { what: "close" }), at(1)).head;
      return threadAfter(closed, deed("Ana", { what: "reopen" }), at(2)).head.handler;
    };
    expect([handled("bot"), handled("queue"), handled("person")]).toEqual(["bot", "queue", "queue"]);
  });
});

describe("by when somebody is answered", () => {
  it.each<readonly [what: string, policy: Setting["policy"], due: string | undefined]>([
    ["nothing is promised", { reopenWithinMs: 0 }, undefined],
    ["within an hour, at any time", { reopenWithinMs: 0, answerWithinMs: HOUR_MS }, time(60)],
  ])("%s", (_what, policy, due) => {
    expect(dueAt(policy, iso(START))).toBe(due);
  });
});

describe("what is done with a conversation", () => {
  const claimed = threadAfter(opened, deed("Ana", { what: "claim" }), at(2)).head;
  const given = threadAfter(
    opened,
    deed("Ben", { what: "assign", assignee: "Ana", team: "returns" }),
    at(2),
  ).head;
  const asleep = threadAfter(claimed, deed("Ana", { what: "snooze", until: time(60) }), at(3)).head;
  const closed = threadAfter(claimed, deed("Ana", { what: "close" }), at(3)).head;
  const full: ConversationHead = { ...opened, tags: Array.from({ length: 50 }, (_, index) => `t${index}`) };

  type Members = Partial<Record<keyof ConversationHead, unknown>>;
  it.each<
    readonly [what: string, before: ConversationHead, deed: Deed, changes: Members, activity: object | null]
  >([
    [
      "a claim",
      opened,
      { what: "claim" },
      { handler: "person", assignee: "Ana", unread: 0 },
      { kind: "claimed" },
    ],
    [
      "a claim of what one looked at",
      opened,
      { what: "claim", ifVersion: 0 },
      { handler: "person", assignee: "Ana", unread: 0 },
      { kind: "claimed" },
    ],
    [
      "a gift to a colleague",
      opened,
      { what: "assign", assignee: "Ben" },
      { handler: "person", assignee: "Ben" },
      { kind: "assigned", what: "Ben" },
    ],
    [
      "a gift to a team",
      opened,
      { what: "assign", team: "returns" },
      { handler: "queue", team: "returns" },
      { kind: "assigned", what: "returns" },
    ],
    [
      "a gift to a team of what a colleague has",
      claimed,
      { what: "assign", team: "returns" },
      { handler: "person", assignee: "Ana", team: "returns" },
      { kind: "assigned", what: "Ana" },
    ],
    [
      "a gift to nobody",
      given,
      { what: "assign", assignee: null },
      { handler: "queue", assignee: undefined, team: "returns" },
      { kind: "assigned", what: "returns" },
    ],
    [
      "a gift to nobody and no team",
      given,
      { what: "assign", assignee: null, team: null },
      { handler: "queue", assignee: undefined, team: undefined },
      { kind: "assigned" },
    ],
    [
      "a sleep",
      claimed,
      { what: "snooze", until: time(60) },
      { state: "snoozed", snoozedUntil: time(60) },
      { kind: "snoozed", what: time(60) },
    ],
    [
      "a sleep of what is closed",
      closed,
      { what: "snooze", until: time(60) },
      { state: "snoozed", snoozedUntil: time(60), closedAt: undefined },
      { kind: "snoozed", what: time(60) },
    ],
    [
      "another sleep",
      asleep,
      { what: "snooze", until: time(61) },
      { snoozedUntil: time(61) },
      { kind: "snoozed", what: time(61) },
    ],
    [
      "an end",
      asleep,
      { what: "close" },
      {
        state: "closed",
        closedAt: time(9),
        unread: 0,
        snoozedUntil: undefined,
        waitingSince: undefined,
        dueAt: undefined,
      },
      { kind: "closed" },
    ],
    [
      "a return",
      asleep,
      { what: "reopen" },
      { state: "open", snoozedUntil: undefined },
      { kind: "reopened" },
    ],
    [
      "a return of what is closed",
      closed,
      { what: "reopen" },
      {
        state: "open",
        handler: "queue",
        assignee: undefined,
        closedAt: undefined,
        reopenedAt: iso(minute(9)),
      },
      { kind: "reopened" },
    ],
    [
      "tags",
      { ...opened, tags: ["a", "b"] },
      { what: "tag", add: ["c", "b"], remove: ["a"] },
      { tags: ["b", "c"] },
      null,
    ],
    [
      "one tag for another",
      { ...opened, tags: ["a"] },
      { what: "tag", add: ["b"], remove: ["a"] },
      { tags: ["b"] },
      null,
    ],
    [
      "more tags than there may be",
      { ...full, tags: full.tags.slice(1) },
      { what: "tag", add: ["x", "y"], remove: [] },
      { tags: [...full.tags.slice(1), "x"] },
      null,
    ],
  ])("changes what it says and nothing else: %s", (_what, before, what, changes, activity) => {
    const { head, messages } = threadAfter(before, deed("Ana", what), at(9));
    expect(head).toEqual({
      ...before,
      ...changes,
      updatedAt: time(9),
      lastSeq: before.lastSeq + messages.length,
    });
    expect(messages.map((message) => message.activity)).toEqual(activity === null ? [] : [activity]);
  });

  it.each<readonly [what: string, before: ConversationHead, deed: Deed]>([
    ["a claim of one's own", claimed, { what: "claim", ifVersion: 99 }],
    ["what nobody has given back", opened, { what: "release" }],
    ["the same gift", given, { what: "assign", assignee: "Ana", team: "returns" }],
    ["the same gift, the team left", given, { what: "assign", assignee: "Ana" }],
    ["a gift that says nothing", given, { what: "assign" }],
    ["nobody for nobody", opened, { what: "assign", assignee: null, team: null }],
    ["an end of what is closed", closed, { what: "close" }],
    ["a sleep that is over", claimed, { what: "snooze", until: time(9) }],
    ["the same sleep", asleep, { what: "snooze", until: time(60) }],
    ["a return of what is open", claimed, { what: "reopen" }],
    ["a call to wake what is awake", claimed, { what: "wake" }],
    ["a call to wake before its time", asleep, { what: "wake" }],
    ["tags that are there", full, { what: "tag", add: ["t1"], remove: ["x"] }],
    ["a tag past the last", full, { what: "tag", add: ["new"], remove: [] }],
  ])("changes nothing: %s", (_what, before, what) => {
    expect(converse(before, deed("Ana", what), at(9))).toEqual({ done: true, head: before, messages: [] });
    expect(threadAfter(before, deed("Ana", what), at(9)).head).toBe(before);
  });

  it("stands in the thread: who did what, and when; a note has its text", () => {
    const noted = threadAfter(claimed, deed("Ben", { what: "note", text: "VIP", key: "1" }), at(9));
    expect(noted.messages).toEqual([
      {
        seq: 3,
        messageId: expect.stringMatching(/^note_/),
        direction: "note",
        channel: "sms",
        author: { type: "agent", name: "Ben" },
        text: "VIP",
        attachments: [],
        at: time(9),
      },
    ]);
    expect(noted.head).toEqual({ ...claimed, lastSeq: 3, updatedAt: time(9) });
    const woken = threadAfter(asleep, deed("system", { what: "wake" }), at(60));
    expect(woken.messages).toEqual([
      {
        seq: 4,
        messageId: expect.stringMatching(/^act_/),
        direction: "activity",
        channel: "sms",
        author: { type: "system" },
        text: "",
        attachments: [],
        at: time(60),
        activity: { kind: "woken" },
      },
    ]);
  });

  it("is refused where a colleague has it", () => {
    const refusal = { done: false, head: claimed, refusal: { reason: "claimed", by: "Ana" } };
    expect(converse(claimed, deed("Ben", { what: "claim" }), at(9))).toEqual(refusal);
    expect(converse(claimed, deed("Ben", { what: "release" }), at(9))).toEqual(refusal);
    expect(() => converse(null, deed("Ben", { what: "close" }), at(9))).toThrow();
    expect(() => converse(null, received(), at(9))).toThrow();
    expect(converse(opened, received(), at(9))).toEqual({ done: true, head: opened, messages: [] });
  });
});

describe("an answer", () => {
  it("of a person ends all waiting, and is their first", () => {
    const asleep = threadAfter(opened, deed("Ana", { what: "snooze", until: time(60) }), at(3)).head;
    const { head } = threadAfter(asleep, { kind: "answer", message: ours("Soon", 5) }, at(5));
    const { waitingSince: _w, dueAt: _d, snoozedUntil: _s, ...rest } = asleep;
    expect(head).toEqual({
      ...rest,
      state: "waiting",
      handler: "person",
      assignee: "Ana",
      unread: 0,
      updatedAt: time(5),
      firstReplyAt: time(5),
      lastSeq: 3,
      lastTurn: 3,
      lastMessage: { text: "Soon", at: time(5), direction: "out" },
    });
  });
  it.each([
    ["the last message", 1, true],
    ["all before it", 0, false],
  ])("is taken or refused by what its author saw: %s", (_what, ifLastSeq, done) => {
    expect(converse(opened, { kind: "answer", message: ours("x", 2), ifLastSeq }, at(2)).done).toBe(done);
  });
  it("of a bot is nobody's first, and gives it to nobody", () => {
    const message = ours("x", 2, { author: { type: "bot" } });
    const { head } = threadAfter({ ...opened, handler: "bot" }, { kind: "answer", message }, at(2));
    expect([head.firstReplyAt, head.assignee, head.handler]).toEqual([undefined, undefined, "bot"]);
  });
});

describe("places", () => {
  it("are by how long the customer waits, else by the last change", () => {
    const { waitingSince: _, ...rest } = opened;
    expect(placeOf(opened)).toBe(`${time(0)}#${opened.conversationId}`);
    expect(placeOf(rest)).toBe(`${time(1)}#${opened.conversationId}`);
    expect(placeOfOpening(opened)).toBe(`${time(1)}#${opened.conversationId}`);
    expect(PLACE.test(placeOf(opened))).toBe(true);
    expect(
      ["in", "out", "note", "activity"].filter((direction) => joinedOnce({ direction } as ThreadMessage)),
    ).toEqual(["out", "note"]);
  });
});

describe("what is shown", () => {
  it("of a head has null for what it has not", () => {
    expect(shownRow(threadAfter(null, { ...begunInput }, at(0)).head)).toMatchObject({
      assignee: null,
      team: "returns",
      topic: "billing",
      waitingSince: null,
      firstReplyAt: null,
      dueAt: null,
      snoozedUntil: null,
      closedAt: null,
      lastMessage: null,
      follows: null,
    });
    expect(shownRow(opened)).toMatchObject({
      waitingSince: time(0),
      dueAt: time(240),
      lastMessage: opened.lastMessage,
    });
  });

  it.each<readonly [minutes: number, known: string | undefined, status: string]>([
    [0, "delivered", "delivered"],
    [0, undefined, "requested"],
    [1 - 1 / 60_000, undefined, "requested"],
    [1, undefined, "failed"],
  ])("of an answer %d minutes old, known as %s: %s", (minutes, known, status) => {
    const message = { ...ours("x", 0), seq: 1 };
    const statuses = new Map(known === undefined ? [] : [[message.messageId, known]]);
    expect(shownMessage(message, statuses, minute(minutes))).toEqual({ ...message, status });
  });

  it.each<
    readonly [kind: NonNullable<ThreadMessage["activity"]>["kind"], what: string | undefined, text: string]
  >([
    ["claimed", undefined, "Ana took it"],
    ["released", undefined, "Ana gave it back"],
    ["assigned", "Ben", "Ana gave it to Ben"],
    ["assigned", undefined, "Ana gave it to nobody"],
    ["closed", undefined, "Ana closed it"],
    ["snoozed", "then", "Ana put it to sleep until then"],
    ["woken", undefined, "its time to sleep was over"],
    ["reopened", undefined, "Ana opened it again"],
    ["joined", "cnv_2", "another conversation of the same customer joined: cnv_2"],
  ])("of what was done is a sentence: %s", (kind, what, text) => {
    const activity = { kind, ...(what && { what }) };
    const message = {
      ...ours("", 0, { direction: "activity", activity, original: "x", isAutomatic: true }),
      seq: 1,
    };
    const { original: _, isAutomatic: __, ...rest } = message;
    expect(shownMessage(message, new Map(), START)).toEqual({ ...rest, text, status: null });
    const nobodys = { ...message, author: { type: "system" as const } };
    expect(shownMessage(nobodys, new Map(), START).text).toBe(text.replace("Ana", "the hub"));
  });

  it("of what came says that it was received", () => {
    expect(shownMessage({ ...written("x", 0), seq: 1 }, new Map(), START).status).toBe("received");
  });
});
