import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parseObject } from "../aws/json.ts";
import { diskFailure, fileFailure } from "./disk.ts";
import { isNewer } from "./format.ts";
import { databaseFile, existingDatabase, lockPlace, makePlace, makePrivateFile } from "./place.ts";
import { readSetting, writeSetting } from "./settings.ts";

/** What stands in a backup about itself. */
export type Backup = {
  /** The moment whose state it holds, ISO-8601, by the hub's clock. */
  readonly takenAt: string;
  /** Whether a hub was at work on the state at that moment. */
  readonly running: boolean;
};

/** Setting of a backup file. */
const BACKUP = "backup";
/** Setting of a state that was restored and has not started yet: the moment of the backup, ISO-8601. */
export const RESTORED = "restored-from";

/**
 * Copies all state of a hub into one file, as it was at one moment between two commits, which is what a sudden death of
 * the machine would have left. The hub may go on working meanwhile: readers and writers do not wait for each other in
 * SQLite's WAL mode. An older backup of that name is replaced once the new one is complete.
 * @throws Error that says what to do
 */
export function takeBackup(directory: string, file: string): Backup {
  const source = existingDatabase(directory);
  const draft = `${file}.draft`;
  try {
    rmSync(draft, { force: true });
    makePrivateFile(draft);
    const backup = copyInto(source, draft, isInUse(directory));
    keep(draft, file);
    return backup;
  } catch (error) {
    discard(draft);
    throw fileFailure(error, file) ?? error;
  }
}

function isInUse(directory: string): boolean {
  const leave = lockPlace(directory);
  leave?.();
  return leave === null;
}

function copyInto(source: string, draft: string, running: boolean): Backup {
  const hub = new DatabaseSync(source, { readOnly: true });
  const offset = Number(readSetting(hub, "clock-offset") ?? 0);
  const backup: Backup = { takenAt: new Date(Date.now() + offset).toISOString(), running };
  hub.prepare("VACUUM INTO ?").run(draft);
  hub.close();
  const copy = new DatabaseSync(draft);
  writeSetting(copy, BACKUP, JSON.stringify(backup));
  copy.close();
  return backup;
}

/** Where there is no place for a draft, there is none to take away. */
function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {}
}

/** On disk for good before it takes the name. */
function keep(draft: string, file: string): void {
  const written = openSync(draft, "r+");
  fsyncSync(written);
  closeSync(written);
  renameSync(draft, file);
}

/**
 * Puts a backup's state into a folder that has none. The next start holds back what the first hub may have sent since the
 * backup, unless it is `moved`: taken while no hub ran on it, and none shall again.
 * @throws Error that says what to do
 */
export function restoreBackup(file: string, directory: string, options: { readonly moved: boolean }): Backup {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  const target = databaseFile(directory);
  if (existsSync(target)) {
    throw new Error(`${directory} holds a hub's state already: choose an empty folder with --state`);
  }
  const draft = `${target}.draft`;
  try {
    const backup = readBackup(file);
    if (options.moved && backup.running) {
      throw new Error(
        "--moved is for a hub that was stopped before its backup; this one was at work: restore without --moved",
      );
    }
    makePlace(directory);
    copyFileSync(file, draft);
    chmodSync(draft, 0o600);
    markRestored(draft, options.moved ? null : backup.takenAt);
    keep(draft, target);
    return backup;
  } catch (error) {
    discard(draft);
    throw diskFailure(error, directory) ?? error;
  }
}

function readBackup(file: string): Backup {
  const database = new DatabaseSync(file, { readOnly: true });
  let newer = false;
  try {
    newer = isNewer(database);
    const { takenAt, running } = parseObject(readSetting(database, BACKUP) ?? "") ?? {};
    const [check] = database.prepare("PRAGMA quick_check").all();
    if (!newer && typeof takenAt === "string" && check?.quick_check === "ok") {
      return { takenAt, running: running === true };
    }
  } catch {
    // Not even a database: told below.
  } finally {
    database.close();
  }
  throw new Error(
    newer
      ? `${file} is of a newer release: restore it with that one (git pull && npm ci)`
      : `${file} is no backup of a hub, or it is damaged`,
  );
}

function markRestored(draft: string, takenAt: string | null): void {
  const database = new DatabaseSync(draft);
  writeSetting(database, BACKUP, null);
  if (takenAt !== null) writeSetting(database, RESTORED, takenAt);
  database.close();
}
