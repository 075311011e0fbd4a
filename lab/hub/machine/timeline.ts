import { createWorkHeap } from "#infra/local/machine/work-heap.ts";
import type { Clock } from "#ports/clock.ts";

/** Virtual time: whatever is to happen waits for its moment, and one thing happens at a time. */
export type Timeline = {
  readonly clock: Clock;
  /** How many things have happened. */
  readonly steps: () => number;
  /** @returns a way to call it off */
  readonly after: (ms: number, work: () => void) => () => void;
  /** Lets the next thing happen, and all that follows from it at once; false: nothing waits any more. */
  readonly step: () => Promise<boolean>;
};

/** Promises have settled by the next turn of the event loop, for nothing in a simulation waits for the outside. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** @param start milliseconds since the epoch */
export const createTimeline = (start: number): Timeline => {
  const heap = createWorkHeap();
  let now = start;
  let steps = 0;
  return {
    clock: { now: () => now },
    steps: () => steps,
    after: (ms, work) => heap.add(now + Math.max(0, Math.round(ms)), work),
    step: async () => {
      const next = heap.first();
      if (next === null) return false;
      heap.dropFirst();
      now = next.at;
      steps += 1;
      next.work?.();
      await turn();
      return true;
    },
  };
};
