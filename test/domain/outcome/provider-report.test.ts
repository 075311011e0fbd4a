import { describe, expect, it } from "vitest";
import type { ProviderReport } from "#channels/definition/report.ts";
import { clickOccurrence, consequencesOf, openOccurrence } from "#domain/outcome/provider-report.ts";

const AT = "2026-03-11T11:22:33.444Z";
const of = (fact: ProviderReport["fact"]) =>
  consequencesOf({ fact, at: AT, providerMessageId: "p-1", messageId: "msg_1" } as ProviderReport);
const addresses = ["a@b.example", "c@d.example"];

describe("a provider's report", () => {
  it.each([true, false])(
    "of a bounce ends the message; addresses are suppressed where it is for good: %j",
    (permanent) => {
      const { move, suppress, outcomes } = of({
        kind: "bounced",
        permanent,
        addresses,
        reason: "no such box",
      });
      expect(move).toEqual({
        status: "failed",
        at: AT,
        providerMessageId: "p-1",
        reason: "bounced: no such box",
      });
      expect(suppress).toEqual(permanent ? addresses.map((address) => ({ address, reason: "bounced" })) : []);
      expect(outcomes).toEqual(
        addresses.map((address) => ({
          name: "message.bounced",
          occurrence: address,
          properties: { address, bounceType: permanent ? "Permanent" : "Transient", reason: "no such box" },
        })),
      );
    },
  );

  it("of a complaint suppresses its addresses, and leaves the message where it is", () => {
    const { move, suppress, outcomes } = of({ kind: "complained", addresses });
    expect(move).toBeUndefined();
    expect(suppress).toEqual(addresses.map((address) => ({ address, reason: "complained" })));
    expect(outcomes).toHaveLength(2);
  });

  it("of sending and delivery moves the message and gives no reason", () => {
    expect(of({ kind: "sent" })).toEqual({
      move: { status: "sent", at: AT, providerMessageId: "p-1" },
      suppress: [],
      outcomes: [],
    });
    expect(Object.keys(of({ kind: "delivered" }).move ?? {})).toEqual(["status", "at", "providerMessageId"]);
    expect(of({ kind: "failed", reason: "spam" }).move).toMatchObject({ status: "failed", reason: "spam" });
    expect(of({ kind: "delayed" })).toEqual({ suppress: [], outcomes: [] });
  });
});

describe("openings and clicks", () => {
  it("count once a minute, and once a second and link", () => {
    expect(openOccurrence(AT)).toBe("2026-03-11T11:22");
    expect(clickOccurrence(AT, "https://a.example")).toBe("2026-03-11T11:22:33 https://a.example");
    expect(of({ kind: "opened", userAgent: "" }).outcomes[0]).toMatchObject({
      occurrence: "2026-03-11T11:22",
    });
  });
});
