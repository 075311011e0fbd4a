import type { Collected, SegmentEvent } from "./api.generated.ts";
import { mayPass, ownProblem, RapportProblem } from "./problem.ts";

/** An event as it waits: it keeps its id and time through every try, so that it counts once. */
export type QueuedEvent = SegmentEvent & { readonly messageId: string; readonly timestamp: string };

/**
 * Told of each problem with events that were collected in the background. `lost` are the events that nobody will send any more;
 * it is empty while they wait for another try.
 */
export type OnProblem = (problem: RapportProblem, lost: readonly SegmentEvent[]) => void;

export interface QueueOptions {
  /** How many events wait at most before they are sent. Default: 20. */
  readonly flushAt?: number | undefined;
  /** Milliseconds after which an event that waits is sent. Default: 1,000. */
  readonly flushAfter?: number | undefined;
  /** Default: a warning on the console. */
  readonly onProblem?: OnProblem | undefined;
}

export interface EventQueue {
  add(event: QueuedEvent): void;
  /** Sends all that waits. Rejects with a `RapportProblem`; what may pass later goes on waiting. */
  flush(): Promise<void>;
  /** Hands over, in small batches, what waits and was not handed over before. It goes on waiting: an event counts once. */
  leave(take: (batch: readonly QueuedEvent[]) => void): void;
}

/** The hub takes 500 KB at once; a beacon takes 64 KB. */
const BATCH_BYTES = 400_000;
const BEACON_BYTES = 60_000;
const MOST_WAITING = 1000;
const LATER_MS = 30_000;

const sizeOf = (event: QueuedEvent): number =>
  encodeURIComponent(JSON.stringify(event)).replace(/%../g, "x").length;

/** The first events that fit together, at least one. */
const firstBatch = (events: readonly QueuedEvent[], most: number): readonly QueuedEvent[] => {
  let size = 0;
  const end = events.findIndex((event) => {
    size += sizeOf(event) + 1;
    return size > most;
  });
  return events.slice(0, end < 0 ? events.length : Math.max(1, end));
};

const warn: OnProblem = (problem, lost) => {
  console.warn(`rapport: ${problem.message}${lost.length > 0 ? `; ${lost.length} events are lost` : ""}`);
};

/** What is told of an event that the hub left out of a batch. */
const refusal = (code: string): RapportProblem => {
  const message = "the hub does not take this event";
  return new RapportProblem({ type: "about:blank", title: message, status: 400, code, message });
};

/** Collects events and delivers them in batches, in order, one batch at a time. */
export const eventQueue = (
  deliver: (batch: readonly QueuedEvent[]) => Promise<Collected>,
  { flushAt = 20, flushAfter = 1000, onProblem = warn }: QueueOptions,
): EventQueue => {
  let waiting: readonly QueuedEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  /** A hub that did not answer is left alone until then. */
  let notBefore = 0;
  const handedOver = new WeakSet<QueuedEvent>();

  const drop = (batch: readonly QueuedEvent[]): void => {
    const gone = new Set(batch);
    waiting = waiting.filter((event) => !gone.has(event));
  };

  const deliverFirst = async (): Promise<void> => {
    const batch = firstBatch(waiting, BATCH_BYTES);
    const { rejected = [] } = await deliver(batch).catch((problem: RapportProblem) => {
      if (mayPass(problem)) notBefore = Date.now() + Math.max(LATER_MS, 1000 * (problem.retryAfter ?? 0));
      else drop(batch);
      onProblem(problem, mayPass(problem) ? [] : batch);
      throw problem;
    });
    drop(batch);
    for (const { index, code } of rejected) onProblem(refusal(code), batch.slice(index, index + 1));
  };

  const deliverAll = async (): Promise<void> => {
    while (waiting.length > 0) await deliverFirst();
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= deliverAll().finally(() => {
      running = undefined;
      if (waiting.length > 0) flushLater(flushAfter);
    });
    return running;
  };

  // Who did not ask for it does not hear of it: `onProblem` does.
  const flushUnasked = (): Promise<void> => flush().catch(() => undefined);

  const flushLater = (milliseconds: number): void => {
    if (timer !== undefined) return;
    const pause = notBefore - Date.now();
    timer = setTimeout(flushUnasked, Math.max(milliseconds, pause));
    // A program may end while its hub does not answer.
    if (pause > 0) (timer as { unref?: () => void }).unref?.();
  };

  return {
    add: (event) => {
      if (waiting.length >= MOST_WAITING) {
        const oldest = waiting.slice(0, 1);
        drop(oldest);
        onProblem(ownProblem("queue_full", "too many events wait for the hub"), oldest);
      }
      waiting = [...waiting, event];
      if (running !== undefined) return;
      if (waiting.length >= flushAt && notBefore <= Date.now()) void flushUnasked();
      else flushLater(flushAfter);
    },
    flush,
    leave: (take) => {
      let left = waiting.filter((event) => !handedOver.has(event));
      while (left.length > 0) {
        const batch = firstBatch(left, BEACON_BYTES);
        take(batch);
        for (const event of batch) handedOver.add(event);
        left = left.slice(batch.length);
      }
    },
  };
};
