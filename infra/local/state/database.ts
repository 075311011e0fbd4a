import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/**
 * Everything that must survive `kill -9` lies in one SQLite database. Writes of one turn of the event loop share a
 * transaction (group commit); whoever promised durability answers through `afterCommit`.
 */
export type StateDatabase = {
  readonly prepare: (sql: string) => StatementSync;
  /** Makes tables and indexes that are not there yet. */
  readonly define: (...statements: readonly string[]) => void;
  /** Runs writes inside the open group; opens one when there is none. */
  readonly write: <T>(work: () => T) => T;
  /** Runs `work` so that either all or none of its writes stay, even when it throws. */
  readonly atomically: <T>(work: () => T) => T;
  /** Calls back once everything written so far is on disk; at once when nothing waits. */
  readonly afterCommit: (done: () => void) => void;
  readonly committed: () => Promise<void>;
  readonly close: () => void;
};

/**
 * @param directory folder of the state, or null to keep it in memory only
 *
 * `synchronous = NORMAL` in WAL mode: a commit is in the operating system's cache when it returns, so the death of
 * the process loses nothing; only a power cut may lose the last moments, never consistency (sqlite.org/wal.html).
 */
export function openState(directory: string | null): StateDatabase {
  if (directory !== null) mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(directory === null ? ":memory:" : join(directory, "cloud.sqlite"));
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;",
  );
  const statements = { begin: database.prepare("BEGIN IMMEDIATE"), commit: database.prepare("COMMIT") };
  let open = false;
  let closed = false;
  let waiting: (() => void)[] = [];

  const commit = (): void => {
    if (open) statements.commit.run();
    open = false;
    const callbacks = waiting;
    waiting = [];
    for (const done of callbacks) done();
  };
  const begin = (): void => {
    if (open) return;
    statements.begin.run();
    open = true;
    setImmediate(() => {
      if (!closed) commit();
    });
  };
  const write = <T>(work: () => T): T => {
    begin();
    return work();
  };
  const afterCommit = (done: () => void): void => {
    if (open) waiting.push(done);
    else done();
  };
  return {
    prepare: (sql) => database.prepare(sql),
    define: (...statements) => write(() => database.exec(statements.join("; "))),
    write,
    atomically: (work) =>
      write(() => {
        database.exec("SAVEPOINT work");
        try {
          const result = work();
          database.exec("RELEASE work");
          return result;
        } catch (error) {
          database.exec("ROLLBACK TO work; RELEASE work");
          throw error;
        }
      }),
    afterCommit,
    committed: () => new Promise((resolve) => afterCommit(resolve)),
    close: () => {
      if (closed) return;
      commit();
      closed = true;
      database.close();
    },
  };
}
