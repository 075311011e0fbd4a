import type { DatabaseSync } from "node:sqlite";

/** Of what this release writes. It rises when the releases before could not read that, and only then. */
const FORMAT = 1;

/** Whether a state, or a copy of one, was written in a way that this release does not know. */
export const isNewer = (database: DatabaseSync): boolean => formatOf(database) > FORMAT;

/**
 * Marks a state as written by this release. SQLite keeps the number in the file's header, for applications to use.
 * @throws Error that says what to do where a newer release has written it; the state is closed then
 */
export function claimFormat(database: DatabaseSync, directory: string): void {
  if (isNewer(database)) {
    database.close();
    throw new Error(
      `the state in ${directory} was written by a newer release: start that one (git pull && npm ci), or choose another folder with --state`,
    );
  }
  if (formatOf(database) < FORMAT) database.exec(`PRAGMA user_version = ${FORMAT}`);
}

/** States of release 0.1 have none: 0. */
const formatOf = (database: DatabaseSync): number =>
  Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
