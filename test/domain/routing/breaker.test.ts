import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Breaker,
  beginTrial,
  CLOSED,
  counted,
  heard,
  isFailure,
  mayAsk,
  slotOf,
} from "#domain/routing/breaker.ts";

const NOW = Date.parse("2027-01-01T12:00:00Z");
const SECOND_MS = 1_000;

/** Calls one after the other, evenly over so many seconds. */
const fed = (
  breaker: Breaker,
  { calls, failed, seconds, at = NOW }: { calls: number; failed: number; seconds: number; at?: number },
): Breaker =>
  Array.from({ length: calls }).reduce<Breaker>((one, _, index) => {
    const isFailed = index >= calls - failed;
    return counted(one, { isFailed, ms: 20, isTrial: false }, at + (index * seconds * SECOND_MS) / calls);
  }, breaker);

/** How often of so many tries, a second apart, something may be asked; each is a trial that ends as given. */
const trying = (
  breaker: Breaker,
  from: number,
  seconds: number,
  ends: (second: number) => "fails" | "works",
) => {
  let current = breaker;
  const asked: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    const now = from + second * SECOND_MS;
    if (mayAsk(current, now) === "no") continue;
    asked.push(second);
    const isTrial = mayAsk(current, now) === "trial";
    current = counted(beginTrial(current, now), { isFailed: ends(second) === "fails", ms: 20, isTrial }, now);
  }
  return { current, asked };
};

describe("an account that a provider answers by", () => {
  it("is asked while few of its calls fail", () => {
    expect(mayAsk(fed(CLOSED, { calls: 1_000, failed: 4, seconds: 10 }), NOW + 10_000)).toBe("yes");
    const third = Array.from({ length: 300 }).reduce<Breaker>(
      (one, _, index) =>
        counted(one, { isFailed: index % 3 === 0, ms: 20, isTrial: false }, NOW + index * 200),
      CLOSED,
    );
    expect(mayAsk(third, NOW + 60_000)).toBe("yes");
  });

  it("is left alone within ten seconds of failing, whatever it carried before", () => {
    // A minute of 20 a second that all went well, then nothing does.
    const healthy = fed(CLOSED, { calls: 1_200, failed: 0, seconds: 60, at: NOW - 60_000 });
    const failing = fed(healthy, { calls: 160, failed: 160, seconds: 8 });
    expect(mayAsk(failing, NOW + 8_000)).toBe("no");
  });

  it("is left alone for answers that come too late", () => {
    const slow = Array.from({ length: 5 }).reduce<Breaker>(
      (one) => counted(one, { isFailed: false, ms: 6_000, isTrial: false }, NOW),
      CLOSED,
    );
    expect(mayAsk(slow, NOW)).toBe("no");
  });

  it("is not judged by four failures, nor by those of more than a minute ago", () => {
    expect(mayAsk(fed(CLOSED, { calls: 4, failed: 4, seconds: 1 }), NOW + 1_000)).toBe("yes");
    const old = fed(CLOSED, { calls: 4, failed: 4, seconds: 1 });
    expect(mayAsk(fed(old, { calls: 4, failed: 4, seconds: 1, at: NOW + 90_000 }), NOW + 91_000)).toBe("yes");
  });

  it("is tried by single messages, more and more seldom, at least once a minute", () => {
    const open = fed(CLOSED, { calls: 5, failed: 5, seconds: 1 });
    const { asked } = trying(open, NOW + 1_000, 300, () => "fails");
    expect(asked).toEqual([10, 30, 70, 130, 190, 250]);
  });

  it("is asked again once three trials went well, and what failed before does not count against it", () => {
    const open = fed(CLOSED, { calls: 5, failed: 5, seconds: 1 });
    const { current, asked } = trying(open, NOW + 1_000, 30, (second) => (second < 5 ? "fails" : "works"));
    expect(asked[0]).toBe(10);
    expect(current.open).toBeUndefined();
    expect(mayAsk(fed(current, { calls: 1, failed: 1, seconds: 1, at: NOW + 31_000 }), NOW + 32_000)).toBe(
      "yes",
    );
  });

  it("lets one message try at a time; one that nobody hears of holds up the next for fifteen seconds", () => {
    const open = fed(CLOSED, { calls: 5, failed: 5, seconds: 0 });
    const at = NOW + 10_000;
    expect(mayAsk(open, at)).toBe("trial");
    const tried = beginTrial(open, at);
    expect(mayAsk(tried, at)).toBe("no");
    expect(mayAsk(tried, at + 15_000)).toBe("trial");
  });

  it("is not left alone for longer by what was under way when it was", () => {
    const open = fed(CLOSED, { calls: 5, failed: 5, seconds: 0 });
    const late = fed(open, { calls: 50, failed: 50, seconds: 5 });
    expect(mayAsk(late, NOW + 10_000)).toBe("trial");
  });

  const history = fc.array(
    fc.record({ waitMs: fc.integer({ min: 0, max: 20_000 }), isFailed: fc.boolean() }),
    { maxLength: 200 },
  );
  const played = (calls: readonly { readonly waitMs: number; readonly isFailed: boolean }[]) => {
    let now = NOW;
    let breaker = CLOSED;
    for (const { waitMs, isFailed } of calls) {
      now += waitMs;
      const isTrial = mayAsk(breaker, now) === "trial";
      if (isTrial) breaker = beginTrial(breaker, now);
      breaker = counted(breaker, { isFailed, ms: 20, isTrial }, now);
    }
    return { now, breaker };
  };

  it("always may be asked within a minute, and keeps no more than a minute, whatever happened", () => {
    fc.assert(
      fc.property(history, (calls) => {
        const { now, breaker } = played(calls);
        expect(mayAsk(breaker, now + 60_000)).not.toBe("no");
        expect(breaker.tallies.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it("is never left alone where nothing fails", () => {
    fc.assert(
      fc.property(history, (calls) => {
        const { breaker } = played(calls.map(({ waitMs }) => ({ waitMs, isFailed: false })));
        expect(breaker.open).toBeUndefined();
      }),
    );
  });
});

describe("the calls that are kept of an account", () => {
  const slot = slotOf(NOW);
  const call = (more: Partial<Parameters<typeof counted>[1]> = {}) => ({
    isFailed: false,
    ms: 20,
    isTrial: false,
    ...more,
  });

  it("are told apart by five seconds, the oldest first, for a minute", () => {
    expect([0, 4_999, 5_000].map((ms) => slotOf(NOW + ms) - slot)).toEqual([0, 0, 1]);
    const tallies = [slot - 12, slot - 11, slot].map((one) => ({ slot: one, asked: 3, failed: 1 }));
    expect(counted({ tallies }, call(), NOW).tallies).toEqual([
      { slot: slot - 11, asked: 3, failed: 1 },
      { slot, asked: 4, failed: 1 },
    ]);
    expect(counted(CLOSED, call({ isFailed: true }), NOW).tallies).toEqual([{ slot, asked: 1, failed: 1 }]);
  });

  it.each([
    [{ isFailed: false, ms: 5_000 }, false],
    [{ isFailed: false, ms: 5_001 }, true],
    [{ isFailed: true, ms: 0 }, true],
  ])("count %j as a failure: %s", (one, expected) => {
    expect(isFailure(one)).toBe(expected);
  });

  it.each([
    ["four failures", [[0, 4, 4]], {}, "yes"],
    ["five failures", [[0, 5, 5]], {}, "no"],
    ["half of the calls", [[0, 10, 5]], {}, "no"],
    ["less than half of the calls", [[0, 11, 5]], {}, "yes"],
    ["failures of almost a minute ago", [[11, 5, 5]], {}, "no"],
    ["failures of a minute ago", [[12, 5, 5]], {}, "yes"],
    [
      "what fails within ten seconds after calls that went well",
      [
        [5, 100, 0],
        [1, 5, 5],
      ],
      {},
      "no",
    ],
    [
      "what failed ten seconds ago after calls that went well",
      [
        [5, 100, 0],
        [2, 5, 5],
      ],
      {},
      "yes",
    ],
    [
      "failures of two times",
      [
        [1, 3, 3],
        [3, 2, 2],
      ],
      {},
      "no",
    ],
    ["what failed before it came back", [[1, 5, 5]], { since: slot - 1 }, "yes"],
    ["what failed after it came back", [[0, 5, 5]], { since: slot - 1 }, "no"],
  ] as const)("of all processes decide whether it is asked: %s", (_what, calls, more, expected) => {
    const all = calls.map(([ago, asked, failed]) => ({ slot: slot - ago, asked, failed }));
    expect(mayAsk(heard({ ...CLOSED, ...more }, all, NOW), NOW)).toBe(expected);
  });

  it("of this process are not counted twice when all are heard of", () => {
    const tallies = [{ slot, asked: 3, failed: 3 }];
    expect(heard({ tallies }, [{ slot, asked: 6, failed: 5 }], NOW)).toEqual({
      tallies,
      others: [{ slot, asked: 3, failed: 2 }],
      open: { until: NOW + 10_000, pauseMs: 10_000, trials: 0 },
    });
    expect(heard({ tallies }, [{ slot, asked: 1, failed: 1 }], NOW)).toEqual({
      tallies,
      others: [{ slot, asked: 0, failed: 0 }],
    });
  });

  it("change nothing of a pause that has begun", () => {
    const open = { until: NOW + 1, pauseMs: 10_000, trials: 1 };
    expect(heard({ tallies: [], open }, [{ slot, asked: 9, failed: 9 }], NOW).open).toEqual(open);
    expect(counted({ tallies: [], open }, call({ isFailed: true }), NOW).open).toEqual(open);
  });

  it.each([
    [
      "a failure doubles the pause",
      10_000,
      { isFailed: true },
      { until: NOW + 20_000, pauseMs: 20_000, trials: 0 },
    ],
    [
      "a failure lets it pause for a minute at most",
      40_000,
      { isFailed: true },
      { until: NOW + 60_000, pauseMs: 60_000, trials: 0 },
    ],
    [
      "a late answer is a failure",
      10_000,
      { ms: 5_001 },
      { until: NOW + 20_000, pauseMs: 20_000, trials: 0 },
    ],
    ["a success lets the next try at once", 10_000, {}, { until: NOW, pauseMs: 10_000, trials: 2 }],
  ])("in a trial: %s", (_what, pauseMs, end, open) => {
    const before = { tallies: [], open: { until: NOW + 9_000, pauseMs, trials: 1 } };
    expect(counted(before, call({ ...end, isTrial: true }), NOW).open).toEqual(open);
  });

  it("are forgotten with the third trial that goes well", () => {
    const open = { until: NOW, pauseMs: 10_000, trials: 2 };
    const before = { tallies: [{ slot, asked: 9, failed: 9 }], others: [], open };
    expect(counted(before, call({ isTrial: true }), NOW)).toEqual({ tallies: [], since: slot });
  });

  it("of a trial that has begun hold up the next for fifteen seconds, where it is left alone at all", () => {
    const open = { until: NOW, pauseMs: 10_000, trials: 1 };
    expect(beginTrial({ tallies: [], open }, NOW).open).toEqual({ ...open, until: NOW + 15_000 });
    expect(beginTrial(CLOSED, NOW)).toBe(CLOSED);
  });
});
