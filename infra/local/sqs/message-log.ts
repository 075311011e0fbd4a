import type { StateDatabase } from "../state/database.ts";
import type { Entry, MessageAttributes, NewMessage } from "./model.ts";

/** Every message that is not deleted yet, on disk from the moment it is accepted. */
export type MessageLog = {
  readonly append: (queue: string, entry: Omit<Entry, "seq">, message: NewMessage) => number;
  readonly remove: (seq: number) => void;
  /** Keeps receive count and visibility over a restart; written when a message comes back, not at each receive. */
  readonly returned: (entry: Entry) => void;
  /** `source`: ARN of the queue whose dead letter it is now; absent: it is nobody's. */
  readonly move: (entry: Pick<Entry, "seq" | "sentAt">, toQueue: string, source?: string) => void;
  readonly content: (seq: number) => StoredContent;
  /** Of those that were received less than three times. */
  readonly oldestSentAt: (queue: string) => number | null;
  readonly load: (queue: string) => readonly Entry[];
  /** Of the messages that are visible at `now` (ms), in order. */
  readonly bodies: (queue: string, now: number) => readonly string[];
  readonly rememberDuplicate: (scope: string, messageId: string, until: number) => void;
  readonly duplicateOf: (scope: string, now: number) => string | null;
};
export type StoredContent = {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly systemAttributes: { readonly [name: string]: string };
};

/** System attribute of a dead letter: ARN of the queue from which SQS moved it. */
export const SOURCE = "DeadLetterQueueSourceArn";

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL,
    grouping TEXT, deduplication TEXT, sent_at REAL NOT NULL, visible_at REAL NOT NULL, receives INTEGER NOT NULL,
    first_received_at REAL, body TEXT NOT NULL, attributes TEXT, system TEXT)`,
  "CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, seq)",
  "CREATE TABLE IF NOT EXISTS deduplication (scope TEXT PRIMARY KEY, message_id TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID",
];
/** Forgetting old deduplication ids every so many new ones keeps the table small without a timer. */
const FORGET_EVERY = 1000;

const sqlOf = (database: StateDatabase) => ({
  append: database.prepare(
    `INSERT INTO messages (queue, id, grouping, deduplication, sent_at, visible_at, receives, body, attributes, system)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
  ),
  remove: database.prepare("DELETE FROM messages WHERE seq = ?"),
  returned: database.prepare(
    "UPDATE messages SET receives = ?, visible_at = ?, first_received_at = ? WHERE seq = ?",
  ),
  move: database.prepare(
    `UPDATE messages SET queue = ?, receives = 0, first_received_at = NULL, sent_at = ?,
     system = json_patch(coalesce(system, '{}'), json_object('${SOURCE}', nullif(?, ''))) WHERE seq = ?`,
  ),
  content: database.prepare("SELECT body, attributes, system FROM messages WHERE seq = ?"),
  oldest: database.prepare(
    "SELECT sent_at FROM messages WHERE queue = ? AND receives < 3 ORDER BY seq LIMIT 1",
  ),
  load: database.prepare(
    `SELECT seq, id, grouping, deduplication, sent_at, visible_at, receives, first_received_at
     FROM messages WHERE queue = ? ORDER BY seq`,
  ),
  bodies: database.prepare("SELECT body FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY seq"),
  remember: database.prepare(
    "INSERT OR REPLACE INTO deduplication (scope, message_id, until) VALUES (?, ?, ?)",
  ),
  duplicate: database.prepare("SELECT message_id FROM deduplication WHERE scope = ? AND until > ?"),
  forget: database.prepare("DELETE FROM deduplication WHERE until <= ?"),
});

export function createMessageLog(database: StateDatabase): MessageLog {
  database.define(...SCHEMA);
  const sql = sqlOf(database);
  let remembered = 0;
  return {
    append: (queue, entry, message) =>
      database.write(() =>
        Number(
          sql.append.run(
            queue,
            entry.id,
            entry.group,
            entry.deduplicationId,
            entry.sentAt,
            entry.visibleAt,
            message.body,
            message.attributes === undefined ? null : JSON.stringify(message.attributes),
            message.systemAttributes === undefined ? null : JSON.stringify(message.systemAttributes),
          ).lastInsertRowid,
        ),
      ),
    remove: (seq) => {
      database.write(() => sql.remove.run(seq));
    },
    returned: (entry) => {
      database.write(() =>
        sql.returned.run(entry.receives, entry.visibleAt, entry.firstReceivedAt, entry.seq),
      );
    },
    move: ({ seq, sentAt }, toQueue, source = "") => {
      database.write(() => sql.move.run(toQueue, sentAt, source, seq));
    },
    content: (seq) => {
      const row = sql.content.get(seq);
      if (row === undefined) throw new Error(`message ${seq} has no content`);
      return {
        body: String(row.body),
        attributes: typeof row.attributes === "string" ? JSON.parse(row.attributes) : {},
        systemAttributes: typeof row.system === "string" ? JSON.parse(row.system) : {},
      };
    },
    oldestSentAt: (queue) => {
      const sentAt = sql.oldest.get(queue)?.sent_at;
      return typeof sentAt === "number" ? sentAt : null;
    },
    load: (queue) => sql.load.all(queue).map(entryOf),
    bodies: (queue, now) => sql.bodies.all(queue, now).map(({ body }) => String(body)),
    rememberDuplicate: (scope, messageId, until) => {
      remembered += 1;
      database.write(() => {
        if (remembered % FORGET_EVERY === 0) sql.forget.run(until - 5 * 60_000);
        sql.remember.run(scope, messageId, until);
      });
    },
    duplicateOf: (scope, now) => {
      const id = sql.duplicate.get(scope, now)?.message_id;
      return typeof id === "string" ? id : null;
    },
  };
}

const entryOf = (row: { readonly [column: string]: unknown }): Entry => ({
  seq: Number(row.seq),
  id: String(row.id),
  group: typeof row.grouping === "string" ? row.grouping : null,
  deduplicationId: typeof row.deduplication === "string" ? row.deduplication : null,
  sentAt: Number(row.sent_at),
  visibleAt: Number(row.visible_at),
  receives: Number(row.receives),
  firstReceivedAt: row.first_received_at === null ? null : Number(row.first_received_at),
  receipt: 0,
  state: "waiting",
});
