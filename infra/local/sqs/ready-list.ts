import type { Draw } from "../machine/faults.ts";
import type { Entry } from "./model.ts";

/** The messages of one queue that may be received now, in the order SQS would give them. */
export type ReadyList = {
  readonly add: (entry: Entry) => void;
  /**
   * Takes at most `limit` messages and marks them held.
   * @param draw numbers in [0, 1): takes them in any order that the queue may give, not in the order they came
   */
  readonly take: (limit: number, draw?: Draw) => readonly Entry[];
  /** A held message was deleted: its group may go on. */
  readonly release: (entry: Entry) => void;
  /** All that wait, those behind a held message of their group too. */
  readonly size: () => number;
  /** Whether `take` would give anything. */
  readonly available: () => boolean;
};

/** Brings any one of what stands from `head` on to `head`. */
function drawToHead<T>(items: T[], head: number, draw: Draw): void {
  const chosen = head + Math.floor(draw() * (items.length - head));
  const [item] = items.splice(chosen, 1);
  if (item !== undefined) items.splice(head, 0, item);
}

/** A standard queue: first in, first out as far as possible. */
export function createStandardList(): ReadyList {
  let items: Entry[] = [];
  let head = 0;
  const compact = (): void => {
    if (head < 1024 || head * 2 < items.length) return;
    items = items.slice(head);
    head = 0;
  };
  return {
    add: (entry) => {
      entry.state = "ready";
      items.push(entry);
    },
    take: (limit, draw) => {
      const taken: Entry[] = [];
      while (taken.length < limit && head < items.length) {
        if (draw !== undefined) drawToHead(items, head, draw);
        const entry = items[head];
        head += 1;
        if (entry === undefined || entry.state !== "ready") continue;
        entry.state = "held";
        taken.push(entry);
      }
      compact();
      return taken;
    },
    release: () => {},
    size: () => items.length - head,
    available: () => items.length > head,
  };
}

type Group = { readonly waiting: Entry[]; held: number; queued: boolean };

/**
 * A FIFO queue: messages of one group strictly in order, and none of a group while another of it is held
 * ("FIFO delivery logic", SQS developer guide). Groups take turns.
 */
export function createFifoList(): ReadyList {
  const groups = new Map<string, Group>();
  let turns: string[] = [];
  let head = 0;
  let count = 0;
  const enqueueTurn = (name: string, group: Group): void => {
    if (group.queued || group.held > 0 || group.waiting.length === 0) return;
    group.queued = true;
    turns.push(name);
  };
  const takeFrom = (group: Group, limit: number): readonly Entry[] => {
    const taken = group.waiting.splice(0, limit);
    for (const entry of taken) entry.state = "held";
    group.held += taken.length;
    count -= taken.length;
    return taken;
  };
  return {
    add: (entry) => {
      const name = entry.group ?? "";
      const group = groups.get(name) ?? { waiting: [], held: 0, queued: false };
      groups.set(name, group);
      if (entry.state === "held") group.held -= 1;
      entry.state = "ready";
      insertInOrder(group.waiting, entry);
      count += 1;
      enqueueTurn(name, group);
    },
    take: (limit, draw) => {
      const taken: Entry[] = [];
      while (taken.length < limit && head < turns.length) {
        if (draw !== undefined) drawToHead(turns, head, draw);
        const name = turns[head] ?? "";
        head += 1;
        const group = groups.get(name);
        if (group === undefined) continue;
        group.queued = false;
        if (group.held === 0) taken.push(...takeFrom(group, limit - taken.length));
      }
      if (head > 1024 && head * 2 > turns.length) {
        turns = turns.slice(head);
        head = 0;
      }
      return taken;
    },
    release: (entry) => {
      const name = entry.group ?? "";
      const group = groups.get(name);
      if (group === undefined) return;
      group.held -= 1;
      if (group.held === 0 && group.waiting.length === 0) groups.delete(name);
      else enqueueTurn(name, group);
    },
    size: () => count,
    available: () => turns.length > head,
  };
}

/** A message that comes back goes before the later ones of its group. */
function insertInOrder(waiting: Entry[], entry: Entry): void {
  let index = waiting.length;
  while (index > 0 && (waiting[index - 1]?.seq ?? 0) > entry.seq) index -= 1;
  waiting.splice(index, 0, entry);
}
