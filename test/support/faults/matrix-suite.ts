import { describe, expect, it } from "vitest";
import { hubAt } from "../hub/client.ts";
import { startTestCloud } from "../hub/local-cloud.ts";
import { testFiles } from "../playbook/files.ts";
import { allowanceOf, breakAt, discoverCalls, missedBy, nameOf, roundsOf } from "./matrix.ts";
import { liveThrough } from "./story.ts";
import { type Allowance, clicksLearnt, expectNoDeadLetters, expectTruths } from "./story-truths.ts";

const LEARNING = "outcomes: { clicked: 0.5 }\nexploration: { method: none }\n";

/**
 * One test a round of the matrix. The matrix is made from what the functions were just seen to call, so that a new call
 * is broken from the day it is made.
 * @param mostSkips see `roundsOf`
 * @param part this share of the rounds, so that several files may run at once
 */
export const testFaultMatrix = async (
  mostSkips: number | "turns",
  part: { readonly number: number; readonly of: number } = { number: 1, of: 1 },
): Promise<void> => {
  const cloud = await startTestCloud({ playbook: testFiles({ "learning.yaml": LEARNING }) });
  const hub = hubAt(cloud.url);
  const all = roundsOf(await discoverCalls(cloud, hub), mostSkips);
  const rounds = all.filter((_, index) => index % part.of === part.number - 1);

  /** @returns what `look` sees while the faults of the story still stand */
  const liveAndExpectTruths = async <T>(allowance: Allowance, look: () => T): Promise<T> => {
    const learnt = await clicksLearnt(hub);
    const story = await liveThrough(hub);
    const seen = look();
    cloud.faults.clear();
    await hub.advance("PT10M");
    await expectTruths(hub, story, allowance);
    // A click is worth half a success: none lost, which would be 0 or less, and none counted twice, which would be
    // 1. Meanwhile what was learnt in earlier rounds fades, the more of it the longer the matrix.
    const gained = (await clicksLearnt(hub)) - learnt;
    expect(gained).toBeGreaterThan(0.2);
    expect(gained).toBeLessThan(0.8);
    await expectNoDeadLetters(hub);
    return seen;
  };

  describe("a customer's story keeps its truths although", () => {
    it.each(rounds.map((round) => [round.map(nameOf).join("; "), round] as const))("%s", async (_, round) => {
      breakAt(cloud, round);
      const missed = await liveAndExpectTruths(allowanceOf(round), () => missedBy(cloud, round));
      expect(missed).toEqual([]);
    });

    it(`every queue delivers in any order (seed ${part.number})`, async () => {
      const times = 1_000;
      cloud.faults.add({ target: "*", kind: "shuffle", at: "before", times, seed: part.number });
      const [left] = await liveAndExpectTruths(allowanceOf([]), cloud.faults.list);
      expect(left?.left).toBeLessThan(times - 10);
    });
  });
};
