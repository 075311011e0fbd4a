import type { CloudClock } from "./clock.ts";

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

/** Answers "skipped" when there was nothing to do. */
export type Work = () => unknown;

type Entry = { at: number; order: number; work: Work | null };

const LONGEST_TIMEOUT = 2 ** 31 - 1;

export function createAgenda(clock: CloudClock): Agenda {
  const heap: Entry[] = [];
  let order = 0;
  let cancelled = 0;
  let timer: NodeJS.Timeout | null = null;
  let timerAt = Number.POSITIVE_INFINITY;
  let paused = false;

  /** Most entries are visibility timeouts of messages long deleted: they must not pile up until their time. */
  const rebuild = (): void => {
    const alive = heap.filter((entry) => entry.work !== null);
    heap.length = 0;
    cancelled = 0;
    for (const entry of alive) pushEntry(heap, entry);
  };
  const dropCancelled = (): void => {
    while (heap.length > 0 && heap[0]?.work === null) popEntry(heap);
  };
  const schedule = (): void => {
    dropCancelled();
    const first = heap[0];
    if (paused || first === undefined || first.at >= timerAt) return;
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
      dropCancelled();
      const first = heap[0];
      if (first === undefined || first.at > clock.now()) break;
      popEntry(heap);
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
      const entry: Entry = { at, order: order++, work };
      pushEntry(heap, entry);
      schedule();
      return () => {
        entry.work = null;
        cancelled += 1;
        if (cancelled > 1000 && cancelled * 2 > heap.length) rebuild();
      };
    },
    next: () => {
      dropCancelled();
      return heap[0]?.at ?? null;
    },
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
      heap.length = 0;
    },
  };
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function pushEntry(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || !before(entry, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = entry;
}

function popEntry(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    if (left === undefined) break;
    const takeRight = right !== undefined && before(right, left);
    const child = takeRight ? right : left;
    if (!before(child, last)) break;
    heap[index] = child;
    index = takeRight ? 2 * index + 2 : 2 * index + 1;
  }
  heap[index] = last;
}
