import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimed, mayClaim, mayMove, moveTo, originsOf } from "#domain/message/status.ts";
import type { MessageStatus } from "#domain/records/message.ts";
import { message } from "../../support/sending/message.ts";

const STATUSES: readonly MessageStatus[] = [
  "requested",
  "sending",
  "uncertain",
  "sent",
  "delivered",
  "read",
  "failed",
  "rejected",
];
const AT = "2026-11-21T12:00:00.000Z";
const status = fc.constantFrom(...STATUSES);

describe("the life of a message", () => {
  it("never leaves failed or rejected, and never stays where it is", () => {
    for (const to of STATUSES) {
      expect(mayMove("failed", to)).toBe(false);
      expect(mayMove("rejected", to)).toBe(false);
      expect(mayMove(to, to)).toBe(false);
    }
  });

  it("goes back to requested only from a claim", () => {
    expect(originsOf("requested")).toEqual(["sending"]);
  });

  it("settles an uncertain message by what the provider tells", () => {
    expect(
      ["sent", "delivered", "read", "failed"].every((to) =>
        originsOf(to as MessageStatus).includes("uncertain"),
      ),
    ).toBe(true);
    expect(mayMove("uncertain", "requested")).toBe(false);
    expect(mayMove("uncertain", "sending")).toBe(false);
  });

  it("ends the same in whatever order provider events arrive, once each or twice", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["sent", "delivered", "read"] as const, { minLength: 3 }),
        fc.boolean(),
        (order, twice) => {
          const moves = twice ? [...order, ...order] : order;
          const end = moves.reduce(
            (now, to) => moveTo(now, { status: to, at: AT }) ?? now,
            message({ status: "sending" }),
          );
          expect(end.status).toBe("read");
        },
      ),
    );
  });

  it("writes every move into the history, and nothing else changes", () => {
    fc.assert(
      fc.property(status, status, (from, to) => {
        const before = message({ status: from, claimedUntil: AT, sweepAt: "2026-11-21T12:03:00.000Z" });
        const move = { at: AT, reason: "why", providerMessageId: "p-1" };
        const after = moveTo(
          before,
          to === "requested" ? { ...move, status: to, sweepAt: AT } : { ...move, status: to },
        );
        expect(after !== null).toBe(mayMove(from, to));
        if (after === null) return;
        const { claimedUntil: _ended, sweepAt: _before, ...rest } = before;
        expect(after).toEqual({
          ...rest,
          status: to,
          ...(to === "requested" ? { sweepAt: AT } : {}),
          providerMessageId: "p-1",
          history: [...before.history, { status: to, at: AT, reason: "why" }],
        });
      }),
    );
  });

  it("is claimed from requested, or from a claim that is over when it may go out twice", () => {
    const claim = { now: AT, until: "2026-11-21T12:01:00.000Z" };
    const held = message({ status: "sending", claimedUntil: AT });
    const over = message({ status: "sending", claimedUntil: "2026-11-21T11:59:59.999Z" });
    expect(mayClaim(message(), { ...claim, reclaim: "never" })).toBe(true);
    expect(mayClaim(held, { ...claim, reclaim: "after-expiry" })).toBe(false);
    expect(mayClaim(over, { ...claim, reclaim: "after-expiry" })).toBe(true);
    expect(mayClaim(over, { ...claim, reclaim: "never" })).toBe(false);
    expect(claimed(over, { ...claim, reclaim: "after-expiry" })).toMatchObject({
      attempts: 1,
      status: "sending",
    });
    for (const settled of ["uncertain", "sent", "delivered", "failed", "rejected"] as const) {
      expect(mayClaim(message({ status: settled }), { ...claim, reclaim: "after-expiry" })).toBe(false);
    }
  });
});
