import { beforeAll, describe, expect, it } from "vitest";
import { type ClearanceInput, clearToSend } from "#domain/contact-policy/clearance.ts";
import { consentKey } from "#domain/contact-policy/consent.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { customer } from "../../support/sending/world.ts";

/** Half past nine in the evening in Berlin. */
const EVENING = Date.parse("2026-11-21T20:30:00.000Z");
const MORNING = Date.parse("2026-11-22T07:00:00.000Z");

let playbook: CompiledPlaybook;
beforeAll(async () => {
  playbook = await testPlaybook({
    "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
quietHours:
  - { from: "21:00", to: "08:00", channels: [email] }
`,
  });
});

const clear = (input: Partial<ClearanceInput> = {}) =>
  clearToSend({
    message: message({ deadline: "2026-11-23T00:00:00.000Z" }),
    record: customer({ traits: { timeZone: "Europe/Berlin" } }),
    playbook: playbook.document,
    isSuppressed: () => false,
    saidAt: () => [],
    now: EVENING,
    ...input,
  });

describe("clearance at the moment of sending", () => {
  it("holds marketing until quiet hours end where the customer is", () => {
    expect(clear()).toEqual({ verdict: "hold", until: MORNING, reason: "quiet-hours" });
    expect(clear({ record: customer({ traits: { timeZone: "America/New_York" } }) })).toMatchObject({
      verdict: "send",
    });
    expect(clear({ now: MORNING })).toEqual({ verdict: "send", addresses: ["ada@example.com"] });
  });

  it("does not hold what is transactional, or goes by another channel", () => {
    const transactional = message({ lane: "transactional", category: "transactional" });
    expect(clear({ message: transactional })).toMatchObject({ verdict: "send" });
    const sms = message({ channel: "sms" });
    const record = customer({
      addresses: [{ channel: "sms", value: "+4915112345678" }],
      consent: [{ channel: "sms" }],
    });
    expect(clear({ message: sms, record })).toEqual({ verdict: "send", addresses: ["+4915112345678"] });
  });

  it("rejects what would be stale when quiet hours end", () => {
    const soon = message({ deadline: "2026-11-22T06:00:00.000Z" });
    expect(clear({ message: soon })).toEqual({ verdict: "stop", status: "rejected", reason: "quiet-hours" });
  });

  it("does not wait for anything when the answer is no", () => {
    expect(clear({ record: customer({ consent: [{ status: "withdrawn" }] }) })).toMatchObject({
      verdict: "stop",
      reason: "consent",
    });
    expect(clear({ isSuppressed: () => true })).toMatchObject({ verdict: "stop", reason: "suppressed" });
    expect(clear({ record: null })).toMatchObject({ verdict: "stop", reason: "no-address" });
  });

  it("uses the address that the caller named, unless the profile knows it to be bad", () => {
    const named = message({ to: "new@example.com" });
    expect(clear({ message: named, now: MORNING })).toEqual({
      verdict: "send",
      addresses: ["new@example.com"],
    });
    const bad = customer({ addresses: [{ value: "new@example.com", status: "complained" }] });
    expect(clear({ message: named, record: bad, now: MORNING })).toMatchObject({ reason: "suppressed" });
  });

  it("asks for express consent where the playbook no longer knows the category", () => {
    expect(clear({ message: message({ category: "gone" }), now: MORNING })).toMatchObject({
      reason: "consent",
    });
  });

  it("prefers the address that was confirmed last", () => {
    const record = customer({
      traits: { timeZone: "Europe/Berlin" },
      addresses: [
        { value: "old@example.com", at: "2025-01-01T00:00:00.000Z" },
        { value: "new@example.com", at: "2026-01-01T00:00:00.000Z" },
      ],
    });
    expect(clear({ record, now: MORNING })).toEqual({
      verdict: "send",
      addresses: ["new@example.com", "old@example.com"],
    });
  });
});

describe("clearance by the clock", () => {
  const at = (time: number) => new Date(time).toISOString();

  it("fails at the deadline and not a moment before", () => {
    const last = message({ deadline: at(MORNING) });
    expect(clear({ message: last, now: MORNING })).toEqual({
      verdict: "stop",
      status: "failed",
      reason: "deadline",
    });
    expect(clear({ message: message({ deadline: at(MORNING + 1) }), now: MORNING })).toMatchObject({
      verdict: "send",
    });
  });

  it("holds what is to leave later, until then", () => {
    const timed = message({ deadline: at(MORNING + 9e6), sendAt: at(MORNING + 1) });
    expect(clear({ message: timed, now: MORNING })).toEqual({
      verdict: "hold",
      until: MORNING + 1,
      reason: "not due",
    });
    expect(clear({ message: timed, now: MORNING + 1 })).toMatchObject({ verdict: "send" });
  });

  it("rejects what would be stale at the very moment at which quiet hours end", () => {
    expect(clear({ message: message({ deadline: at(MORNING) }) })).toMatchObject({ reason: "quiet-hours" });
    expect(clear({ message: message({ deadline: at(MORNING + 1) }) })).toMatchObject({ verdict: "hold" });
  });

  it("does not hold what is owed, should its category no longer be known", () => {
    const owed = message({ category: "gone", lane: "transactional", deadline: at(MORNING + 9e6) });
    const record = customer({ traits: { timeZone: "Europe/Berlin" }, consent: [{ topic: "*" }] });
    expect(clear({ message: owed, record })).toMatchObject({ verdict: "send" });
    expect(clear({ message: { ...owed, lane: "bulk" }, record })).toMatchObject({ verdict: "hold" });
    expect(clear({ message: { ...owed, lane: "bulk" } })).toMatchObject({ reason: "consent" });
  });

  it("keeps the order of addresses that were confirmed at one moment", () => {
    const addresses = ["b", "a", "c"].map((name) => ({
      value: `${name}@x.example`,
      at: "2026-01-01T00:00:00.000Z",
    }));
    const record = customer({ traits: { timeZone: "Europe/Berlin" }, addresses });
    expect(clear({ record, now: MORNING })).toMatchObject({
      addresses: ["b@x.example", "a@x.example", "c@x.example"],
    });
  });

  it("tells a customer without an address on the channel from one whose addresses are bad", () => {
    const bad = customer({ addresses: [{ status: "bounced" }] });
    expect(clear({ record: bad, now: MORNING })).toMatchObject({ reason: "suppressed" });
    const sms = message({ channel: "sms", deadline: at(MORNING + 9e6) });
    expect(clear({ message: sms, now: MORNING })).toMatchObject({ reason: "no-address" });
    const named = { ...sms, to: "+4915112345678" };
    expect(clear({ message: named, now: MORNING })).toMatchObject({ reason: "consent" });
    const others = customer({
      addresses: [{}, { value: "x@y.example", status: "bounced" }],
      traits: { timeZone: "UTC" },
    });
    const mail = message({ to: "ada@example.com", deadline: at(MORNING + 9e6) });
    expect(clear({ message: mail, record: others, now: MORNING + 7_200_000 })).toMatchObject({
      addresses: ["ada@example.com"],
    });
  });
});

describe("clearance where somebody else said no at the address", () => {
  const NO = { topic: "marketing", status: "withdrawn", at: "2026-11-21T19:00:00.000Z" } as const;
  const saidAt = (address: string) => (address === "ada@example.com" ? [NO] : []);

  it("rejects the message, and says whose no it is", () => {
    expect(clear({ now: MORNING, saidAt })).toEqual({
      verdict: "stop",
      status: "rejected",
      reason: "consent: the mailbox said no to marketing",
      refusals: [{ channel: "email", topic: "marketing", at: NO.at, address: "ada@example.com" }],
    });
  });

  it("leaves a customer's other addresses as they are", () => {
    const record = customer({
      traits: { timeZone: "Europe/Berlin" },
      addresses: [{}, { value: "ada@work.example", at: "2020-01-01T00:00:00.000Z" }],
    });
    expect(clear({ now: MORNING, record, saidAt })).toEqual({
      verdict: "send",
      addresses: ["ada@work.example"],
    });
  });

  it("sends what is owed there, and what goes by another topic", () => {
    const owed = message({ lane: "transactional", category: "transactional" });
    expect(clear({ message: owed, saidAt })).toMatchObject({ verdict: "send" });
    const record = customer({
      traits: { timeZone: "Europe/Berlin" },
      consent: [{ topic: "service" }],
    });
    expect(clear({ now: MORNING, message: message({ category: "service" }), record, saidAt })).toMatchObject({
      verdict: "send",
    });
  });

  it("rejects a message to an address that its caller named just as well", () => {
    const named = message({ to: "ada@example.com", deadline: "2026-11-23T00:00:00.000Z" });
    expect(clear({ now: MORNING, message: named, saidAt })).toMatchObject({ status: "rejected" });
  });
});

describe("clearance of a message that asks to confirm", () => {
  const asks = message({ lane: "transactional", category: "transactional", confirms: ["marketing"] });
  const cleared = async (consent: Parameters<typeof customer>[0]) => {
    const { document } = await testPlaybook({
      "contact-policy.yaml":
        "categories:\n  marketing: { consent: express, confirm: double }\n  transactional: { consent: none, transactional: true }\n",
      "actions/order-confirmation.yaml": null,
      "templates/order-confirmation/email.html": null,
    });
    const record = customer(consent);
    const entries = Object.fromEntries(
      Object.values(record.consent.entries).map((entry) => [consentKey(entry), entry]),
    );
    return clear({ message: asks, record: { ...record, consent: { entries } }, playbook: document });
  };

  it("sends it as long as something waits to be confirmed", async () => {
    expect(await cleared({ consent: [{ standing: "public" }] })).toMatchObject({ verdict: "send" });
  });

  it.each([
    ["was confirmed", [{ standing: "public" as const }, {}]],
    ["was withdrawn", [{ status: "withdrawn" as const }]],
    ["is not there", []],
  ])("rejects it where what it asks about %s since", async (_, consent) => {
    expect(await cleared({ consent })).toMatchObject({
      status: "rejected",
      reason: "consent: there is nothing to confirm any more",
    });
  });
});
