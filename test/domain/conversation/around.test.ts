import { describe, expect, it } from "vitest";
import { latestOf } from "#domain/conversation/merge.ts";
import { take, wanted } from "#domain/conversation/numbering.ts";
import { PROVOKES_FOR_MS, provoking } from "#domain/conversation/provoking.ts";
import { dueAt } from "#domain/conversation/receive.ts";
import { isToBeAnswered, numberReceived } from "#domain/conversation/received-number.ts";
import {
  changedEvent,
  conversationAfter as conversationBy,
  differs,
  factsOf,
  laterConversation,
} from "#domain/conversation/told.ts";
import { newState } from "#domain/customer/state.ts";
import { USUAL_CONVERSATIONS } from "#domain/playbook/model/conversations.ts";
import type { CustomerConversation } from "#domain/records/customer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { MessageStatus } from "#domain/records/message.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { message } from "../../support/sending/message.ts";
import { at, CUSTOMER, iso, minute, received, threadAfter, written } from "./people.ts";

/** As a company has it that says nothing of conversations. */
const conversationAfter = (before: CustomerConversation | undefined, told: CollectedEvent) =>
  conversationBy(before, told, USUAL_CONVERSATIONS);
const time = (minutes: number): string => iso(minute(minutes));
const opened = threadAfter(null, received(written("Where is it?", 0)), at(1)).head;
const event = (members: Partial<CollectedEvent>): CollectedEvent => ({
  id: "evt_1",
  type: "track",
  name: "message.received",
  customerId: CUSTOMER,
  at: time(5),
  receivedAt: time(5),
  source: "test",
  imported: false,
  depth: 0,
  ...members,
});

describe("messages of ours that provoked what a customer wrote", () => {
  const sent = (messageId: string, minutes: number, members: Parameters<typeof message>[0] = {}) =>
    message({
      messageId,
      createdAt: time(minutes),
      status: "sent",
      channel: "sms",
      conversationId: "cnv_x",
      ...members,
    });
  const ids = (all: readonly { messageId: string }[]): readonly string[] =>
    all.map(({ messageId }) => messageId);
  const head = { ...opened, heardAt: time(0) };

  it.each<readonly [status: MessageStatus, joins: boolean]>([
    ["requested", false],
    ["sending", false],
    ["uncertain", true],
    ["sent", true],
    ["delivered", true],
    ["failed", false],
    ["rejected", false],
  ])("are those that left: %s, %s", (status, joins) => {
    expect(provoking(head, [sent("a", 1, { status })], written("x", 5))).toHaveLength(joins ? 1 : 0);
  });

  it("in a conversation that goes on are those since they wrote last, oldest first, the last ten", () => {
    const all = [
      sent("before", 0),
      sent("own", 2, { conversationId: head.conversationId }),
      sent("b", 3),
      sent("a", 1),
    ];
    expect(ids(provoking(head, all, written("x", 5)))).toEqual(["a", "b"]);
    const { heardAt: _, ...unheard } = head;
    expect(ids(provoking(unheard, all, written("x", 5)))).toEqual(["b"]);
    const many = Array.from({ length: 11 }, (_, index) => sent(`m${10 + index}`, index + 1));
    expect(ids(provoking(head, many, written("x", 99)))).toEqual(
      many.slice(1).map(({ messageId }) => messageId),
    );
  });

  it("where one begins is what they name, else the last on their channel before", () => {
    const all = [
      sent("old", 1, { providerMessageId: "p1" }),
      sent("last", 4),
      sent("elsewhere", 5, { channel: "email" }),
      sent("later", 7),
    ];
    const of = (members: Parameters<typeof written>[2]) =>
      ids(provoking(null, all, written("x", 5, members)));
    expect(of({})).toEqual(["last"]);
    expect(of({ inReplyTo: "old" })).toEqual(["old"]);
    expect(of({ inReplyTo: "p1" })).toEqual(["old"]);
    expect(of({ inReplyTo: "unknown" })).toEqual(["last"]);
    expect(of({ channel: "email" })).toEqual(["elsewhere"]);
    expect(of({ channel: "chat" })).toEqual([]);
    expect(PROVOKES_FOR_MS).toBe(7 * DAY_MS);
  });
});

describe("what rules know of a conversation", () => {
  const facts: CustomerConversation = {
    conversationId: opened.conversationId,
    open: true,
    handler: "queue",
    channel: "sms",
    at: time(1),
    waitingSince: time(0),
  };
  it("is its state, whose it is, and since when the customer waits", () => {
    expect(factsOf(opened)).toEqual(facts);
    expect(factsOf({ ...opened, topic: "billing", state: "closed" })).toEqual({
      ...facts,
      topic: "billing",
      open: false,
    });
  });
  it("differs by what it says, and not by when", () => {
    expect(differs(opened, { ...opened, updatedAt: time(9), unread: 5 })).toBe(false);
    expect(differs(opened, { ...opened, handler: "person" })).toBe(true);
  });

  it("goes to their profile as an event, and comes back as it was", () => {
    const told = changedEvent({ ...opened, topic: "billing", version: 3 });
    expect(told).toMatchObject({
      type: "track",
      at: time(1),
      receivedAt: time(1),
      imported: false,
      depth: 1,
      standing: "trusted",
    });
    expect(conversationAfter(undefined, told)).toEqual({ ...facts, topic: "billing" });
    expect(conversationAfter({ ...facts, at: time(1), handler: "bot" }, told)).toEqual({
      ...facts,
      topic: "billing",
    });
    const newer = { ...facts, at: time(2) };
    expect(conversationAfter(newer, told)).toBe(newer);
    const plain = changedEvent({ ...opened, version: 4 });
    expect(plain.id).not.toBe(told.id);
    expect(conversationAfter(undefined, plain)).toEqual(facts);
  });

  it.each([
    ["open", "yes"],
    ["handler", "robot"],
    ["channel", 5],
  ])("is not taken from what does not say its %s", (name, value) => {
    const told = changedEvent(opened);
    const wrong = { ...told, properties: { ...told.properties, [name]: value } };
    expect(conversationAfter(facts, wrong)).toBe(facts);
    expect(conversationAfter(facts, { ...told, name: "other" })).toBe(facts);
  });

  it("has the customer wait from the moment that what they wrote is applied", () => {
    const wrote = event({ properties: { channel: "chat" } });
    expect(conversationAfter(undefined, wrote)).toEqual({
      open: true,
      handler: "queue",
      channel: "chat",
      at: time(5),
      waitingSince: time(5),
    });
    const before = { ...facts, handler: "person" as const, topic: "billing" };
    expect(conversationAfter(before, wrote)).toEqual({
      ...before,
      channel: "chat",
      at: time(5),
      waitingSince: time(0),
    });
    expect(conversationAfter({ ...before, at: time(9) }, wrote)?.at).toBe(time(9));
    const automatic = event({ properties: { channel: "chat", isAutomatic: true } });
    expect(conversationAfter(before, automatic)).toBe(before);
  });

  it.each([
    ["three days after its end still is the same", 3 * 24 * 60 + 5, "billing"],
    ["later is another", 3 * 24 * 60 + 5 + 1 / 60_000, undefined],
  ])("%s, for whoever is in the queue", (_when, minutes, topic) => {
    const { waitingSince: _, ...closed } = {
      ...facts,
      open: false,
      handler: "person" as const,
      topic: "billing",
      at: time(5),
    };
    const after = conversationAfter(closed, event({ properties: { channel: "sms" }, at: time(minutes) }));
    expect(after).toMatchObject({ open: true, handler: "queue", waitingSince: time(minutes) });
    expect(after?.topic).toBe(topic);
  });

  it("of two customers who are one is the open one, else the later", () => {
    const closed = { ...facts, open: false, at: time(9) };
    const later = { ...facts, at: time(2) };
    const other = { ...facts, channel: "chat" };
    for (const [a, b, is] of [
      [facts, undefined, facts],
      [facts, closed, facts],
      [facts, later, later],
      [facts, other, facts],
    ] as const) {
      expect(laterConversation(a, b)).toBe(is);
      expect(laterConversation(b, a)).toBe(is);
    }
    expect(laterConversation(undefined, undefined)).toBeUndefined();
  });

  it("goes on with one that is not closed, of these the one that moved last", () => {
    const closed = { ...opened, conversationId: "cnv_c", state: "closed" as const, openedAt: time(50) };
    const silent = {
      ...threadAfter(null, { kind: "begun", customerId: CUSTOMER, key: "k", channel: "sms" }, at(9)).head,
    };
    expect(latestOf([])).toBeNull();
    expect(latestOf([closed, opened])).toBe(opened);
    expect(latestOf([opened, silent])).toBe(silent);
    expect(latestOf([silent, opened, closed])).toBe(silent);
  });
});

describe("a message that somebody is to answer", () => {
  it.each([
    ["a customer's", {}, true],
    ["one that was answered elsewhere", { imported: true }, false],
    ["another event", { name: "message.sent" }, false],
    ["one that says no channel", { properties: {} }, false],
  ])("is %s: %s", (_what, members, is) => {
    const one = event({ properties: { channel: "sms" }, ...members });
    expect(isToBeAnswered(one)).toBe(is);
    const state = newState(CUSTOMER, time(0));
    const numbered = numberReceived({ ...state, received: 4 }, one);
    expect(numbered.state.received).toBe(is ? 5 : 4);
    expect(numbered.history.map(({ kind, at: told, body }) => ({ kind, told, body }))).toEqual(
      is ? [{ kind: "number", told: time(5), body: { messageId: "evt_1" } }] : [],
    );
    expect(numbered.publish.map(({ detail }) => detail)).toEqual(
      is ? [{ v: 1, customerId: CUSTOMER, number: 5, messageId: "evt_1" }] : [],
    );
  });

  it("has its number, and those before it that never came are looked for; a thousand at most", () => {
    const stream = { customerId: CUSTOMER, version: 0, taken: 3, missing: [1] };
    expect(wanted(stream, 6)).toEqual([4, 5, 6]);
    expect(take(stream, [{ number: 6 }, { number: 1 }])).toEqual({
      fresh: [{ number: 1 }, { number: 6 }],
      stream: { ...stream, taken: 6, missing: [4, 5] },
    });
    const far = take(stream, [{ number: 1_005 }]).stream;
    expect([far.missing.length, far.missing[0], far.missing.at(-1)]).toEqual([1_000, 5, 1_004]);
  });

  it("is to be answered in working hours, where the company has such", () => {
    const hours = { timeZone: "UTC", week: Array(7).fill([{ from: "09:00", to: "10:00" }]), holidays: [] };
    const due = (answerWithinMs: number) => dueAt({ reopenWithinMs: 0, answerWithinMs, hours }, time(0));
    expect(due(HOUR_MS / 2)).toBe(time(30));
    expect(due(2 * HOUR_MS)).toBe(time(25 * 60));
    const never = { ...hours, week: Array(7).fill([]) };
    expect(dueAt({ reopenWithinMs: 0, answerWithinMs: 1, hours: never }, time(0))).toBeUndefined();
  });
});
