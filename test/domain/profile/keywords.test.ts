import { describe, expect, it } from "vitest";
import { consentOf } from "#domain/profile/consent-event.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { JsonObject } from "#kernel/json.ts";
import { minutesAgo, track } from "../../support/customers/events.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const at = minutesAgo(5);
const { document } = await testPlaybook();
const heard = (properties: JsonObject, more: Partial<CollectedEvent> = {}) =>
  consentOf(
    track("message.received", {
      at,
      properties: { channel: "sms", text: "STOP please", ...properties },
      ...more,
    }),
    document,
  ).entries;
const SAID = { channel: "sms", topic: "*", source: "keyword", at, text: "STOP please" };

describe("what a customer's own words change", () => {
  it("is everything on the channel they wrote on: a stop or a revocation withdraws, a start takes that back", () => {
    expect(heard({ keyword: "stop" })).toEqual([{ ...SAID, status: "withdrawn", kind: "express" }]);
    expect(heard({ keyword: "revocation" })).toEqual([{ ...SAID, status: "withdrawn", kind: "express" }]);
    expect(heard({ keyword: "start" })).toEqual([{ ...SAID, status: "granted", kind: "implied" }]);
    expect([heard({ keyword: "help" }), heard({})]).toEqual([[], []]);
  });

  it("is nothing where a page said that they wrote, or nobody can tell where or what", () => {
    expect(heard({ keyword: "stop" }, { standing: "public" })).toEqual([]);
    expect(heard({ keyword: "stop" }, { standing: "proven" })).toEqual([]);
    expect(heard({ keyword: "stop" }, { name: "Consent Said" })).toEqual([]);
    expect([heard({ keyword: "stop", channel: 7 }), heard({ keyword: "stop", text: null })]).toEqual([
      [],
      [],
    ]);
  });

  it("keeps two hundred characters of what was said", () => {
    const [entry] = heard({ keyword: "stop", text: "x".repeat(201) });
    expect(entry?.text).toBe("x".repeat(200));
  });
});

describe("which message led to a consent", () => {
  const messageId = (more: Partial<CollectedEvent>, id: JsonObject[string] = "msg_1") =>
    consentOf(
      track("Consent Changed", {
        at,
        properties: { channel: "sms", status: "granted", kind: "express", messageId: id },
        ...more,
      }),
      document,
    ).entries[0]?.messageId;

  it("is believed of whom the hub itself knows, in a hundred characters", () => {
    expect(messageId({ customerId: "cus_1" })).toBe("msg_1");
    expect(messageId({ customerId: "cus_1" }, "y".repeat(101))).toBe("y".repeat(100));
    expect(messageId({ customerId: "cus_1", standing: "public" })).toBeUndefined();
    expect(messageId({ userId: "u1" })).toBeUndefined();
  });
});
