import type { CloudClock } from "./clock.ts";
import { createWorkHeap, type Work } from "./work-heap.ts";

/** What waits for its time: delayed messages, visibility timeouts, schedules. One list, in time order. */
export type Agenda = {
  /** Runs `work` when the clock reaches `at` (ms). Answers a way to take it off again. */
  readonly at: (at: number, work: Work) => () => void;
  /** When the next thing falls due (ms), or null. */
  readonly next: () => number | null;
  /** Runs everything due by now, earliest first. Answers how many had something to do. */
  readonly runDue: () => number;
  /** Moving time has the agenda to itself: the real-time timer is silent between the two calls. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
};

const LONGEST_TIMEOUT = 2 ** 31 - 1;

export function createAgenda(clock: CloudClock): Agenda {
  const heap = createWorkHeap();
  let timer: NodeJS.Timeout | null = null;
  let timerAt = Number.POSITIVE_INFINITY;
  let paused = false;

  const schedule = (): void => {
    const first = heap.first();
    if (paused || first === null || first.at >= timerAt) return;
    if (timer !== null) clearTimeout(timer);
    timerAt = first.at;
    timer = setTimeout(onTimer, Math.min(Math.max(0, Math.ceil(first.at - clock.now())), LONGEST_TIMEOUT));
  };
  const clear = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    timerAt = Number.POSITIVE_INFINITY;
  };
  const runDue = (): number => {
    let ran = 0;
    for (;;) {
      const first = heap.first();
      if (first === null || first.at > clock.now()) break;
      heap.dropFirst();
      if (first.work?.() !== "skipped") ran += 1;
    }
    return ran;
  };
  function onTimer(): void {
    clear();
    runDue();
    schedule();
  }
  return {
    at: (at, work) => {
      const cancel = heap.add(at, work);
      schedule();
      return cancel;
    },
    next: () => heap.first()?.at ?? null,
    runDue,
    pause: () => {
      paused = true;
      clear();
    },
    resume: () => {
      paused = false;
      schedule();
    },
    stop: () => {
      paused = true;
      clear();
      heap.clear();
    },
  };
}
