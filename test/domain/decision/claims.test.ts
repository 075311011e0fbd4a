import { describe, expect, it } from "vitest";
import type { DecideInput } from "#domain/decision/input/input.ts";
import { holdsAfter, isHeld, withoutHold } from "#domain/decision/stages/claims.ts";
import {
  action,
  customer,
  decideFor,
  HOUR,
  iso,
  NOON,
  playbookOf,
} from "../../support/decisions/decision.ts";

const MINUTE = 60_000;
const FOR_GOOD = "9999-12-31T00:00:00.000Z";
const claimsFor = (
  stock: { limit: number; holdMs: number } | null,
  input: Partial<DecideInput> = {},
  more = {},
) =>
  decideFor(
    playbookOf({
      actions: [
        action("tea", {
          placements: ["web.home.hero"],
          treatments: [{ name: "tea", channel: "web", weight: 1 }],
          ...(stock && { stock }),
          ...more,
        }),
      ],
    }),
    { placement: "web.home.hero", mode: "answer", ...input },
  );
const endOf = (holdMs: number, now: number) =>
  ((claimsFor({ limit: 1, holdMs }, { now }).claims?.[0]?.stock?.untilMinute ?? 0) * MINUTE - now) / MINUTE;

describe("the hold on an offer that a page shows", () => {
  it.each([
    [20 * MINUTE, NOON, 20],
    [20 * MINUTE, NOON + MINUTE, 24],
    [20 * MINUTE, NOON + 1, (24 * MINUTE + 60_000 - 1) / MINUTE],
    [MINUTE, NOON, 1],
    [MINUTE, NOON + 1, (2 * MINUTE - 1) / MINUTE],
    [7 * MINUTE, NOON + 1, (8 * MINUTE - 1) / MINUTE],
    [8 * MINUTE, NOON + MINUTE, 9],
  ])("of %i ms ends with a quarter of its length", (holdMs, now, minutes) => {
    expect(endOf(holdMs, now)).toBeCloseTo(minutes, 9);
  });

  it("takes no other unit as long as it lasts, and is told again", () => {
    const record = customer();
    const holding = (until: string, mode: "answer" | "message" = "answer") => {
      const contact = { ...record.contact, holds: { tea: until } };
      return claimsFor({ limit: 1, holdMs: HOUR }, { record: { ...record, contact }, mode });
    };
    const live = holding(iso(NOON + 1));
    expect([live.claims, live.contact]).toEqual([undefined, undefined]);
    expect(live.decision.actions[0]).toMatchObject({ heldUntil: iso(NOON + 1) });
    expect(holding(iso(NOON)).claims).toHaveLength(1);
    expect(holding(FOR_GOOD).decision.actions[0]).not.toHaveProperty("heldUntil");
    expect(claimsFor(null).decision.actions[0]).not.toHaveProperty("heldUntil");
  });

  it("leaves a budget to be paid for each showing", () => {
    const record = customer();
    const contact = { ...record.contact, holds: { tea: FOR_GOOD } };
    const budget = { perMs: 24 * HOUR, max: 3, cost: 1 };
    const { claims } = claimsFor({ limit: 1, holdMs: HOUR }, { record: { ...record, contact } }, { budget });
    expect(claims).toEqual([{ action: "tea", budget: expect.objectContaining({ max: 3, cost: 1 }) }]);
  });
});

describe("the holds of a customer", () => {
  it("suffice for a page while they last, and for a message where they never end", () => {
    const held = (until: string, mode: "answer" | "message") =>
      isHeld({ tea: until }, "tea", { mode, now: NOON });
    expect([held(iso(NOON), "answer"), held(iso(NOON + 1), "answer")]).toEqual([false, true]);
    expect([held(iso(NOON + 1), "message"), held(FOR_GOOD, "message")]).toEqual([false, true]);
    expect(isHeld({ tea: FOR_GOOD }, "constructor", { mode: "answer", now: NOON })).toBe(false);
    expect(isHeld(undefined, "tea", { mode: "answer", now: NOON })).toBe(false);
  });

  it("lose those that are over with the next one, and stay what they are without", () => {
    const claim = (stock?: { limit: number; untilMinute?: number }) => [
      { action: "tea", ...(stock && { stock }) },
    ];
    const held = { over: iso(NOON), live: iso(NOON + 1) };
    expect(holdsAfter(held, claim(), NOON)).toBeUndefined();
    expect(holdsAfter(held, claim({ limit: 1 }), NOON)).toEqual({ live: iso(NOON + 1), tea: FOR_GOOD });
    expect(holdsAfter(undefined, claim({ limit: 1, untilMinute: NOON / MINUTE }), NOON)).toEqual({
      tea: iso(NOON),
    });
  });

  it("lose one that ends just then, once", () => {
    const history = { version: 3, entries: [], coolDowns: {}, holds: { tea: iso(NOON), cake: iso(NOON) } };
    expect(withoutHold(history, "tea", iso(NOON))).toEqual({
      ...history,
      version: 4,
      holds: { cake: iso(NOON) },
    });
    expect(withoutHold(history, "tea", iso(NOON + 1))).toBeNull();
    expect(withoutHold(history, "constructor", iso(NOON))).toBeNull();
    expect(withoutHold({ ...history, holds: {} }, "tea", iso(NOON))).toBeNull();
  });
});
