import type { StateDatabase } from "../state/database.ts";

/** Client request tokens of transactions: they make a repeated call harmless. */
export type RequestTokens = {
  /** Whether a call of this token was answered before, and whether it was this same one. */
  readonly seen: (token: string, digest: string) => "never" | "same" | "other";
  readonly remember: (token: string, digest: string) => void;
};

/** For so long a token counts (TransactWriteItems, API reference). */
const LIFE_MS = 10 * 60_000;
/** Dropping old tokens reads the whole table: done once in so many new ones. */
const DROP_EVERY = 1_000;

export function createRequestTokens(database: StateDatabase, now: () => number): RequestTokens {
  database.define(
    "CREATE TABLE IF NOT EXISTS dynamo_tokens (token TEXT PRIMARY KEY, request TEXT NOT NULL, until REAL NOT NULL)",
  );
  const find = database.prepare("SELECT request FROM dynamo_tokens WHERE token = ? AND until > ?");
  const save = database.prepare(
    "INSERT OR REPLACE INTO dynamo_tokens (token, request, until) VALUES (?, ?, ?)",
  );
  const drop = database.prepare("DELETE FROM dynamo_tokens WHERE until <= ?");
  let saved = 0;
  return {
    seen: (token, digest) => {
      const known = find.get(token, now());
      if (known === undefined) return "never";
      return known.request === digest ? "same" : "other";
    },
    remember: (token, digest) => {
      database.write(() => {
        saved += 1;
        if (saved % DROP_EVERY === 0) drop.run(now());
        save.run(token, digest, now() + LIFE_MS);
      });
    },
  };
}
