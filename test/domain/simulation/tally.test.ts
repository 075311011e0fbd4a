import { describe, expect, it } from "vitest";
import type { Decision } from "#domain/records/decision.ts";
import { choiceOf, countDecision, countSkipped, newTally } from "#domain/simulation/tally.ts";

type Seen = Pick<Decision, "actions" | "rejected">;
const chosen = (
  ...actions: readonly (readonly [action: string, channel?: string, sendAt?: string])[]
): Seen =>
  ({
    actions: actions.map(([action, channel, sendAt]) => ({
      action,
      treatment: "t",
      ...(channel && { channel }),
      ...(sendAt && { sendAt }),
    })),
    rejected: [],
  }) as unknown as Seen;
const NOBODY: Seen = {
  actions: [],
  rejected: [{ action: "a", stage: "policy", reason: "cap" }],
} as unknown as Seen;
const counted = (
  ...decisions: readonly (readonly [before: Seen, after: Seen, segments?: readonly string[]])[]
) => {
  const tally = newTally();
  for (const [index, [before, after, segments = []]] of decisions.entries())
    countDecision(tally, { decisionId: `d${index}`, segments, before, after });
  return tally;
};

describe("what a simulation counts", () => {
  it("is each side of every decision, and what changed", () => {
    const tally = counted(
      [chosen(["a", "email"], ["b"]), chosen(["a", "sms"]), ["vip", "old"]],
      [chosen(["a", "email"]), chosen(["a", "email"]), ["vip"]],
      [NOBODY, chosen(["a", "email"])],
      [NOBODY, NOBODY],
    );
    expect(tally).toEqual({
      ...newTally(),
      decisions: 4,
      changed: 2,
      actions: { a: { before: 2, after: 3 }, b: { before: 1, after: 0 } },
      channels: {
        email: { before: 2, after: 2 },
        "(none)": { before: 1, after: 0 },
        sms: { before: 0, after: 1 },
      },
      nothing: { before: 2, after: 1 },
      rejections: { "policy/cap": { before: 2, after: 1 } },
      segments: {
        vip: { decisions: 2, changed: 1, before: 3, after: 2 },
        old: { decisions: 1, changed: 1, before: 2, after: 1 },
        "(none)": { decisions: 2, changed: 1, before: 0, after: 1 },
      },
      moves: { "a + b -> a": 1, "nothing -> a": 1 },
      examples: ["d0", "d2"],
    });
  });

  it("changes with the order, the treatment and the moment of what is chosen, and with nothing else", () => {
    const [a, b] = [
      ["a", "email"],
      ["b", "email"],
    ] as const;
    expect(counted([chosen(a, b), chosen(b, a)]).changed).toBe(1);
    expect(counted([chosen(["a", "email", "t1"]), chosen(["a", "email", "t2"])]).changed).toBe(1);
    expect(counted([chosen(["a", "email", "t1"]), chosen(["a", "email", "t1"])]).changed).toBe(0);
    expect([choiceOf(chosen(["a"])), choiceOf(chosen())]).toEqual(["a|t|", "nothing"]);
  });

  it("is twenty examples, and no more names than a report can show", () => {
    const change = [chosen(["a"]), chosen()] as const;
    expect(counted(...Array.from({ length: 21 }, () => change)).examples).toHaveLength(20);
    expect(counted(...Array.from({ length: 21 }, () => change)).moves).toEqual({ "a -> nothing": 21 });
    const many = counted(
      ...Array.from(
        { length: 2_001 },
        (_, index) => [chosen([`a${index}`]), chosen(), [`s${index}`]] as const,
      ),
    );
    expect([many.actions, many.moves, many.segments].map((names) => Object.keys(names).length)).toEqual([
      2_000, 2_000, 2_000,
    ]);
    countDecision(many, {
      decisionId: "d",
      segments: ["s1", "new"],
      before: chosen(["a1"]),
      after: chosen(),
    });
    expect([many.actions.a1?.before, many.segments.s1?.decisions, many.segments.new]).toEqual([
      2,
      2,
      undefined,
    ]);
    expect(many.changed).toBe(2_002);
  });

  it("is what was not replayed too, by reason", () => {
    const tally = newTally();
    for (const reason of ["erased", "failed", "erased"]) countSkipped(tally, reason);
    expect(tally.skipped).toEqual({ erased: 2, failed: 1 });
  });
});
