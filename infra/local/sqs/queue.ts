import { createHash, randomUUID } from "node:crypto";
import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import type { MessageLog } from "./message-log.ts";
import type { Entry, NewMessage, QueueSettings, ReceivedMessage, SendResult } from "./model.ts";
import { createFifoList, createStandardList } from "./ready-list.ts";

export type Queue = {
  readonly settings: QueueSettings;
  readonly send: (message: NewMessage) => SendResult;
  /** Takes at most `limit` messages at once, without waiting; `visibilitySeconds` null = the queue's own. */
  readonly receive: (limit: number, visibilitySeconds: number | null) => readonly ReceivedMessage[];
  /** @returns false when the receipt handle is none of this queue's */
  readonly remove: (receiptHandle: string) => boolean;
  /** @returns "invalid" for a foreign handle, "not-held" when the message is not in flight any more */
  readonly changeVisibility: (receiptHandle: string, seconds: number) => "changed" | "not-held" | "invalid";
  /** Called whenever messages may have become receivable. @returns how to stop listening */
  readonly onReady: (listener: () => void) => () => void;
  readonly counts: () => QueueCounts;
  /** Whether a receive would give anything now. */
  readonly receivable: () => boolean;
  readonly purge: () => void;
  /** For a dead-letter queue: takes over a message from the queue it failed in. */
  readonly adopt: (entry: Entry) => void;
};
/** `ready` counts messages that wait behind a held one of their group too. */
export type QueueCounts = { readonly ready: number; readonly held: number; readonly delayed: number };

/** Identical messages within five minutes are accepted and dropped (FIFO, SQS developer guide). */
const DEDUPLICATION_MS = 5 * 60_000;

type Surroundings = {
  readonly clock: CloudClock;
  readonly agenda: Agenda;
  readonly log: MessageLog;
  /** Finds the dead-letter queue of a redrive policy. */
  readonly byArn: (arn: string) => Queue | undefined;
};

export function createQueue(settings: QueueSettings, around: Surroundings): Queue {
  const { clock, agenda, log } = around;
  const list = settings.fifo ? createFifoList() : createStandardList();
  const held = new Map<number, { entry: Entry; cancel: () => void }>();
  const delayed = new Map<number, Entry>();
  const listeners = new Set<() => void>();
  const wake = (): void => {
    for (const listener of listeners) listener();
  };

  const enter = (entry: Entry): void => {
    if (entry.visibleAt <= clock.now()) {
      list.add(entry);
      wake();
      return;
    }
    delayed.set(entry.seq, entry);
    agenda.at(entry.visibleAt, () => {
      if (!delayed.delete(entry.seq)) return;
      list.add(entry);
      wake();
    });
  };

  const comeBack = (entry: Entry): void => {
    held.delete(entry.seq);
    const redrive = settings.redrive;
    const target = redrive === null ? undefined : around.byArn(redrive.targetArn);
    if (redrive !== null && target !== undefined && entry.receives >= redrive.maxReceiveCount) {
      list.release(entry);
      target.adopt(entry);
      wake();
      return;
    }
    entry.visibleAt = clock.now();
    log.returned(entry);
    list.add(entry);
    wake();
  };

  const hold = (entry: Entry, seconds: number): void => {
    held.get(entry.seq)?.cancel();
    entry.visibleAt = clock.now() + seconds * 1000;
    const cancel = agenda.at(entry.visibleAt, () => comeBack(entry));
    held.set(entry.seq, { entry, cancel });
  };

  const send = (message: NewMessage): SendResult => {
    const now = clock.now();
    const deduplicationId = settings.fifo ? deduplicationOf(settings, message) : null;
    const scope = deduplicationId === null ? null : scopeOf(settings, message, deduplicationId);
    const earlier = scope === null ? null : log.duplicateOf(scope, now);
    if (earlier !== null) return { messageId: earlier, sequenceNumber: sequenceNumber(0) };
    const draft: Omit<Entry, "seq"> = {
      id: randomUUID(),
      group: settings.fifo ? (message.groupId ?? null) : null,
      deduplicationId,
      sentAt: now,
      receives: 0,
      firstReceivedAt: null,
      receipt: 0,
      state: "waiting",
      visibleAt: now + (settings.fifo ? settings.delay : (message.delaySeconds ?? settings.delay)) * 1000,
    };
    const entry: Entry = { ...draft, seq: log.append(settings.name, draft, message) };
    if (scope !== null) log.rememberDuplicate(scope, entry.id, now + DEDUPLICATION_MS);
    enter(entry);
    return { messageId: entry.id, sequenceNumber: settings.fifo ? sequenceNumber(entry.seq) : null };
  };

  const receive: Queue["receive"] = (limit, visibilitySeconds) =>
    list.take(limit).map((entry) => {
      entry.receives += 1;
      entry.receipt += 1;
      entry.firstReceivedAt ??= clock.now();
      hold(entry, visibilitySeconds ?? settings.visibilityTimeout);
      return describe(settings, entry, log);
    });

  const find = (
    handle: string,
  ): { entry: Entry; cancel: () => void; current: boolean } | null | undefined => {
    const parsed = parseHandle(handle);
    if (parsed === null || parsed.queue !== settings.name) return undefined;
    const found = held.get(parsed.seq);
    return found === undefined ? null : { ...found, current: found.entry.receipt === parsed.receipt };
  };

  const queue: Queue = {
    settings,
    send,
    receive,
    remove: (handle) => {
      const found = find(handle);
      if (found === undefined) return false;
      // A stale handle still deletes a standard message; for FIFO it does nothing (SQS API, DeleteMessage).
      if (found === null || (settings.fifo && !found.current)) return true;
      found.cancel();
      held.delete(found.entry.seq);
      found.entry.state = "gone";
      log.remove(found.entry.seq);
      list.release(found.entry);
      if (settings.fifo && list.available()) wake();
      return true;
    },
    changeVisibility: (handle, seconds) => {
      const found = find(handle);
      if (found === undefined) return "invalid";
      if (found === null || !found.current) return "not-held";
      if (seconds === 0) {
        found.cancel();
        comeBack(found.entry);
      } else hold(found.entry, seconds);
      return "changed";
    },
    onReady: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receivable: list.available,
    counts: () => ({ ready: list.size(), held: held.size, delayed: delayed.size }),
    purge: () => {
      for (const entry of [...list.take(Number.POSITIVE_INFINITY), ...delayed.values()]) {
        delayed.delete(entry.seq);
        log.remove(entry.seq);
        list.release(entry);
      }
    },
    adopt: (entry) => {
      log.move(entry.seq, settings.name);
      enter({
        ...entry,
        receives: 0,
        firstReceivedAt: null,
        receipt: 0,
        state: "waiting",
        visibleAt: clock.now(),
      });
    },
  };
  for (const entry of log.load(settings.name)) enter(entry);
  return queue;
}

function deduplicationOf(settings: QueueSettings, message: NewMessage): string | null {
  if (message.deduplicationId !== undefined) return message.deduplicationId;
  return settings.contentBasedDeduplication ? createHash("sha256").update(message.body).digest("hex") : null;
}

function scopeOf(settings: QueueSettings, message: NewMessage, id: string): string {
  const group = settings.deduplicationScope === "messageGroup" ? (message.groupId ?? "") : "";
  return `${settings.name}\n${group}\n${id}`;
}

const sequenceNumber = (seq: number): string => `188${String(seq).padStart(17, "0")}`;

const handleOf = (queue: string, entry: Entry): string =>
  Buffer.from(`${queue}\n${entry.seq}\n${entry.receipt}`).toString("base64");

function parseHandle(handle: string): { queue: string; seq: number; receipt: number } | null {
  const [queue, seq, receipt] = Buffer.from(handle, "base64").toString().split("\n");
  if (queue === undefined || seq === undefined || receipt === undefined) return null;
  return { queue, seq: Number(seq), receipt: Number(receipt) };
}

function describe(settings: QueueSettings, entry: Entry, log: MessageLog): ReceivedMessage {
  const content = log.content(entry.seq);
  return {
    messageId: entry.id,
    receiptHandle: handleOf(settings.name, entry),
    body: content.body,
    md5OfBody: createHash("md5").update(content.body).digest("hex"),
    attributes: {
      ApproximateReceiveCount: String(entry.receives),
      SentTimestamp: String(Math.round(entry.sentAt)),
      SenderId: "AIDALOCALCLOUD",
      ApproximateFirstReceiveTimestamp: String(Math.round(entry.firstReceivedAt ?? 0)),
      ...(entry.group === null ? {} : { MessageGroupId: entry.group }),
      ...(entry.deduplicationId === null ? {} : { MessageDeduplicationId: entry.deduplicationId }),
      ...(settings.fifo ? { SequenceNumber: sequenceNumber(entry.seq) } : {}),
      ...content.systemAttributes,
    },
    messageAttributes: content.attributes,
  };
}
