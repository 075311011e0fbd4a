import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { keywordDue } from "#domain/profile/keyword-due.ts";
import { isLate } from "#domain/profile/trigger/late.ts";
import type { Consent } from "#domain/records/permission.ts";
import { consent, HOUR, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const playbook = playbookOf({});
const withdrawn: Consent = consent("sms", { status: "withdrawn" });
const due = (
  keyword: string | undefined,
  more: {
    name?: string;
    channel?: unknown;
    at?: number;
    before?: readonly Consent[];
    said?: readonly Consent[];
    by?: string[];
  } = {},
) => {
  const { name = "message.received", channel = "sms", at = NOON, before = [], said = [withdrawn], by } = more;
  const event = {
    id: "evt_1",
    name,
    at: iso(at),
    properties: { channel, keyword },
    depth: 0,
    imported: false,
    receivedAt: iso(at),
  };
  const { document } = playbook;
  const answering =
    by === undefined
      ? playbook
      : { ...playbook, document: { ...document, brand: { ...document.brand, keywordsByProvider: by } } };
  return keywordDue(
    "cus_1",
    event as never,
    {
      before: { entries: Object.fromEntries(before.map((one) => [`${one.channel}|${one.topic}`, one])) },
      newConsent: said,
    },
    { playbook: answering, now: NOON } as never,
  ).map(({ detail }) => (detail as { keyword?: string }).keyword);
};

describe("the answer to a word that the law knows", () => {
  it("is one to a stop, a revocation, a start or a call for help, and none to other words", () => {
    const words = ["stop", "revocation", "start", "help", "hello", undefined];
    expect(words.map((word) => due(word))).toEqual([["stop"], ["stop"], ["start"], ["help"], [], []]);
    expect([due("stop", { name: "Seen" }), due("stop", { channel: 7 })]).toEqual([[], []]);
  });

  it("is the provider's where it answers itself on that channel", () => {
    expect([due("stop", { by: ["sms"] }), due("stop", { by: ["whatsapp"] })]).toEqual([[], ["stop"]]);
  });

  it("is given once: not to what changes nothing, but to each call for help", () => {
    const said = { before: [withdrawn] };
    expect([
      due("stop", said),
      due("help", said),
      due("help", { said: [] }),
      due("stop", { said: [] }),
    ]).toEqual([...[[], ["help"], ["help"], []]]);
    expect(due("stop", { before: [consent("sms")] })).toEqual(["stop"]);
  });

  it("comes within the hour or not at all", () => {
    expect([due("stop", { at: NOON - HOUR }), due("stop", { at: NOON - HOUR - 1 })]).toEqual([["stop"], []]);
  });
});

describe("a trigger that fired", () => {
  const late = (now: number, more: { trigger?: string; timerId?: string } = {}) =>
    isLate(
      { trigger: "cart", eventAt: iso(NOON), ...more } as never,
      {
        ...newState("cus_1", iso(NOON)),
        pending: [
          { timerId: "t0", due: iso(0) },
          { timerId: "t1", due: iso(NOON + HOUR) },
        ] as never,
      },
      playbook,
      now,
    );

  it("is late an hour after its event, or after its wait was over, and never without a trigger", () => {
    expect([late(NOON + HOUR), late(NOON + HOUR + 1)]).toEqual([false, true]);
    const waited = { timerId: "t1" };
    expect([late(NOON + 2 * HOUR, waited), late(NOON + 2 * HOUR + 1, waited)]).toEqual([false, true]);
    expect(late(NOON + 99 * HOUR, { trigger: "gone" })).toBe(false);
  });
});
