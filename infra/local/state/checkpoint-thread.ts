import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { CheckpointWork } from "./checkpoints.ts";

/** The thread of checkpoints.ts: moves what is in the log into the database file, each time it is told to. */
const { file, underWay } = workerData as CheckpointWork;

const checkpoint = (): void => {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  } finally {
    database.close();
  }
};

parentPort?.on("message", () => {
  try {
    checkpoint();
  } catch {
    // The log stays as it is. Whoever writes meets the same disk and says so.
  } finally {
    Atomics.store(underWay, 0, 0);
    Atomics.notify(underWay, 0);
  }
});
