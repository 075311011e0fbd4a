import { describe, expect, it } from "vitest";
import { conversationAfter, laterConversation } from "#domain/conversation/told.ts";
import { CONVERSATION_CHANGED, MESSAGE_RECEIVED, RATED } from "#domain/playbook/model/known.ts";
import type { CustomerConversation } from "#domain/records/customer.ts";
import type { CollectedEvent } from "#domain/records/event.ts";

const time = (second: number) => `2027-01-01T12:00:${String(second).padStart(2, "0")}.000Z`;
const event = (
  name: string,
  properties: NonNullable<CollectedEvent["properties"]>,
  second = 5,
): CollectedEvent => ({
  id: "evt_1",
  type: "track",
  name,
  customerId: "cus_1",
  properties,
  at: time(second),
  receivedAt: time(second),
  source: "rapport",
  imported: false,
  depth: 1,
  standing: "trusted",
});
const POLICY = { reopenWithinMs: 3_000 } as Parameters<typeof conversationAfter>[2];
const KNOWN: CustomerConversation = {
  open: true,
  handler: "person",
  channel: "sms",
  at: time(5),
  topic: "return",
};
const CLOSED = { ...KNOWN, open: false };
const following = (before: CustomerConversation | undefined, told: CollectedEvent) =>
  conversationAfter(before, told, POLICY);

describe("how a customer rated a conversation", () => {
  it.each([
    [0, undefined],
    [1, 1],
    [5, 5],
    [6, undefined],
    ["5", undefined],
  ])("is told by %j as %j", (value, lastRating) => {
    expect(following(KNOWN, event(RATED, { value }))).toEqual({
      ...KNOWN,
      ...(lastRating === undefined ? {} : { lastRating }),
    });
  });

  it("is what it was where nothing is said, and nothing of whom nobody spoke with", () => {
    expect(following({ ...KNOWN, lastRating: 4 }, event(RATED, {}))?.lastRating).toBe(4);
    expect(following(undefined, event(RATED, { value: 4 }))).toBeUndefined();
  });
});

describe("a conversation that changed", () => {
  const told = { open: false, handler: "queue", channel: "email" };

  it("is as it is told, unless that is old news", () => {
    const news = (second: number) => following(KNOWN, event(CONVERSATION_CHANGED, told, second));
    expect(news(4)).toBe(KNOWN);
    expect(news(5)).toEqual({ ...told, at: time(5) });
    expect(following(undefined, event(CONVERSATION_CHANGED, told))).toEqual({ ...told, at: time(5) });
  });

  it("keeps the last rating until another is told", () => {
    const rated = (more: object) =>
      following({ ...KNOWN, lastRating: 4 }, event(CONVERSATION_CHANGED, { ...told, ...more }))?.lastRating;
    expect([rated({}), rated({ lastRating: 2 })]).toEqual([4, 2]);
  });

  it.each([
    ["whether it is open", { ...told, open: "yes" }],
    ["who answers", { ...told, handler: "nobody" }],
    ["its channel", { ...told, channel: 7 }],
  ])("changes nothing where it does not say %s", (_what, properties) => {
    expect(following(KNOWN, event(CONVERSATION_CHANGED, properties))).toBe(KNOWN);
  });

  it("changes nothing by what else is told", () => {
    expect(following(KNOWN, event("Signed Up", told))).toBe(KNOWN);
  });
});

describe("what a customer wrote", () => {
  const wrote = (before: CustomerConversation | undefined, more: object = {}, second = 7) =>
    following(before, event(MESSAGE_RECEIVED, { channel: "email", ...more }, second));

  it("opens a conversation in which they wait from then on", () => {
    expect(wrote(undefined)).toEqual({
      open: true,
      handler: "queue",
      channel: "email",
      at: time(7),
      waitingSince: time(7),
    });
  });

  it.each([
    ["stays with whom it is, on its topic", KNOWN, 30, { handler: "person", topic: "return" }],
    ["goes on where it ended so recently", CLOSED, 8, { handler: "queue", topic: "return" }],
  ])("%s", (_what, before, second, expected) => {
    expect(wrote(before, {}, second)).toMatchObject(expected);
  });

  it("is about something new where it ended before", () => {
    expect(wrote(CLOSED, {}, 9)).not.toHaveProperty("topic");
  });

  it("lets them wait since their first word, and comes never before what is known", () => {
    expect(wrote({ ...KNOWN, waitingSince: time(1) })?.waitingSince).toBe(time(1));
    expect(wrote(KNOWN, {}, 1)).toMatchObject({ at: time(5), waitingSince: time(1) });
  });

  it.each([{ isAutomatic: true }, { keyword: "stop" }, { keyword: "start" }, { keyword: "help" }])(
    "changes nothing where nobody need answer: %j",
    (more) => {
      expect(wrote(KNOWN, more)).toBe(KNOWN);
    },
  );

  it("is to be answered whatever other word it is", () => {
    expect(wrote(undefined, { keyword: "more", isAutomatic: false })?.open).toBe(true);
    expect(
      following(undefined, { ...event(MESSAGE_RECEIVED, { channel: "sms" }), imported: true }),
    ).toBeUndefined();
    expect(following(undefined, event(MESSAGE_RECEIVED, { channel: 7 }))).toBeUndefined();
  });
});

describe("of the conversations of two people who are one", () => {
  const at = (second: number) => ({ ...KNOWN, at: time(second) });
  it.each([
    ["the only one", undefined, CLOSED, CLOSED],
    ["the open one, however old", at(1), { ...CLOSED, at: time(9) }, at(1)],
    ["the later one", at(1), at(9), at(9)],
    [
      "the same one whoever is named first",
      { ...KNOWN, topic: "a" },
      { ...KNOWN, topic: "b" },
      { ...KNOWN, topic: "b" },
    ],
  ])("%s stays", (_what, a, b, expected) => {
    expect(laterConversation(a, b)).toEqual(expected);
    expect(laterConversation(b, a)).toEqual(expected);
  });
});
