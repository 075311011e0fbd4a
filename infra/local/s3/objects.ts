import type { StateDatabase } from "../state/database.ts";

export type StoredObject = {
  readonly key: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
};
export type ObjectStore = {
  readonly put: (bucket: string, key: string, body: Buffer, now: number) => void;
  /** Adds to the end of an object, or makes it. */
  readonly append: (bucket: string, key: string, body: Buffer, now: number) => void;
  readonly head: (bucket: string, key: string) => StoredObject | null;
  /** Bytes from `offset` on, at most `length`. */
  readonly read: (bucket: string, key: string, offset: number, length: number) => Buffer;
  /** By key, those with the prefix and greater than `after`. */
  readonly list: (bucket: string, prefix: string, after: string, limit: number) => readonly StoredObject[];
};

/** Objects lie in parts, so that adding to a large one costs what is added. */
export function createObjectStore(database: StateDatabase): ObjectStore {
  database.define(
    `CREATE TABLE IF NOT EXISTS object_parts (bucket TEXT, key TEXT, start INTEGER, body BLOB NOT NULL,
     modified INTEGER NOT NULL, PRIMARY KEY (bucket, key, start)) WITHOUT ROWID`,
  );
  const remove = database.prepare("DELETE FROM object_parts WHERE bucket = ? AND key = ?");
  const insert = database.prepare(
    "INSERT INTO object_parts (bucket, key, start, body, modified) VALUES (?, ?, ?, ?, ?)",
  );
  const last = database.prepare(
    `SELECT start + length(body) AS size, modified FROM object_parts WHERE bucket = ? AND key = ?
     ORDER BY start DESC LIMIT 1`,
  );
  const parts = database.prepare(
    `SELECT start, body FROM object_parts WHERE bucket = ?1 AND key = ?2 AND start < ?4
     AND start + length(body) > ?3 ORDER BY start`,
  );
  const listed = database.prepare(
    `SELECT key, max(start + length(body)) AS size, max(modified) AS modified FROM object_parts
     WHERE bucket = ?1 AND key > ?3 AND substr(key, 1, length(?2)) = ?2 GROUP BY key ORDER BY key LIMIT ?4`,
  );
  const head: ObjectStore["head"] = (bucket, key) => {
    const row = last.get(bucket, key);
    return row === undefined ? null : { key, size: Number(row.size), modified: Number(row.modified) };
  };
  const append: ObjectStore["append"] = (bucket, key, body, now) => {
    database.write(() => insert.run(bucket, key, head(bucket, key)?.size ?? 0, body, now));
  };
  return {
    head,
    append,
    put: (bucket, key, body, now) => {
      database.write(() => remove.run(bucket, key));
      append(bucket, key, body, now);
    },
    read: (bucket, key, offset, length) => {
      const rows = parts.all(bucket, key, offset, offset + length);
      const pieces = rows.map(({ start, body }) => {
        const bytes = body instanceof Uint8Array ? body : new Uint8Array();
        const from = Math.max(0, offset - Number(start));
        return bytes.subarray(from, Math.max(from, offset + length - Number(start)));
      });
      return Buffer.concat(pieces);
    },
    list: (bucket, prefix, after, limit) =>
      listed.all(bucket, prefix, after, limit).map(({ key, size, modified }) => ({
        key: String(key),
        size: Number(size),
        modified: Number(modified),
      })),
  };
}
