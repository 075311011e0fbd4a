import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReceivedMessage } from "#channels/definition/received.ts";
import { receivedEvent } from "#domain/message/received.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const NOW = "2027-01-01T12:00:00.000Z";
const { document } = await testPlaybook();
const TEXT: ReceivedMessage = {
  channel: "sms",
  providerMessageId: "in-1",
  from: "+4915112345678",
  to: "+15550100",
  text: "Where is my order?",
};
const eventOf = (message: Partial<ReceivedMessage>, way = { provider: "a", account: "b" }) =>
  receivedEvent({ ...TEXT, ...message }, { way, document, original: "a/b/raw_1", now: NOW });

describe("a message that a customer wrote", () => {
  it("is an event of whoever has the address, with what was written and where the original is", () => {
    expect(eventOf({ inReplyTo: "m-1" })).toMatchObject({
      type: "track",
      name: "message.received",
      identifiers: [{ type: "phone", value: "+4915112345678" }],
      properties: {
        channel: "sms",
        text: "Where is my order?",
        from: "+4915112345678",
        to: "+15550100",
        inReplyTo: "m-1",
        original: "a/b/raw_1",
      },
      at: NOW,
      standing: "trusted",
      imported: false,
      depth: 0,
    });
  });

  it("is one event however often and however late it comes, and another in another account", () => {
    const { id } = eventOf({});
    expect(eventOf({ at: "2026-12-31T00:00:00Z" }).id).toBe(id);
    expect(eventOf({}, { provider: "a", account: "c" }).id).not.toBe(id);
    expect(eventOf({}, { provider: "c", account: "b" }).id).not.toBe(id);
    expect(eventOf({ providerMessageId: "in-2" }).id).not.toBe(id);
  });

  it("was written when the provider says, but never in the future, nor at a time that is none", () => {
    expect(eventOf({ at: "2027-01-01T11:00:00+01:00" }).at).toBe("2027-01-01T10:00:00.000Z");
    expect(eventOf({ at: "2031-01-01T00:00:00Z" }).at).toBe(NOW);
    for (const at of ["noon", "+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z"])
      expect(eventOf({ at }).at).toBe(NOW);
  });

  it("fits into an event whatever was written, and never ends in half a character", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 7_990, maxLength: 8_010 }),
        fc.array(fc.record({ id: fc.string(), type: fc.string() }), { maxLength: 50 }),
        (text, attachments) => {
          const { properties } = eventOf({ text, attachments });
          expect(Buffer.byteLength(JSON.stringify(properties?.text))).toBeLessThan(32 * 1024);
          expect(String(properties?.text).isWellFormed()).toBe(true);
          expect(properties?.isCut === true).toBe(text.length > 8_000);
          expect((properties?.attachments as [] | undefined)?.length ?? 0).toBeLessThanOrEqual(20);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("holds no name without end, and no half of an id", () => {
    const endless = "x".repeat(100_000);
    const event = eventOf({
      providerMessageId: endless,
      to: endless,
      inReplyTo: endless,
      kind: endless,
      attachments: [
        { id: endless, type: "image/png" },
        ...Array.from({ length: 30 }, (_, n) => ({ id: `a-${n}`, type: endless, name: endless })),
      ],
    });
    const { attachments = [], ...rest } = event.properties ?? {};
    expect(rest).not.toHaveProperty("inReplyTo");
    expect(attachments).toHaveLength(20);
    expect(attachments).toContainEqual({ id: "a-0", type: "x".repeat(300), name: "x".repeat(300) });
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(BOUNDS.eventBytes);
    expect(event.id).not.toBe(eventOf({ providerMessageId: `${endless}y` }).id);
  });
});
