import { describe, expect, it } from "vitest";
import { type Outcome, type Run, runHub } from "#lab/hub/run.ts";
import { shopPlaybooks } from "#lab/hub/shop/playbooks.ts";
import { shrink } from "#lab/hub/shrink.ts";
import { MISTAKES, NEVER_MADE } from "./planted.ts";

const playbooks = await shopPlaybooks();
const STEPS = 2_000;
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);

/** The first of the seeds that breaks something. */
const firstBroken = async (
  settings: Pick<Run, "planted">,
): Promise<{ run: Run; outcome: Outcome } | null> => {
  for (const seed of SEEDS) {
    const run: Run = { seed, steps: STEPS, playbooks, ...settings };
    const outcome = await runHub(run);
    if (outcome.violation !== null) return { run, outcome };
  }
  return null;
};

const historyOf = async (run: Run): Promise<readonly string[]> => {
  const lines: string[] = [];
  await runHub({ ...run, trace: (line) => lines.push(line) });
  return lines;
};

describe("the hub on virtual time", () => {
  it("should keep every promise in 25 lives of 2,000 steps", async () => {
    const seen = { faults: 0, messages: 0 };
    for (const seed of SEEDS) {
      const outcome = await runHub({ seed, steps: STEPS, playbooks });
      expect(outcome.violation, `seed ${seed}`).toBeNull();
      seen.faults += outcome.faults.length;
      seen.messages += outcome.seen.messages;
    }
    // Lives in which nothing happens keep every promise, too.
    expect(seen.faults).toBeGreaterThan(400);
    expect(seen.messages).toBeGreaterThan(150);
  });

  it("should live the same life again from the same seed", async () => {
    const run: Run = { seed: 7, steps: 1_000, playbooks };
    const history = await historyOf(run);
    expect(history.length).toBeGreaterThan(500);
    expect(await historyOf(run)).toEqual(history);
  });

  it.each(MISTAKES)(
    "should find again within 25 seeds that $what ($mendedBy)",
    async ({ planted, breaks }) => {
      const found = await firstBroken({ planted });
      expect(found?.outcome.violation?.check).toBe(breaks);
    },
  );

  it.each(NEVER_MADE)("should find within 25 seeds that $what", async ({ planted, breaks }) => {
    const found = await firstBroken({ planted });
    expect(found?.outcome.violation?.check).toBe(breaks);
  });

  it("should tell of a broken promise by a history that is much shorter and still breaks it", async () => {
    const found = await firstBroken({ planted: MISTAKES[0]?.planted ?? {} });
    if (found === null) throw new Error("nothing was broken");
    const { run, outcome } = found;

    const only = await shrink(run, outcome);

    const shortest = await runHub({ ...run, only });
    expect(shortest.violation?.check).toBe(outcome.violation?.check);
    expect(only.deeds.size).toBeLessThan(outcome.deeds.length / 4);
    expect(only.faults.size).toBeLessThan(outcome.faults.length / 4);
  });
});
