import { describe, expect, it } from "vitest";
import { isAnsweredEnough } from "#domain/conversation/automatic.ts";
import { type ConverseInput, converse } from "#domain/conversation/converse.ts";
import { joinThreads } from "#domain/conversation/merge.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { at, iso, minute, ours, POLICY, received, threadAfter, written } from "./people.ts";

const FIRST = { ...POLICY, answersFirst: true as const, teams: [{ name: "returns", topics: ["return"] }] };
const when = (minutes: number) => ({ policy: FIRST, now: minute(minutes) });
const opened = threadAfter(null, received(written("Order", 0)), when(0)).head;
const said = (text: string, minutes: number) => ours(text, minutes, { author: { type: "bot" } });
const automatic = (members: Partial<Extract<ConverseInput, { kind: "automatic" }>>): ConverseInput => ({
  kind: "automatic",
  after: 1,
  rule: "status",
  message: said("It comes", 1),
  ...members,
});
const answered = threadAfter(opened, automatic({}), when(1)).head;

describe("a conversation that the hub answers first", () => {
  it("is the customer's turn once a rule answered, and no person's answer is counted", () => {
    expect(opened.handler).toBe("bot");
    expect(answered).toMatchObject({
      state: "waiting",
      handler: "bot",
      answered: { inHour: 1, rules: ["status"] },
    });
    expect([answered.waitingSince, answered.dueAt, answered.firstReplyAt]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("waits on where it is given over: for the topic's team, with an activity and a note", () => {
    const handOver = { why: "nothing-fits" as const, topic: "return", summary: "Wants to return it" };
    const { head, messages } = threadAfter(opened, automatic({ handOver }), when(1));
    expect(head).toMatchObject({
      state: "open",
      handler: "queue",
      topic: "return",
      team: "returns",
      waitingSince: opened.waitingSince,
      unread: 1,
      lastSeq: 4,
      lastMessage: { text: "Order", direction: "in" },
    });
    expect(messages.map(({ direction }) => direction)).toEqual(["out", "activity", "note"]);
  });

  it("is left to whoever took it or answered it meanwhile: what was thought of is not said", () => {
    const claimed = threadAfter(opened, { kind: "act", by: "Ana", deed: { what: "claim" } }, when(1)).head;
    const replied = threadAfter(opened, { kind: "answer", message: ours("I have it", 1) }, when(1)).head;
    const closed = threadAfter(opened, { kind: "act", by: "Ana", deed: { what: "close" } }, when(1)).head;
    for (const head of [claimed, replied, closed])
      expect(converse(head, automatic({ after: 9 }), when(2))).toMatchObject({
        done: false,
        refusal: { reason: "not-bots" },
      });
  });

  it("is silent about what the customer wrote before they wrote again", () => {
    const again = threadAfter(opened, received(written("and B-2", 1)), when(1)).head;
    expect(converse(again, automatic({ after: 1 }), when(2))).toMatchObject({
      done: false,
      refusal: { reason: "moved" },
    });
  });

  it("is the hub's again once it was closed and they write; a playbook without rules leaves it to the queue", () => {
    const closed = threadAfter(answered, { kind: "act", by: "Ana", deed: { what: "close" } }, when(2)).head;
    expect(threadAfter(closed, received(written("Hi", 3)), when(3)).head.handler).toBe("bot");
    expect(threadAfter(null, received(written("Hi", 3)), at(3)).head.handler).toBe("queue");
  });

  it("joins one that waits for a person, and waits for one then", () => {
    const queued: ConversationHead = { ...opened, conversationId: "cnv_b", handler: "queue" };
    const later = { ...opened, lastMessage: { text: "x", at: iso(minute(9)), direction: "in" as const } };
    expect(joinThreads([queued, later], iso(minute(10)))[0]?.head.handler).toBe("queue");
  });
});

describe("two machines that answer each other", () => {
  it("are stopped after three answers by mail, or twenty elsewhere, within an hour, and by how deep it goes", () => {
    const head = (inHour: number, channel: string) => ({
      channel,
      answered: { since: iso(minute(0)), inHour, rules: [] },
    });
    expect(isAnsweredEnough(head(2, "email"), [{}], minute(1))).toBe(false);
    expect(isAnsweredEnough(head(3, "email"), [{}], minute(1))).toBe(true);
    expect(isAnsweredEnough(head(3, "sms"), [{}], minute(1))).toBe(false);
    expect(isAnsweredEnough(head(20, "sms"), [{}], minute(59))).toBe(true);
    expect(isAnsweredEnough(head(20, "sms"), [{}], minute(60))).toBe(false);
    expect(isAnsweredEnough({ channel: "sms" }, [{ depth: 6 }], minute(1))).toBe(true);
  });
});
