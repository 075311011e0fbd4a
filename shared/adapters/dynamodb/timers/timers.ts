import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Timer } from "#domain/records/effects.ts";
import { fraction } from "#kernel/hash.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { minuteMs, minuteOf } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { DueQueue, TimerBucket, TimerRef, Timers, TimerTable } from "#ports/timers.ts";
import { batchWrite } from "../requests/batches.ts";
import { attributes, getItem, type Item, keyOf, type Table } from "../requests/items.ts";
import { queryPages } from "../requests/query-pages.ts";

/** One partition takes 1,000 writes a second; what quiet hours hold for one minute may be more. */
const SHARDS = 8;
/**
 * Timers due within this many milliseconds are handed to the due queue at once: the tick looks two minutes ahead and
 * may already have passed their minute (functions/timers/fire).
 */
export const SET_DIRECTLY_MS = 240_000;

const Event = z.object({
  id: z.string(),
  name: z.string(),
  detail: z.custom<JsonObject>(isObject),
});

const bucketOf = ({ id, due }: TimerRef): TimerBucket => ({
  minute: minuteOf(Date.parse(due)),
  shard: Math.floor(fraction("timer", id) * SHARDS),
});
const partitionOf = ({ minute, shard }: TimerBucket): string => `t#${minute}#${shard}`;
const sortOf = ({ due, id }: TimerRef): string => `${due}#${id}`;
const timerKey = (ref: TimerRef): Item => keyOf(partitionOf(bucketOf(ref)), sortOf(ref));
const indexKey = ({ minute, shard }: TimerBucket): Item => keyOf("minutes", `${minute}#${shard}`);
const WATERMARK = keyOf("watermark", "tick");

const refIn = (sort: string): TimerRef => {
  const end = sort.indexOf("#");
  return { due: sort.slice(0, end), id: sort.slice(end + 1) };
};
const refOf = (item: Item): TimerRef => refIn(item.sk?.S ?? "");

const soonAt = (now: number): string => new Date(now + SET_DIRECTLY_MS).toISOString();

/** Keys of a batch must differ. */
const distinct = (requests: readonly WriteRequest[]): WriteRequest[] => [
  ...new Map(
    requests.map((request) => {
      const key = request.PutRequest?.Item ?? request.DeleteRequest?.Key;
      return [`${key?.pk?.S} ${key?.sk?.S}`, request] as const;
    }),
  ).values(),
];

/** More than the minutes of a week ahead that one process sets timers for. */
const MAX_KNOWN_MARKS = 50_000;

/** Timers that are set by somebody else's write, so that this costs no request. */
export type JoinedTimers = {
  /** What to put. Empty for those that are due so soon that they must be handed over: those are set already. */
  readonly puts: readonly PutItemCommandInput[];
  /** Called once it is written. */
  readonly written: () => void;
};

export type DynamoTimers = Timers & {
  /** Sets timers together with what they are about. */
  readonly join: (timers: readonly Timer[]) => Promise<JoinedTimers>;
};

/**
 * Timers in buckets by minute; beside them an index of the minutes that hold any. One request to set one.
 *
 * The index is one partition, which takes 1,000 writes a second (DynamoDB Developer Guide, "Partitions and data
 * distribution"). So a process marks a bucket once: only the tick removes marks, and only of minutes that are over.
 */
export const dynamoTimers = (
  options: Table & { readonly due: DueQueue; readonly clock: Clock },
): DynamoTimers => {
  const marked = new Set<string>();
  const isMarked = (bucket: TimerBucket, now: number): boolean =>
    minuteMs(bucket.minute) > now && marked.has(partitionOf(bucket));
  const remember = (buckets: readonly TimerBucket[]): void => {
    if (marked.size + buckets.length > MAX_KNOWN_MARKS) marked.clear();
    for (const bucket of buckets) marked.add(partitionOf(bucket));
  };

  const itemsOf = (timers: readonly Timer[], now: number) => {
    const unmarked = timers.map(bucketOf).filter((bucket) => !isMarked(bucket, now));
    const items: readonly Item[] = [
      ...timers.map((timer) => ({
        ...timerKey(timer),
        ...attributes({ event: JSON.stringify(timer.event) }),
      })),
      ...unmarked.map(indexKey),
    ];
    const requests = distinct(items.map((item) => ({ PutRequest: { Item: item } })));
    return { requests, written: () => remember(unmarked) };
  };
  const set: Timers["set"] = async (timers) => {
    if (timers.length === 0) return;
    const now = options.clock.now();
    const { requests, written } = itemsOf(timers, now);
    await batchWrite(options, requests);
    written();
    const direct = timers.filter(({ due }) => due <= soonAt(now));
    if (direct.length > 0) await options.due.send(direct.map(({ id, due }) => ({ id, due })));
  };

  return {
    set,
    join: async (timers) => {
      const now = options.clock.now();
      await set(timers.filter(({ due }) => due <= soonAt(now)));
      const { requests, written } = itemsOf(
        timers.filter(({ due }) => due > soonAt(now)),
        now,
      );
      const puts = requests.flatMap(({ PutRequest }) =>
        PutRequest?.Item === undefined ? [] : [{ TableName: options.table, Item: PutRequest.Item }],
      );
      return { puts, written };
    },
    cancel: async (timers) => {
      await batchWrite(options, distinct(timers.map((ref) => ({ DeleteRequest: { Key: timerKey(ref) } }))));
    },
  };
};

/** The same table as the tick sees it. */
export const dynamoTimerTable = ({ client, table }: Table): TimerTable => {
  const pages = (partition: string, range: { readonly upTo?: string; readonly after?: string }) =>
    queryPages(client, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: [
        "pk = :pk",
        ...(range.upTo === undefined ? [] : ["sk <= :upTo"]),
        ...(range.after === undefined ? [] : ["sk > :after"]),
      ].join(" AND "),
      ExpressionAttributeValues: attributes({
        ":pk": partition,
        ":upTo": range.upTo,
        ":after": range.after,
      }),
      ProjectionExpression: range.upTo === undefined ? "pk, sk" : "pk, sk, handed",
    });

  return {
    buckets: async (last) => {
      const found: TimerBucket[] = [];
      // `~` sorts after every shard number.
      for await (const page of pages("minutes", { upTo: `${last}#~` })) {
        for (const item of page) {
          const [minute = "", shard = ""] = (item.sk?.S ?? "").split("#");
          const handed = item.handed?.S === undefined ? {} : { handed: refIn(item.handed.S) };
          found.push({ minute, shard: Number(shard), ...handed });
        }
      }
      return found;
    },
    timersOf: async function* (bucket, after) {
      const range = after === undefined ? {} : { after: sortOf(after) };
      for await (const page of pages(partitionOf(bucket), range)) if (page.length > 0) yield page.map(refOf);
    },
    mark: async (bucket, handed) => {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: indexKey(bucket),
            UpdateExpression: "SET handed = :handed",
            ConditionExpression: "attribute_exists(pk)",
            ExpressionAttributeValues: attributes({ ":handed": sortOf(handed) }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    forget: async (bucket) => {
      await client.send(new DeleteItemCommand({ TableName: table, Key: indexKey(bucket) }));
    },
    watermark: async () => {
      const item = await getItem({ client, table }, WATERMARK);
      return item?.minute?.S ?? null;
    },
    advance: async (minute) => {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: WATERMARK,
            UpdateExpression: "SET #minute = :minute",
            ConditionExpression: "attribute_not_exists(pk) OR #minute < :minute",
            ExpressionAttributeNames: { "#minute": "minute" },
            ExpressionAttributeValues: attributes({ ":minute": minute }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    get: async (ref) => {
      const item = await getItem({ client, table }, timerKey(ref));
      if (item === undefined) return null;
      return { ...ref, event: z.parse(Event, JSON.parse(item.event?.S ?? "null")) } satisfies Timer;
    },
    remove: async (ref) => {
      await client.send(new DeleteItemCommand({ TableName: table, Key: timerKey(ref) }));
    },
  };
};
