import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { diskFailure, isBusy } from "./disk.ts";

/** Where `npm run serve` keeps its state, below the project's root. */
export const SERVED_STATE = ".rapport/serve";

/** The one file that holds all of a hub's state. */
export const databaseFile = (directory: string): string => join(directory, "cloud.sqlite");

/**
 * The file of a state that is there already.
 * @throws Error that says what to do
 */
export function existingDatabase(directory: string): string {
  const file = databaseFile(directory);
  if (existsSync(file)) return file;
  throw new Error(`there is no hub's state in ${directory}: name its folder with --state`);
}

/**
 * Makes the folder of a state, for its owner alone: it holds customers and secrets.
 * @throws Error that says what to do where the disk does not allow it
 */
export function makePlace(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw diskFailure(error, directory) ?? error;
  }
}

/** Makes the file of a state or of a copy, for its owner alone; SQLite gives the files that it adds the same rights. */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

/**
 * Keeps a folder of state for one process, by a lock that the operating system takes back when that ends, however it
 * ends. @returns how to leave it, or null when another has it
 */
export function lockPlace(directory: string): (() => void) | null {
  const lock = new DatabaseSync(join(directory, "lock.sqlite"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}
