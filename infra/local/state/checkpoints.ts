import { Worker } from "node:worker_threads";

/** What the thread is given: the database file, and a flag that is 1 while it works. */
export type CheckpointWork = { readonly file: string; readonly underWay: Int32Array };

/** Copies the log of committed writes into the database file, beside the thread that writes. */
export type Checkpoints = {
  /** Counts a write; asks for a checkpoint where enough have come. */
  readonly wrote: () => void;
  /** Waits until none is under way, and ends the thread. */
  readonly end: () => void;
};

/** Some 16 MB of log: a write changes about two pages of 4 KB. */
const WRITES_A_CHECKPOINT = 2_000;
/** Longer than any disk that still works takes for one. */
const END_WITHIN_MS = 10_000;

export const noCheckpoints: Checkpoints = { wrote: () => {}, end: () => {} };

/**
 * A checkpoint waits for the disk, 36 ms each time where it was measured, and all that the hub does would wait with it.
 * SQLite lets another connection do it while this one writes (sqlite.org/wal.html). The thread starts with the first one:
 * a hub that writes little has none.
 */
export const startCheckpoints = (file: string): Checkpoints => {
  const underWay = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let thread: Worker | null = null;
  let writes = 0;

  const start = (): Worker => {
    const work: CheckpointWork = { file, underWay };
    const started = new Worker(new URL("./checkpoint-thread.ts", import.meta.url), { workerData: work });
    started.unref();
    // Without the thread the writer's own checkpoints go on, later and longer.
    started.on("error", () => Atomics.store(underWay, 0, 0));
    return started;
  };
  return {
    wrote: () => {
      writes += 1;
      if (writes < WRITES_A_CHECKPOINT || Atomics.load(underWay, 0) === 1) return;
      writes = 0;
      thread ??= start();
      Atomics.store(underWay, 0, 1);
      thread.postMessage("checkpoint");
    },
    end: () => {
      if (thread === null) return;
      // It would close the last connection, and touch the files of whoever comes next.
      Atomics.wait(underWay, 0, 1, END_WITHIN_MS);
      void thread.terminate();
    },
  };
};
