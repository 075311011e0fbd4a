import type { StateDatabase } from "./database.ts";

/** Small named values that live as long as the state: the clock's offset, generated secrets, schedules already run. */
export type Settings = {
  readonly get: (name: string) => string | null;
  readonly set: (name: string, value: string) => void;
};

export function createSettings(database: StateDatabase): Settings {
  database.define("CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  const select = database.prepare("SELECT value FROM settings WHERE name = ?");
  const upsert = database.prepare(
    "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  return {
    get: (name) => {
      const value = select.get(name)?.value;
      return typeof value === "string" ? value : null;
    },
    set: (name, value) => {
      database.write(() => upsert.run(name, value));
    },
  };
}
