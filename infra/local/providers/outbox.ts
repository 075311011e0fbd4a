import type { Sent } from "../door/provider-local.ts";
import type { StateDatabase } from "../state/database.ts";

export type Outbox = {
  readonly add: (sent: Sent) => void;
  /** Newest last. */
  readonly list: (filter: OutboxFilter) => readonly Sent[];
  /** Newest first; `before` is a cursor of an earlier page, `limit` null takes all that are left. */
  readonly page: (
    filter: OutboxFilter,
    wanted: { readonly limit: number | null; readonly before: number | null },
  ) => { readonly items: readonly Sent[]; readonly cursor: string | null };
  /** The last call whose own or provider's message id is this. */
  readonly find: (messageId: string) => Sent | null;
  readonly clear: () => void;
  readonly count: () => number;
};
export type OutboxFilter = { readonly channel?: string; readonly to?: string; readonly messageId?: string };

/** For a hub that really sends: what it said lies with those it was said to, so here it is only counted. */
export function createCounter(): Outbox {
  let count = 0;
  return {
    add: () => {
      count += 1;
    },
    list: () => [],
    page: () => ({ items: [], cursor: null }),
    find: () => null,
    clear: () => {
      count = 0;
    },
    count: () => count,
  };
}

export function createOutbox(database: StateDatabase): Outbox {
  database.write(() =>
    database
      .prepare(
        "CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT, recipient TEXT, message_id TEXT, provider_id TEXT, sent TEXT NOT NULL)",
      )
      .run(),
  );
  database.write(() =>
    database.prepare("CREATE INDEX IF NOT EXISTS outbox_by_message ON outbox (message_id)").run(),
  );
  database.write(() =>
    database.prepare("CREATE INDEX IF NOT EXISTS outbox_by_provider ON outbox (provider_id)").run(),
  );
  const insert = database.prepare(
    "INSERT INTO outbox (channel, recipient, message_id, provider_id, sent) VALUES (?, ?, ?, ?, ?)",
  );
  const select = database.prepare(
    `SELECT sent FROM outbox WHERE (?1 IS NULL OR channel = ?1) AND (?2 IS NULL OR recipient = ?2)
     AND (?3 IS NULL OR message_id = ?3) ORDER BY seq`,
  );
  const selectPage = database.prepare(
    `SELECT seq, sent FROM outbox WHERE (?1 IS NULL OR channel = ?1) AND (?2 IS NULL OR recipient = ?2)
     AND (?3 IS NULL OR message_id = ?3) AND (?4 IS NULL OR seq < ?4) ORDER BY seq DESC LIMIT ?5`,
  );
  const find = database.prepare(
    "SELECT sent FROM outbox WHERE message_id = ?1 OR provider_id = ?1 ORDER BY seq DESC LIMIT 1",
  );
  const parse = (text: unknown): Sent => {
    const sent: Sent = JSON.parse(String(text));
    return sent;
  };
  return {
    add: (sent) => {
      database.write(() =>
        insert.run(sent.channel, sent.to, sent.messageId, sent.providerMessageId, JSON.stringify(sent)),
      );
    },
    list: (filter) =>
      select
        .all(filter.channel ?? null, filter.to ?? null, filter.messageId ?? null)
        .map((row) => parse(row.sent)),
    page: ({ channel = null, to = null, messageId = null }, { limit, before }) => {
      // SQLite: a negative limit is none.
      const rows = selectPage.all(channel, to, messageId, before, limit === null ? -1 : limit + 1);
      const shown = limit === null ? rows : rows.slice(0, limit);
      const isMore = rows.length > shown.length;
      return {
        items: shown.map((row) => parse(row.sent)),
        cursor: isMore ? String(shown.at(-1)?.seq) : null,
      };
    },
    find: (messageId) => {
      const row = find.get(messageId);
      return row === undefined ? null : parse(row.sent);
    },
    clear: () => {
      database.write(() => database.prepare("DELETE FROM outbox").run());
    },
    count: () => Number(database.prepare("SELECT count(*) AS n FROM outbox").get()?.n ?? 0),
  };
}
