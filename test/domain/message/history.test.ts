import { describe, expect, it } from "vitest";
import {
  adviceFor,
  claimed,
  latestReason,
  type Move,
  mayClaim,
  moveTo,
  reasonName,
  toChange,
} from "#domain/message/status.ts";
import type { Message, StatusChange } from "#domain/records/message.ts";
import { message } from "../../support/sending/message.ts";

const [EARLY, AT, LATE] = [
  "2026-11-21T11:59:59.999Z",
  "2026-11-21T12:00:00.000Z",
  "2026-11-21T12:00:00.001Z",
];
const change = (reason?: string, advice?: string): StatusChange => ({
  status: "requested",
  at: AT,
  ...(reason === undefined ? {} : { reason }),
  ...(advice === undefined ? {} : { advice }),
});

describe("what a message's history says of a move", () => {
  const asked = { provider: "ses", account: "default", attempt: 1 };
  it.each<[string, Partial<Move>, object]>([
    ["its status and time alone", {}, {}],
    [
      "why, and what to do",
      { reason: "throttled", advice: "Wait." },
      { reason: "throttled", advice: "Wait." },
    ],
    ["no warnings where there are none", { warnings: [] }, {}],
    ["whom an attempt asked", { asked: { ...asked, tries: [] } }, asked],
    ["whom an attempt asked, without those before", { asked }, asked],
    ["nothing of what only the sweep reads", { sweepAt: AT, unlessHeldAt: AT, providerMessageId: "p" }, {}],
  ])("is %s", (_what, more, expected) => {
    expect(toChange({ status: "failed", at: AT, ...more } as Move)).toEqual({
      status: "failed",
      at: AT,
      ...expected,
    });
  });

  it("holds warnings and those who were asked before", () => {
    const warnings = [{ kind: "unknown" }] as unknown as NonNullable<Move["warnings"]>;
    const tries = [{ provider: "twilio" }] as unknown as NonNullable<StatusChange["tries"]>;
    const moved = toChange({ status: "sent", at: AT, warnings, asked: { ...asked, tries } });
    expect(moved).toEqual({ status: "sent", at: AT, warnings, ...asked, tries });
  });
});

describe("a message that moves", () => {
  const sending = message({ status: "sending", claimedUntil: AT, sweepAt: EARLY });
  const sent = (more: Partial<Move> = {}) => moveTo(sending, { status: "sent", at: AT, ...more } as Move);

  it("is claimed by nobody any more and swept no more, unless told when", () => {
    const moved = sent();
    expect(moved).toMatchObject({
      status: "sent",
      history: [...sending.history, { status: "sent", at: AT }],
    });
    expect(moved).not.toHaveProperty("claimedUntil");
    expect(moved).not.toHaveProperty("sweepAt");
    expect(moved).not.toHaveProperty("providerMessageId");
    expect(sent({ sweepAt: LATE, providerMessageId: "p_1" })).toMatchObject({
      sweepAt: LATE,
      providerMessageId: "p_1",
    });
  });

  it("does not move while somebody holds it, for those who do not", () => {
    expect([EARLY, AT, LATE].map((unlessHeldAt) => sent({ unlessHeldAt }) === null)).toEqual([
      true,
      true,
      false,
    ]);
    const { claimedUntil: _, ...free } = sending;
    expect(moveTo(free as Message, { status: "sent", at: AT, unlessHeldAt: EARLY })).not.toBeNull();
  });

  it("does not move where it may not", () => {
    expect(moveTo(message({ status: "failed" }), { status: "sent", at: AT })).toBeNull();
  });
});

describe("the claim of a message", () => {
  const may = (more: Partial<Message>, reclaim: "never" | "after-expiry" = "after-expiry") =>
    mayClaim(message(more), { now: AT, until: LATE, reclaim });

  it.each([
    ["one that waits", may({ status: "requested" }, "never"), true],
    ["one whose sender's time is over", may({ status: "sending", claimedUntil: EARLY }), true],
    ["one whose sender's time ends now", may({ status: "sending", claimedUntil: AT }), false],
    ["one that is never claimed again", may({ status: "sending", claimedUntil: EARLY }, "never"), false],
    ["one that nobody holds", may({ status: "sending" }), false],
    ["one that is sent", may({ status: "sent", claimedUntil: EARLY }), false],
  ])("of %s: %s", (_what, found, expected) => {
    expect(found).toBe(expected);
  });

  it("counts an attempt and says until when it holds", () => {
    const before = message({ status: "requested", attempts: 2 });
    expect(claimed(before, { now: AT, until: LATE, reclaim: "never" })).toEqual({
      ...before,
      status: "sending",
      attempts: 3,
      claimedUntil: LATE,
      history: [...before.history, { status: "sending", at: AT }],
    });
  });
});

describe("why a message is where it is", () => {
  const history = (...changes: StatusChange[]) => latestReason(changes);

  it.each([
    ["no reason at all", history(change()), {}],
    ["nothing of nothing", history(), {}],
    ["a reason and its advice", history(change("a", "Do a.")), { reason: "a", advice: "Do a." }],
    [
      "a reason that goes on, with its first advice",
      history(change("a", "Do a."), change("a")),
      { reason: "a", advice: "Do a." },
    ],
    [
      "a reason that goes on past what has none",
      history(change("a", "Do a."), change(), change("a")),
      { reason: "a", advice: "Do a." },
    ],
    [
      "a reason that came again after another",
      history(change("a", "Do a."), change("b"), change("a")),
      { reason: "a" },
    ],
    ["no reason any more", history(change("a", "Do a."), change()), {}],
    ["an advice without a reason", history(change(undefined, "Do it.")), { advice: "Do it." }],
  ])("is %s", (_what, found, expected) => {
    expect(found).toEqual(expected);
  });

  it("has advice for no reason nowhere", () => {
    expect(adviceFor([change(undefined, "Do it.")], undefined)).toBeUndefined();
    expect(adviceFor([change("b", "Do b."), change("a", "Do a.")], "a")).toBe("Do a.");
  });

  it.each([
    ["throttled: wait", "throttled"],
    ["throttled", "throttled"],
    ["", ""],
  ])("is called for short: %j", (reason, name) => {
    expect(reasonName(reason)).toBe(name);
  });
});
