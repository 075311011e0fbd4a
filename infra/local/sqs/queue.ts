import { createHash, randomUUID } from "node:crypto";
import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import type { Draw } from "../machine/faults.ts";
import { type MessageLog, SOURCE } from "./message-log.ts";
import type { Entry, NewMessage, QueueSettings, ReceivedMessage, SendResult } from "./model.ts";
import { createFifoList, createStandardList, type ReadyList } from "./ready-list.ts";
import { describe, parseHandle, sequenceNumber } from "./receipt.ts";

export type Queue = {
  readonly settings: QueueSettings;
  readonly send: (message: NewMessage) => SendResult;
  /** Takes at most `limit` messages at once, without waiting; `visibilitySeconds` null = the queue's own. */
  readonly receive: (
    limit: number,
    visibilitySeconds: number | null,
    draw?: Draw,
  ) => readonly ReceivedMessage[];
  /** @returns false when the receipt handle is none of this queue's */
  readonly remove: (receiptHandle: string) => boolean;
  /** @returns "invalid" for a foreign handle, "not-held" when the message is not in flight any more */
  readonly changeVisibility: (receiptHandle: string, seconds: number) => "changed" | "not-held" | "invalid";
  /** Called whenever messages may have become receivable. @returns how to stop listening */
  readonly onReady: (listener: () => void) => () => void;
  readonly counts: () => QueueCounts;
  /** When its oldest message was sent (ms), or null. What was received three times is left out, as SQS's own metric does. */
  readonly oldestSentAt: () => number | null;
  /** Bodies of the messages whose time has come and whom nobody has received. */
  readonly waiting: () => readonly string[];
  /** Whether a receive would give anything now. */
  readonly receivable: () => boolean;
  readonly purge: () => void;
  /** Takes over a message of another queue; with the ARN of the queue in which it failed, as its dead letter. */
  readonly adopt: (entry: Entry, source?: string) => void;
  /** For a dead-letter queue: moves its next message where `to` says by the ARN of the queue in which it failed. */
  readonly moveOne: (to: (source: string | undefined) => Queue | undefined) => "moved" | "none" | "stuck";
};
/** `ready` counts messages that wait behind a held one of their group too. */
export type QueueCounts = { readonly ready: number; readonly held: number; readonly delayed: number };

/** Identical messages within five minutes are accepted and dropped (FIFO, SQS developer guide). */
const DEDUPLICATION_MS = 5 * 60_000;

const UNRECEIVED = { receives: 0, firstReceivedAt: null, receipt: 0, state: "waiting" } as const;

type Surroundings = {
  readonly clock: CloudClock;
  readonly agenda: Agenda;
  readonly log: MessageLog;
  /** Finds the dead-letter queue of a redrive policy. */
  readonly byArn: (arn: string) => Queue | undefined;
};
type Held = { readonly entry: Entry; readonly cancel: () => void };
/** A queue's messages by where they are: to be received, held by a receiver, waiting for their time. */
type State = Surroundings & {
  readonly settings: QueueSettings;
  readonly list: ReadyList;
  readonly held: Map<number, Held>;
  readonly delayed: Map<number, Entry>;
  readonly listeners: Set<() => void>;
};

export function createQueue(settings: QueueSettings, around: Surroundings): Queue {
  const list = settings.fifo ? createFifoList() : createStandardList();
  const state: State = {
    ...around,
    settings,
    list,
    held: new Map(),
    delayed: new Map(),
    listeners: new Set(),
  };
  const { held, delayed, listeners, log } = state;
  for (const entry of log.load(settings.name)) enter(state, entry);
  return {
    settings,
    send: (message) => send(state, message),
    receive: (limit, visibilitySeconds, draw) =>
      list
        .take(limit, draw)
        .map((entry) => give(state, entry, visibilitySeconds ?? settings.visibilityTimeout)),
    remove: (handle) => remove(state, handle),
    changeVisibility: (handle, seconds) => changeVisibility(state, handle, seconds),
    onReady: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waiting: () => log.bodies(settings.name, around.clock.now()),
    receivable: list.available,
    oldestSentAt: () => log.oldestSentAt(settings.name),
    counts: () => ({ ready: list.size(), held: held.size, delayed: delayed.size }),
    purge: () => {
      for (const entry of [...list.take(Number.POSITIVE_INFINITY), ...delayed.values()]) {
        delayed.delete(entry.seq);
        log.remove(entry.seq);
        list.release(entry);
      }
    },
    adopt: (entry, source) => {
      log.move(entry, settings.name, source);
      const visibleAt = around.clock.now();
      enter(state, { ...entry, ...UNRECEIVED, visibleAt });
    },
    moveOne: (to) => moveOne(state, to),
  };
}

function makeReceivable({ list, listeners }: State, entry: Entry): void {
  list.add(entry);
  wake(listeners);
}

const wake = (listeners: State["listeners"]): void => {
  for (const listener of listeners) listener();
};

function enter(state: State, entry: Entry): void {
  const { clock, agenda, delayed } = state;
  if (entry.visibleAt <= clock.now()) {
    makeReceivable(state, entry);
    return;
  }
  delayed.set(entry.seq, entry);
  agenda.at(entry.visibleAt, () => {
    if (delayed.delete(entry.seq)) makeReceivable(state, entry);
  });
}

/** A receiver kept it for too long, or gave it back: to its place in the queue, or among the dead letters. */
function comeBack(state: State, entry: Entry): void {
  const { settings, list, log } = state;
  state.held.delete(entry.seq);
  const redrive = settings.redrive;
  const target = redrive === null ? undefined : state.byArn(redrive.targetArn);
  if (redrive !== null && target !== undefined && entry.receives >= redrive.maxReceiveCount) {
    list.release(entry);
    target.adopt(entry, settings.arn);
    wake(state.listeners);
    return;
  }
  entry.visibleAt = state.clock.now();
  log.returned(entry);
  makeReceivable(state, entry);
}

function moveOne({ list, log, clock }: State, to: Parameters<Queue["moveOne"]>[0]) {
  const [entry] = list.take(1);
  if (entry === undefined) return "none";
  const destination = to(log.content(entry.seq).systemAttributes[SOURCE]);
  if (destination === undefined) {
    list.add(entry);
    return "stuck";
  }
  list.release(entry);
  // A message that is moved back is a new one: its age begins anew.
  destination.adopt({ ...entry, sentAt: clock.now() });
  return "moved";
}

function hold(state: State, entry: Entry, seconds: number): void {
  const { clock, agenda, held } = state;
  held.get(entry.seq)?.cancel();
  entry.visibleAt = clock.now() + seconds * 1000;
  const cancel = agenda.at(entry.visibleAt, () => comeBack(state, entry));
  held.set(entry.seq, { entry, cancel });
}

function send(state: State, message: NewMessage): SendResult {
  const { settings, log } = state;
  const now = state.clock.now();
  const deduplicationId = settings.fifo ? deduplicationOf(settings, message) : null;
  const scope = deduplicationId === null ? null : scopeOf(settings, message, deduplicationId);
  const earlier = scope === null ? null : log.duplicateOf(scope, now);
  if (earlier !== null) return { messageId: earlier, sequenceNumber: sequenceNumber(0) };
  const draft: Omit<Entry, "seq"> = {
    id: randomUUID(),
    group: settings.fifo ? (message.groupId ?? null) : null,
    deduplicationId,
    sentAt: now,
    ...UNRECEIVED,
    visibleAt: now + (settings.fifo ? settings.delay : (message.delaySeconds ?? settings.delay)) * 1000,
  };
  const entry: Entry = { ...draft, seq: log.append(settings.name, draft, message) };
  if (scope !== null) log.rememberDuplicate(scope, entry.id, now + DEDUPLICATION_MS);
  enter(state, entry);
  return { messageId: entry.id, sequenceNumber: settings.fifo ? sequenceNumber(entry.seq) : null };
}

function give(state: State, entry: Entry, seconds: number): ReceivedMessage {
  entry.receives += 1;
  entry.receipt += 1;
  entry.firstReceivedAt ??= state.clock.now();
  hold(state, entry, seconds);
  return describe(state.settings, entry, state.log);
}

/** @returns null when the message is held no more, undefined for a handle of another queue */
function find({ settings, held }: State, handle: string): (Held & { current: boolean }) | null | undefined {
  const parsed = parseHandle(handle);
  if (parsed === null || parsed.queue !== settings.name) return undefined;
  const found = held.get(parsed.seq);
  return found === undefined ? null : { ...found, current: found.entry.receipt === parsed.receipt };
}

function remove(state: State, handle: string): boolean {
  const { settings, list } = state;
  const found = find(state, handle);
  if (found === undefined) return false;
  // A stale handle still deletes a standard message; for FIFO it does nothing (SQS API, DeleteMessage).
  if (found === null || (settings.fifo && !found.current)) return true;
  found.cancel();
  state.held.delete(found.entry.seq);
  found.entry.state = "gone";
  state.log.remove(found.entry.seq);
  list.release(found.entry);
  if (settings.fifo && list.available()) wake(state.listeners);
  return true;
}

function changeVisibility(
  state: State,
  handle: string,
  seconds: number,
): ReturnType<Queue["changeVisibility"]> {
  const found = find(state, handle);
  if (found === undefined) return "invalid";
  if (found === null || !found.current) return "not-held";
  if (seconds === 0) {
    found.cancel();
    comeBack(state, found.entry);
  } else hold(state, found.entry, seconds);
  return "changed";
}

function deduplicationOf(settings: QueueSettings, message: NewMessage): string | null {
  if (message.deduplicationId !== undefined) return message.deduplicationId;
  return settings.contentBasedDeduplication ? createHash("sha256").update(message.body).digest("hex") : null;
}

function scopeOf(settings: QueueSettings, message: NewMessage, id: string): string {
  const group = settings.deduplicationScope === "messageGroup" ? (message.groupId ?? "") : "";
  return `${settings.name}\n${group}\n${id}`;
}
