import type { DatabaseSync } from "node:sqlite";
import type { StateDatabase } from "./database.ts";

/** Small named values that live as long as the state: the clock's offset, generated secrets, schedules already run. */
export type Settings = {
  readonly get: (name: string) => string | null;
  readonly set: (name: string, value: string | null) => void;
};

export function createSettings(database: StateDatabase): Settings {
  database.define("CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  return {
    get: (name) => readSetting(database, name),
    set: (name, value) => database.write(() => writeSetting(database, name, value)),
  };
}

type Readable = Pick<DatabaseSync, "prepare">;

/** A setting of a state that is open, or of a copy of one. */
export function readSetting(database: Readable, name: string): string | null {
  const value = database.prepare("SELECT value FROM settings WHERE name = ?").get(name)?.value;
  return typeof value === "string" ? value : null;
}

/** @param value null takes the setting away */
export function writeSetting(database: Readable, name: string, value: string | null): void {
  if (value === null) database.prepare("DELETE FROM settings WHERE name = ?").run(name);
  else database.prepare("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)").run(name, value);
}
