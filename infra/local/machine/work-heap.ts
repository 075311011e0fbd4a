/** Answers "skipped" when there was nothing to do. */
export type Work = () => unknown;

type Entry = { readonly at: number; readonly order: number; work: Work | null };

/** Work in the order of its time, and of equal times in the order it came. */
export type WorkHeap = {
  /** @returns a way to take it off again */
  readonly add: (at: number, work: Work) => () => void;
  readonly first: () => Entry | null;
  readonly dropFirst: () => void;
  readonly clear: () => void;
};

export function createWorkHeap(): WorkHeap {
  const heap: Entry[] = [];
  let order = 0;
  let cancelled = 0;
  /** Most entries are visibility timeouts of messages long deleted: they must not pile up until their time. */
  const rebuild = (): void => {
    const alive = heap.filter((entry) => entry.work !== null);
    heap.length = 0;
    cancelled = 0;
    for (const entry of alive) pushEntry(heap, entry);
  };
  return {
    add: (at, work) => {
      const entry: Entry = { at, order: order++, work };
      pushEntry(heap, entry);
      return () => {
        entry.work = null;
        cancelled += 1;
        if (cancelled > 1000 && cancelled * 2 > heap.length) rebuild();
      };
    },
    first: () => {
      while (heap.length > 0 && heap[0]?.work === null) popEntry(heap);
      return heap[0] ?? null;
    },
    dropFirst: () => popEntry(heap),
    clear: () => {
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
