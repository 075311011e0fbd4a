import type { Chance } from "./chance.ts";
import type { Faults } from "./faults.ts";
import type { Timeline } from "./timeline.ts";

/** A message as a worker receives it. */
export type Delivery<Body> = {
  readonly key: string;
  readonly body: Body;
  readonly group: string | undefined;
  /** 1 the first time. */
  readonly receives: number;
};

/** Told when messages may be there, and of each that was received too often. */
type Listener<Body> = { readonly visible: () => void; readonly wornOut: (body: Body) => void };

/** A queue as SQS describes it: at least once; of a FIFO queue in order within a group, else in any. */
export type Queue<Body> = {
  readonly name: string;
  readonly send: (
    body: Body,
    options: { readonly key: string; readonly group?: string; readonly delayMs?: number },
  ) => void;
  /** At most so many, hidden from others for a while. */
  readonly receive: (most: number) => readonly Delivery<Body>[];
  readonly remove: (delivery: Delivery<Body>) => void;
  /** Visible again after so long. */
  readonly comeBackIn: (delivery: Delivery<Body>, ms: number) => void;
  readonly listen: (listens: Listener<Body>) => void;
};

type Entry<Body> = {
  readonly key: string;
  readonly body: Body;
  readonly group: string | undefined;
  receives: number;
  visibleAt: number;
  isGone: boolean;
  /** Calls off the moment at which it is visible again. */
  stay: () => void;
};

/** Three times the 30 s that a worker's function may take. */
const VISIBILITY_MS = 90_000;
/** A FIFO queue takes a message of the same id for one and the same, for five minutes. */
const DEDUPLICATION_MS = 300_000;
/** What a queue is late by at most; a standard one now and then by more. */
const LATE_MS = { fifo: 10, mostly: 60, seldom: 5_000, share: 0.05 };
const mostLate = (draw: number): number => (draw < LATE_MS.share ? LATE_MS.seldom : LATE_MS.mostly);

type Settings = { readonly name: string; readonly isFifo: boolean; readonly mostReceives: number };
type Around = { readonly timeline: Timeline; readonly faults: Faults; readonly chance: Chance };

/** What lies in a queue, each for a while hidden. */
const createStock = <Body>({ name, isFifo }: Settings, around: Around, onVisible: () => void) => {
  const { timeline, chance } = around;
  let entries: Entry<Body>[] = [];

  const hideFor = (entry: Entry<Body>, ms: number): void => {
    entry.stay();
    entry.visibleAt = timeline.clock.now() + Math.round(ms);
    entry.stay = timeline.after(ms, onVisible);
  };
  const forget = (entry: Entry<Body>): void => {
    entry.stay();
    entry.isGone = true;
    entries = entries.filter((other) => other !== entry);
  };
  const add = (body: Body, options: { key: string; group?: string; delayMs?: number }): void => {
    const { key, group, delayMs = 0 } = options;
    const entry: Entry<Body> = { key, body, group, receives: 0, visibleAt: 0, isGone: false, stay: () => {} };
    entries.push(entry);
    hideFor(
      entry,
      delayMs + chance("late", name, key) * (isFifo ? LATE_MS.fifo : mostLate(chance("seldom", name, key))),
    );
  };
  return { all: () => [...entries], hideFor, forget, add };
};

export const createQueue = <Body>(settings: Settings, around: Around): Queue<Body> => {
  const { name, isFifo, mostReceives } = settings;
  const { timeline, faults, chance } = around;
  const held = new WeakMap<Delivery<Body>, Entry<Body>>();
  const sent = new Map<string, { readonly at: number; readonly times: number }>();
  let listener: Listener<Body> = { visible: () => {}, wornOut: () => {} };
  const stock = createStock<Body>(settings, around, () => listener.visible());

  const take = (entry: Entry<Body>): Delivery<Body> => {
    entry.receives += 1;
    const { key, body, group, receives } = entry;
    const delivery = { key, body, group, receives };
    held.set(delivery, entry);
    stock.hideFor(entry, VISIBILITY_MS);
    return delivery;
  };

  return {
    name,
    listen: (listens) => {
      listener = listens;
    },
    send: (body, options) => {
      const now = timeline.clock.now();
      const before = sent.get(options.key);
      if (isFifo && before !== undefined && now - before.at < DEDUPLICATION_MS) return;
      const times = (before?.times ?? 0) + 1;
      sent.set(options.key, { at: now, times });
      // Each message has draws of its own: what is told twice must not meet the same faults again.
      const key = times === 1 ? options.key : `${options.key}*${times}`;
      stock.add(body, { ...options, key });
      if (isFifo || faults.befall(`${name}/${key}`, ["doubled"]) === null) return;
      const later = chance("doubled", name, key) ** 2 * 120_000;
      stock.add(body, { ...options, key: `${key}~`, delayMs: (options.delayMs ?? 0) + later });
    },
    receive: (most) => {
      const now = timeline.clock.now();
      const blocked = new Set<string>();
      const taken: Delivery<Body>[] = [];
      for (const entry of stock.all()) {
        if (taken.length >= most) break;
        if (isFifo && blocked.has(entry.group ?? "")) continue;
        if (entry.visibleAt > now) {
          if (isFifo) blocked.add(entry.group ?? "");
        } else if (entry.receives >= mostReceives) {
          stock.forget(entry);
          listener.wornOut(entry.body);
        } else taken.push(take(entry));
      }
      return taken;
    },
    remove: (delivery) => {
      const entry = held.get(delivery);
      // A FIFO queue heeds the receipt of the last delivery alone (SQS API, DeleteMessage).
      if (entry === undefined || entry.isGone || (isFifo && entry.receives !== delivery.receives)) return;
      stock.forget(entry);
      timeline.after(0, () => listener.visible());
    },
    comeBackIn: (delivery, ms) => {
      const entry = held.get(delivery);
      if (entry !== undefined && !entry.isGone && entry.receives === delivery.receives)
        stock.hideFor(entry, ms);
    },
  };
};
