import { isObject, type Json, type JsonObject } from "#kernel/json.ts";
import { objectsAt, parseObject, textAt } from "../aws/json.ts";
import type { Faults } from "../machine/faults.ts";
import type { Usage } from "../machine/usage.ts";
import type { ReceivedMessage } from "../sqs/model.ts";
import type { Queue } from "../sqs/queue.ts";
import type { EventSourceSettings, Outcome } from "./function.ts";
import type { FunctionPool } from "./pool.ts";

/** A queue and the function that it feeds. */
export type EventSource = Omit<EventSourceSettings, "queueArn" | "functionArn"> & {
  readonly queue: Queue;
  readonly pool: FunctionPool;
  readonly region: string;
};
export type RunningEventSource = {
  readonly queue: Queue;
  readonly active: () => number;
  /** Messages wait for a batch to fill, and nothing else of this queue is under way. */
  readonly filling: () => boolean;
  /** Ends the batching window now. */
  readonly hurry: () => void;
  readonly stop: () => void;
};

/** Lambda polls of a standard queue take at most ten messages each; larger batches need more polls. */
const MAX_POLL = 10;

/** Full batches of one queue under way at once. */
const MOST_BATCHES = { fifo: 4, standard: 2 };
/** After so long a batch that is not full goes beside those under way, in ms: a slow record holds up nobody else. */
const PATIENCE_MS = 60;

/** Where order is shuffled, so long a batch waits for others that could overtake it, in ms. */
const SHUFFLE_MS = 50;

type Around = { readonly usage: Usage; readonly faults: Pick<Faults, "shuffles" | "takeShuffle"> };

/**
 * Hands a batch to the function the moment there are messages and none is under way: nothing polls, nothing sleeps.
 * Else messages stay in the queue until they fill a batch or patience ends, so that work under load is done in batches,
 * as Lambda's pollers do.
 */
export function startEventSource(source: EventSource, around: Around): RunningEventSource {
  const { usage, faults } = around;
  const slots = slotsOf(source);
  let active = 0;
  let impatient = false;
  let stopped = false;
  let pumping = false;
  let windowTimer: NodeJS.Timeout | null = null;

  const pump = (): void => {
    if (pumping || stopped) return;
    pumping = true;
    // What one turn of the event loop enqueues makes one batch.
    setImmediate(() => {
      pumping = false;
      while (!stopped && active < slots && mayStart()) {
        if (!batchIsDue()) return;
        const messages = receiveBatch(source, around);
        if (messages.length === 0) return;
        begin(messages);
      }
    });
  };
  const mayStart = (): boolean =>
    source.pool.running() < source.pool.concurrency &&
    (active === 0 || impatient || source.queue.counts().ready >= source.batchSize);
  const begin = (messages: readonly ReceivedMessage[]): void => {
    active += 1;
    impatient = false;
    const patience = setTimeout(() => {
      impatient = true;
      pump();
    }, PATIENCE_MS);
    void deliver(source, messages, usage).finally(() => {
      clearTimeout(patience);
      active -= 1;
      pump();
    });
  };
  const batchIsDue = (): boolean => {
    const windowMs = windowOf(source, faults);
    if (windowMs === 0 || source.queue.counts().ready >= source.batchSize) return true;
    if (source.queue.counts().ready === 0) return false;
    if (windowTimer !== null) return false;
    windowTimer = setTimeout(endWindow, windowMs);
    return false;
  };
  const endWindow = (): void => {
    if (windowTimer === null) return;
    clearTimeout(windowTimer);
    windowTimer = null;
    begin(receiveBatch(source, around));
  };
  const stopListening = source.queue.onReady(pump);
  source.pool.onFree(pump);
  pump();
  return {
    queue: source.queue,
    active: () => active + (windowTimer === null ? 0 : 1),
    filling: () => windowTimer !== null && active === 0,
    hurry: endWindow,
    stop: () => {
      stopped = true;
      stopListening();
      if (windowTimer !== null) clearTimeout(windowTimer);
    },
  };
}

/** Batches that may be under way at once. */
const slotsOf = ({ queue, pool, maximumConcurrency }: EventSource): number =>
  Math.min(
    MOST_BATCHES[queue.settings.fifo ? "fifo" : "standard"],
    pool.concurrency,
    maximumConcurrency ?? Number.POSITIVE_INFINITY,
  );

/** How long a batch that is not full waits for more, in ms. */
const windowOf = ({ pool, windowSeconds }: EventSource, faults: Around["faults"]): number =>
  Math.max(windowSeconds * 1000, faults.shuffles(pool.settings.label) ? SHUFFLE_MS : 0);

function count(source: EventSource, usage: Usage, operation: string, times: number): void {
  if (times === 0) return;
  const { fifo } = source.queue.settings;
  usage.request({ maker: "services", function: null, operation: `sqs:${operation}`, times, fifo });
}

function receiveBatch(source: EventSource, { usage, faults }: Around): readonly ReceivedMessage[] {
  const shuffle = source.queue.receivable() ? faults.takeShuffle(source.pool.settings.label) : null;
  const draw = shuffle ?? undefined;
  const size = draw === undefined ? source.batchSize : 1 + Math.floor(draw() * source.batchSize);
  const messages: ReceivedMessage[] = [];
  while (messages.length < size) {
    const part = source.queue.receive(Math.min(MAX_POLL, size - messages.length), null, draw);
    if (part.length === 0) break;
    count(source, usage, "ReceiveMessage", 1);
    messages.push(...part);
  }
  return messages;
}

async function deliver(
  source: EventSource,
  messages: readonly ReceivedMessage[],
  usage: Usage,
): Promise<void> {
  if (messages.length === 0) return;
  const outcome = await source.pool.invoke({ Records: messages.map((message) => recordOf(source, message)) });
  const failed = failedIds(source, messages, outcome);
  const done = messages.filter((message) => !failed.has(message.messageId));
  for (const message of done) source.queue.remove(message.receiptHandle);
  count(source, usage, "DeleteMessageBatch", Math.ceil(done.length / MAX_POLL));
}

/**
 * Which messages stay. A result that is not understood fails the whole batch, as does an unknown id ("Reporting batch
 * item failures", Lambda developer guide).
 */
function failedIds(
  source: EventSource,
  messages: readonly ReceivedMessage[],
  outcome: Outcome,
): ReadonlySet<string> {
  const all = new Set(messages.map((message) => message.messageId));
  if (!outcome.ok) return all;
  if (!source.reportsFailures || outcome.payload === "null") return new Set();
  const result: JsonObject | null = parseObject(outcome.payload);
  const listed: Json | undefined = result?.batchItemFailures;
  if (result === null) return all;
  if (listed === undefined || listed === null) return new Set();
  if (!Array.isArray(listed) || !listed.every(isObject)) return all;
  const ids = objectsAt(result, "batchItemFailures").map(
    (failure) => textAt(failure, "itemIdentifier") ?? "",
  );
  return ids.every((id) => all.has(id)) ? new Set(ids) : all;
}

function recordOf(source: EventSource, message: ReceivedMessage): JsonObject {
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.messageAttributes).map(([name, one]) => [
        name,
        {
          ...(one.StringValue === undefined ? {} : { stringValue: one.StringValue }),
          ...(one.BinaryValue === undefined ? {} : { binaryValue: one.BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
          dataType: one.DataType,
        },
      ]),
    ),
    md5OfBody: message.md5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: source.queue.settings.arn,
    awsRegion: source.region,
  };
}
