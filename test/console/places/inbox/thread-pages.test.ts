import { describe, expect, it } from "vitest";
import type { Conversation, ThreadMessage } from "#client/api.generated.ts";
import {
  pageBefore,
  standsOn,
  withEarlier,
  withPage,
  writtenAfter,
} from "#console/places/inbox/thread-pages.ts";

const message = (seq: number, more: Partial<ThreadMessage> = {}): ThreadMessage => ({
  seq,
  messageId: `evt_${seq}`,
  direction: "in",
  channel: "sms",
  author: { type: "customer" },
  text: String(seq),
  attachments: [],
  status: "received",
  at: "2026-11-30T10:00:00.000Z",
  ...more,
});
const thread = (from: number, to: number): Conversation => ({
  ...({ conversationId: "cnv_1", customerId: "cus_1", lastSeq: to } as Conversation),
  messages: Array.from({ length: to - from + 1 }, (_, at) => message(from + at)),
});
const places = ({ messages }: Conversation): readonly number[] => messages.map(({ seq }) => seq);
const mine = { direction: "out", author: { type: "agent", name: "Aiko" } } as const;

describe("a thread that is looked at again", () => {
  it("keeps what was read of it before, where nothing is missing in between", () => {
    expect(places(withEarlier(thread(1, 40), thread(11, 41)))).toEqual(places(thread(1, 41)));
    expect(places(withEarlier(thread(1, 10), thread(11, 40)))).toEqual(places(thread(1, 40)));
    expect(places(withEarlier(undefined, thread(11, 40)))).toEqual(places(thread(11, 40)));
  });

  it("lets go of it where more came than was told: a gap would look like a thread", () => {
    expect(places(withEarlier(thread(1, 10), thread(12, 41)))).toEqual(places(thread(12, 41)));
  });

  it("shows each message as it was told last", () => {
    const now = { ...thread(2, 3), messages: [message(2, { text: "told anew" }), message(3)] };
    expect(withEarlier(thread(1, 2), now).messages[1]?.text).toBe("told anew");
  });
});

describe("reading back", () => {
  it("asks for the fifty before, and for fewer at the beginning", () => {
    expect(pageBefore(thread(100, 130))).toEqual({ after: 49, limit: 50 });
    expect(pageBefore(thread(21, 50))).toEqual({ after: 0, limit: 20 });
    expect(pageBefore(thread(1, 30))).toBeNull();
    expect(pageBefore({ messages: [] })).toBeNull();
  });

  it("puts a page where it belongs, once, however often it is answered", () => {
    const page = thread(11, 20).messages;
    expect(places(withPage(withPage(thread(21, 30), page), page))).toEqual(places(thread(11, 30)));
  });
});

describe("the place that an answer stands on", () => {
  it("is the last one, where its author has read all", () => {
    expect(standsOn(thread(1, 5), 5, "Aiko")).toBe(5);
  });

  it("is before what the customer has just written", () => {
    expect(standsOn(thread(1, 5), 3, "Aiko")).toBe(3);
  });

  it("takes one's own answers, notes and what was done along", () => {
    const { messages } = thread(1, 3);
    const more = [
      message(4, mine),
      message(5, { direction: "note" }),
      message(6, { direction: "activity", author: { type: "agent", name: "Ben" } }),
    ];
    const conversation = { ...thread(1, 3), messages: [...messages, ...more], lastSeq: 6 };
    expect(standsOn(conversation, 3, "Aiko")).toBe(6);
    expect(standsOn(conversation, 3, "Ben")).toBe(3);
  });

  it("leaves out what a colleague answered meanwhile, which is told", () => {
    const bens = message(4, { ...mine, author: { type: "agent", name: "Ben" } });
    expect(writtenAfter([...thread(1, 3).messages, bens], 3, "Aiko")).toEqual([bens]);
  });
});
