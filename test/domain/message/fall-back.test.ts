import { describe, expect, it } from "vitest";
import { fallBackTimer, isToBeFollowed } from "#domain/message/fall-back.ts";
import type { Message, MessageStatus } from "#domain/records/message.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { NOW } from "../../support/customers/events.ts";
import { message } from "../../support/sending/message.ts";

const HOUR_MS = 3_600_000;
const brand = { fallBacks: { sms: { to: "email", afterMs: 2 * HOUR_MS } } };
const asked = (more: Partial<Message> = {}) =>
  message({ channel: "sms", treatment: "parcel", attempts: 1, ...more });
const iso = (time: number): string => new Date(time).toISOString();

describe("what looks after an attempt at a message", () => {
  it("is a timer for when its channel had the time to report", () => {
    const timer = fallBackTimer(asked(), brand, NOW);
    expect(timer?.due).toBe(iso(NOW + 2 * HOUR_MS));
    expect(TriggerFired.schema.parse(timer?.event.detail)).toMatchObject({ insteadOf: asked().messageId });
  });

  it("is one for each attempt, and the same for the same", () => {
    const of = (attempts: number) => fallBackTimer(asked({ attempts }), brand, NOW)?.id;
    expect(of(1)).toBe(of(1));
    expect(of(2)).not.toBe(of(1));
  });

  it.each<[string, Message]>([
    ["a channel that nothing follows", asked({ channel: "push" })],
    ["a message that took over itself", asked({ insteadOf: "msg_1" })],
  ])("is nothing for %s", (_what, given) => {
    expect(fallBackTimer(given, brand, NOW)).toBeNull();
  });

  it("is nothing for content of the caller's own", () => {
    const { treatment: _, ...own } = asked();
    expect(fallBackTimer(own, brand, NOW)).toBeNull();
  });
});

describe("another channel takes over", () => {
  const followed = (status: MessageStatus, triedAt = NOW) =>
    isToBeFollowed(
      {
        status,
        history: [
          { status: "sending", at: iso(triedAt) },
          { status, at: iso(triedAt + 100) },
        ],
      },
      2 * HOUR_MS,
      NOW + 2 * HOUR_MS,
    );

  it.each<[MessageStatus, boolean]>([
    ["sent", true],
    ["uncertain", true],
    ["failed", true],
    ["delivered", false],
    ["rejected", false],
    ["requested", false],
    ["sending", false],
  ])("from a message that is %s: %s", (status, follows) => {
    expect(followed(status)).toBe(follows);
  });

  it("not yet where a later attempt is still to report", () => {
    expect(followed("sent", NOW + HOUR_MS)).toBe(false);
  });
});
