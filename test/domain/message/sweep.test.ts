import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveTo } from "#domain/message/status.ts";
import { sweep, sweepAfter } from "#domain/message/sweep.ts";
import { MESSAGE_STATUSES, type Message } from "#domain/records/message.ts";
import { NOW } from "../../support/customers/events.ts";
import { message } from "../../support/sending/message.ts";

const iso = (time: number): string => new Date(time).toISOString();
const MINUTE = 60_000;
const AGO = iso(NOW - 1);

const asked = (members: Partial<Message> = {}): Message => message({ createdAt: iso(NOW), ...members });

describe("the sweep", () => {
  it("begins to look after a message minutes after it should have moved, a campaign's after an hour", () => {
    expect(sweepAfter({ lane: "transactional" }, NOW)).toBe(iso(NOW + 3 * MINUTE));
    expect(sweepAfter({ lane: "bulk" }, NOW)).toBe(iso(NOW + 60 * MINUTE));
  });

  it("asks again for what nobody took, each time after twice as long", () => {
    const lost = asked({ lane: "transactional" });
    const times: number[] = [];
    let at = Date.parse(sweepAfter(lost, NOW));
    for (let round = 0; round < 6; round += 1) {
      const swept = sweep(lost, at);
      if (swept.verdict !== "tell") throw new Error(`it was to be told, not ${swept.verdict}`);
      at = Date.parse(swept.sweepAt);
      times.push((at - NOW) / MINUTE);
    }
    expect(times).toEqual([9, 21, 45, 93, 189, 381]);
  });

  it.each([
    ["transactional", "tell"],
    ["bulk", "end"],
  ] as const)("knows what a dead sender means for a %s message: %s", (lane, verdict) => {
    const held = asked({ lane, status: "sending", claimedUntil: AGO });
    expect(sweep(held, NOW).verdict).toBe(verdict);
    expect(sweep({ ...held, claimedUntil: iso(NOW) }, NOW)).toMatchObject({ verdict: "wait" });
  });

  it("leaves alone what is not due yet, and forgets what has ended", () => {
    expect(sweep(asked({ sendAt: iso(NOW + 1) }), NOW)).toMatchObject({ verdict: "wait" });
    for (const status of ["uncertain", "sent", "delivered", "read", "failed", "rejected"] as const) {
      expect(sweep(asked({ status }), NOW)).toEqual({ verdict: "forget" });
    }
  });

  it.each([
    ["requested", {}, "failed", "deadline: nobody took it in time"],
    ["sending", { claimedUntil: AGO }, "uncertain", "the sender stopped between claim and record"],
  ] as const)("ends what is %s past its deadline, with the reason", (status, more, end, reason) => {
    const late = asked({ lane: "transactional", status, deadline: iso(NOW), ...more });
    expect(sweep(late, NOW)).toMatchObject({ verdict: "end", move: { status: end, reason } });
    expect(sweep({ ...late, deadline: iso(NOW + 1) }, NOW)).toMatchObject({ verdict: "tell" });
  });

  it("leads every message to its end minutes after its deadline, or when the first look at it was due", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGE_STATUSES),
        fc.constantFrom("transactional" as const, "bulk" as const),
        fc.integer({ min: 0, max: 48 * 60 }),
        fc.integer({ min: -120, max: 120 }),
        (status, lane, minutes, claim) => {
          let one = asked({
            status,
            lane,
            deadline: iso(NOW + minutes * MINUTE),
            ...(status === "sending" ? { claimedUntil: iso(NOW + claim * 1_000) } : {}),
          });
          let now = NOW;
          for (let round = 0; ; round += 1) {
            expect(round).toBeLessThan(20);
            const swept = sweep(one, now);
            if (swept.verdict === "forget") break;
            if (swept.verdict === "end") {
              const ended = moveTo(one, swept.move);
              if (ended === null) throw new Error("it cannot end so");
              one = ended;
              continue;
            }
            expect(Date.parse(swept.sweepAt)).toBeGreaterThan(now);
            now = Date.parse(swept.sweepAt);
          }
          expect(one.status).not.toMatch(/requested|sending/);
          const claimed = status === "sending" ? 2 + (lane === "bulk" ? 60 : 3) : 0;
          expect(now - NOW).toBeLessThanOrEqual((Math.max(minutes, claimed) + 3) * MINUTE);
        },
      ),
    );
  });
});
