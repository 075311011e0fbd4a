import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from "@aws-sdk/client-dynamodb";
import { PLACE, placeOf, placeOfDue, placeOfOpening } from "#domain/conversation/places.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type {
  ConversationFilter,
  ConversationPage,
  ConversationStore,
  Page,
} from "#ports/conversation-store.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, type Item, type Table } from "../requests/items.ts";
import { fromHeadItem, holderOf, QUEUE_SHARDS, queueOf } from "./conversation-items.ts";

/** So many pages of a partition are read for one of a list; what a filter leaves of them may be few. */
const MOST_PAGES = 4;
/** So many are looked at in a request where a filter leaves some out. */
const FILTERED = 250;

/** A partition of an index to read, and by which attribute it is sorted. */
type Line = {
  readonly index: string;
  readonly key: string;
  readonly value: string;
  readonly sort: "place" | "due" | "opened";
};

type Reading = Page & {
  readonly newestFirst: boolean;
  readonly equal?: Readonly<Record<string, string | undefined>>;
};

const queryOf = (
  table: string,
  { index, key, value, sort }: Line,
  { limit, cursor, newestFirst, equal = {} }: Reading,
): QueryCommandInput => {
  const after = cursor === undefined ? undefined : fromCursor(cursor, PLACE);
  const filters = Object.entries(equal).filter(([, wanted]) => wanted !== undefined);
  const compared = newestFirst ? "<" : ">";
  return {
    TableName: table,
    IndexName: index,
    KeyConditionExpression: `#key = :key${after === undefined ? "" : ` AND #sort ${compared} :after`}`,
    ...(filters.length === 0
      ? {}
      : { FilterExpression: filters.map(([name]) => `#${name} = :${name}`).join(" AND ") }),
    ExpressionAttributeNames: {
      "#key": key,
      ...(after === undefined ? {} : { "#sort": sort }),
      ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: attributes({
      ":key": value,
      ":after": after,
      ...Object.fromEntries(filters.map(([name, wanted]) => [`:${name}`, wanted])),
    }),
    ScanIndexForward: !newestFirst,
    Limit: filters.length === 0 ? limit + 1 : FILTERED,
  };
};

/** What a partition gives: its heads in order, and how far it was read. Null: to its end. */
type Read = { readonly heads: readonly ConversationHead[]; readonly until: string | null };

const readLine = async ({ client, table }: Table, line: Line, reading: Reading): Promise<Read> => {
  const heads: ConversationHead[] = [];
  const query = queryOf(table, line, reading);
  let from: Item | undefined;
  let pages = 0;
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const answer: QueryCommandOutput = await client.send(new QueryCommand({ ...query, ...start }));
    heads.push(...(answer.Items ?? []).map(fromHeadItem));
    from = answer.LastEvaluatedKey;
    pages += 1;
  } while (from !== undefined && heads.length <= reading.limit && pages < MOST_PAGES);
  return { heads, until: from?.[line.sort]?.S ?? null };
};

/**
 * One page of several partitions. Nothing that lies beyond the place to which all of them were read is given, or a later
 * page would leave out what the slowest has still to show.
 */
const merged = (
  reads: readonly Read[],
  { limit, newestFirst }: Reading,
  place: (head: ConversationHead) => string,
): ConversationPage => {
  const isBefore = (a: string, b: string): boolean => (newestFirst ? a > b : a < b);
  const nearest = reads
    .flatMap(({ until }) => until ?? [])
    .reduce<string | null>((one, other) => (one === null || isBefore(other, one) ? other : one), null);
  const all = reads
    .flatMap(({ heads }) => heads)
    .filter((head) => nearest === null || !isBefore(nearest, place(head)))
    .toSorted((a, b) => (isBefore(place(a), place(b)) ? -1 : 1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  if (all.length > limit && last !== undefined) return { items, cursor: toCursor(place(last)) };
  return { items, cursor: nearest === null ? null : toCursor(nearest) };
};

const linesOf = ({ states, assignee, sort }: ConversationFilter): readonly Line[] =>
  states.flatMap((state): readonly Line[] =>
    assignee === undefined || sort === "due"
      ? Array.from({ length: QUEUE_SHARDS }, (_, shard) => ({
          index: sort === "due" ? INDEXES.conversationsByDue : INDEXES.conversationsByQueue,
          key: "queue",
          value: queueOf(state, shard),
          sort: sort === "due" ? "due" : "place",
        }))
      : [
          {
            index: INDEXES.conversationsByAssignee,
            key: "holder",
            value: holderOf(assignee, state),
            sort: "place",
          },
        ],
  );

const customersLine = (customerId: string): Line => ({
  index: INDEXES.conversationsByCustomer,
  key: "customerId",
  value: customerId,
  sort: "opened",
});

/** Lists of conversations: a Query for each partition, merged by place. */
export const conversationLists = (table: Table): Pick<ConversationStore, "list" | "ofCustomers"> => {
  const pageOf = async (
    lines: readonly Line[],
    reading: Reading,
    place: (head: ConversationHead) => string,
  ): Promise<ConversationPage> =>
    merged(await Promise.all(lines.map((line) => readLine(table, line, reading))), reading, place);
  return {
    list: (filter, page) => {
      const { sort, team, channel, assignee } = filter;
      const isDue = sort === "due";
      const equal = { team, channel, ...(isDue ? { assignee } : {}) };
      const reading = { ...page, newestFirst: sort === "newest", equal };
      return pageOf(linesOf(filter), reading, isDue ? placeOfDue : placeOf);
    },
    ofCustomers: (customerIds, page) =>
      pageOf(customerIds.map(customersLine), { ...page, newestFirst: true }, placeOfOpening),
  };
};
