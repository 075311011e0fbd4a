import { describe, expect, it } from "vitest";
import { converse } from "#domain/conversation/converse.ts";
import { dueTimers } from "#domain/conversation/due-timer.ts";
import type { Setting } from "#domain/conversation/thread.ts";
import { breachedEvent } from "#domain/conversation/told.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { CUSTOMER, iso, minute, ours, POLICY, received, threadAfter, written } from "./people.ts";

const TEAMS = { ...POLICY, teams: [{ name: "returns", topics: ["return"], answerWithinMs: HOUR_MS }] };
const at = (minutes: number): Setting => ({ policy: TEAMS, now: minute(minutes) });
const { head: waiting } = threadAfter(null, received(written("Hello?", 0)), at(0));
const breach = (head = waiting, minutes = 240, dueAt = iso(minute(240))) =>
  converse(head, { kind: "act", by: "system", deed: { what: "breach", dueAt } }, at(minutes));

describe("a customer who is to be answered within a time", () => {
  it("is due, has a timer once, and is due no more when they are answered", () => {
    expect(waiting.dueAt).toBe(iso(minute(240)));
    expect(dueTimers(null, waiting)).toMatchObject([
      { due: waiting.dueAt, event: { name: "conversation.due", detail: { dueAt: waiting.dueAt } } },
    ]);
    expect(dueTimers(waiting, { ...waiting, version: 2 })).toEqual([]);
    const { head } = threadAfter(waiting, { kind: "answer", message: ours("Yes", 5) }, at(5));
    expect(head.dueAt).toBeUndefined();
    expect(dueTimers(waiting, head)).toEqual([]);
  });

  it("is told of once when nobody answered in time, and never early, or after an answer", () => {
    const late = breach();
    expect(late).toMatchObject({
      done: true,
      head: { breached: waiting.dueAt, state: "open" },
      messages: [{ direction: "activity", activity: { kind: "breached", what: waiting.dueAt } }],
    });
    expect(breach(late.head)).toMatchObject({ head: late.head, messages: [] });
    expect(breach(waiting, 239)).toMatchObject({ head: waiting, messages: [] });
    const { head } = threadAfter(waiting, { kind: "answer", message: ours("Yes", 5) }, at(5));
    expect(breach(head)).toMatchObject({ head, messages: [] });
    expect(breachedEvent(late.head, iso(minute(240)))).toMatchObject({
      id: breachedEvent(waiting, iso(minute(240))).id,
      name: "conversation.breached",
      customerId: CUSTOMER,
      at: waiting.dueAt,
    });
  });

  it("is due as the team answers that their topic belongs to, or that it is given to", () => {
    const begun = { kind: "begun", customerId: CUSTOMER, key: "k", channel: "sms", topic: "return" } as const;
    expect(threadAfter(null, begun, at(0)).head).toMatchObject({ topic: "return", team: "returns" });
    const named = threadAfter(waiting, begun, at(1)).head;
    expect(named).toMatchObject({ team: "returns", dueAt: iso(minute(60)) });
    const given = converse(
      waiting,
      { kind: "act", by: "Ana", deed: { what: "assign", team: "returns" } },
      at(1),
    );
    expect(given.head).toMatchObject({ team: "returns", dueAt: iso(minute(60)) });
    const back = converse(
      given.head,
      { kind: "act", by: "Ana", deed: { what: "assign", team: null } },
      at(2),
    );
    expect(back.head.team).toBeUndefined();
    expect(back.head.dueAt).toBe(iso(minute(240)));
  });
});
