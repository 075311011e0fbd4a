import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Checkpoints, noCheckpoints, startCheckpoints } from "./checkpoints.ts";
import { diskFailure } from "./disk.ts";
import { claimFormat } from "./format.ts";
import { databaseFile, lockPlace, makePlace, makePrivateFile } from "./place.ts";

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

/** Called once, when the disk takes no more: nothing is written or answered from then on. */
export type OnBroken = (failure: Error) => void;

/**
 * @param directory folder of the state, which this process has to itself, or null to keep it in memory only
 * @throws Error that says what to do where the folder cannot be had
 *
 * `synchronous = NORMAL` in WAL mode: a commit is in the operating system's cache when it returns, so the death of
 * the process loses nothing; only a power cut may lose the last moments, never consistency (sqlite.org/wal.html).
 */
export function openState(directory: string | null, onBroken: OnBroken = throwIt): StateDatabase {
  const where = directory ?? "memory";
  const onFailure = (error: unknown): void => {
    const failure = diskFailure(error, where);
    if (failure !== null) onBroken(failure);
  };
  try {
    return directory === null
      ? grouping(connect(":memory:"), noCheckpoints, onFailure)
      : openPlace(directory, onFailure);
  } catch (error) {
    throw diskFailure(error, where) ?? error;
  }
}

const throwIt: OnBroken = (failure) => {
  setImmediate(() => {
    throw failure;
  });
};

function openPlace(directory: string, onFailure: (error: unknown) => void): StateDatabase {
  makePlace(directory);
  const leave = lockPlace(directory);
  if (leave === null) {
    throw new Error(`another hub runs on ${directory}: stop it, or choose another folder with --state`);
  }
  try {
    const file = databaseFile(directory);
    makePrivateFile(file);
    const database = connect(file);
    claimFormat(database, directory);
    const state = grouping(database, startCheckpoints(file), onFailure);
    return {
      ...state,
      close: () => {
        state.close();
        leave();
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}

/** 64 MB of log. The writer itself steps in there, where the checkpoints beside it do not keep up. */
const OWN_CHECKPOINT_PAGES = 16_000;

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = ${OWN_CHECKPOINT_PAGES};`,
  );
  return database;
}

const isOfTheDisk = (error: unknown): boolean => diskFailure(error, "") !== null;

type Group = Pick<StateDatabase, "write" | "afterCommit" | "close">;

/** Writes of one turn of the event loop in one transaction, until the disk fails. */
function openGroup(
  database: DatabaseSync,
  checkpoints: Checkpoints,
  onFailure: (error: unknown) => void,
): Group {
  const statements = { begin: database.prepare("BEGIN IMMEDIATE"), commit: database.prepare("COMMIT") };
  let open = false;
  let closed = false;
  let broken = false;
  let waiting: (() => void)[] = [];

  /** SQLite may have dropped the whole group when the disk failed: then nobody is told that it was kept. */
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (isOfTheDisk(error) && !broken) {
        broken = true;
        waiting = [];
        onFailure(error);
      }
      throw error;
    }
  };
  const commit = (): void => {
    if (broken) return;
    if (open) attempt(() => statements.commit.run());
    open = false;
    const callbacks = waiting;
    waiting = [];
    for (const done of callbacks) done();
  };
  const begin = (): void => {
    if (open) return;
    statements.begin.run();
    open = true;
    setImmediate(commitUnlessClosed);
  };
  function commitUnlessClosed(): void {
    try {
      if (!closed) commit();
    } catch (error) {
      if (!broken) throw error;
    }
  }
  return {
    write: (work) =>
      attempt(() => {
        if (broken) throw new Error("nothing is written any more: the disk failed");
        begin();
        checkpoints.wrote();
        return work();
      }),
    afterCommit: (done) => {
      if (broken) return;
      if (open) waiting.push(done);
      else done();
    },
    close: () => {
      if (closed) return;
      commit();
      closed = true;
      checkpoints.end();
      database.close();
    },
  };
}

/** All of the work's writes, or none. */
function savepoint<T>(database: DatabaseSync, work: () => T): T {
  database.exec("SAVEPOINT work");
  try {
    const result = work();
    database.exec("RELEASE work");
    return result;
  } catch (error) {
    if (!isOfTheDisk(error)) database.exec("ROLLBACK TO work; RELEASE work");
    throw error;
  }
}

function grouping(
  database: DatabaseSync,
  checkpoints: Checkpoints,
  onFailure: (error: unknown) => void,
): StateDatabase {
  const { afterCommit, close, write } = openGroup(database, checkpoints, onFailure);
  return {
    prepare: (sql) => database.prepare(sql),
    define: (...statements) => write(() => database.exec(statements.join("; "))),
    write,
    atomically: (work) => write(() => savepoint(database, work)),
    afterCommit,
    committed: () => new Promise((resolve) => afterCommit(resolve)),
    close,
  };
}
