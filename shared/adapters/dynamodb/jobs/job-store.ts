import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Job, JobKind } from "#domain/audience/job.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { Clock } from "#ports/clock.ts";
import type { JobStore, KeptJob } from "#ports/job-store.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, getItem, putNew, putOver, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { PATIENTLY, putAll, transact } from "../requests/transact.ts";
import {
  fromJobItem,
  fromSliceItem,
  fromToldItem,
  jobKey,
  markExpiry,
  placeOf,
  reportKey,
  roundPrefix,
  sliceKey,
  toJobItem,
  toldKey,
  toSliceItem,
} from "./job-items.ts";

const PLACE = /^\d{4}-[^#]+#\w+$/;

/** Reports that are counted sort between the job and its slices: they are left out. */
const readJob = async ({ client, table }: Table, jobId: string): Promise<KeptJob | null> => {
  const item = await getItem({ client, table }, jobKey(jobId));
  if (item === undefined) return null;
  const job = fromJobItem(item);
  const [slices, told] = await Promise.all([
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :round)",
      ExpressionAttributeValues: attributes({ ":pk": jobId, ":round": roundPrefix(job.round) }),
      ConsistentRead: true,
    }),
    getItem({ client, table }, toldKey(jobId)),
  ]);
  return { job, slices: slices.map(fromSliceItem), told: fromToldItem(told) };
};

const newestOf = async (
  { client, table }: Table,
  kind: JobKind,
  { limit, before }: { readonly limit: number; readonly before: string | null },
): Promise<readonly Job[]> => {
  const { Items: items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: INDEXES.jobsByKind,
      KeyConditionExpression: before === null ? "kind = :kind" : "kind = :kind AND created < :before",
      ExpressionAttributeValues: attributes({ ":kind": kind, ":before": before ?? undefined }),
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return items.map(fromJobItem);
};

const tellOnce =
  (options: Table & { readonly clock: Clock }): JobStore["tell"] =>
  async (jobId, what, reportId) => {
    const { client, table, clock } = options;
    const mark = { ...reportKey(jobId, what, reportId), ...attributes({ expires: markExpiry(clock.now()) }) };
    await retryConflicts({ ...PATIENTLY, message: "too much is told of a send at once" }, async () => {
      const failed = await transact(client, [
        { Put: putNew(table, mark) },
        {
          Update: {
            TableName: table,
            Key: toldKey(jobId),
            UpdateExpression: "ADD #what :one",
            ExpressionAttributeNames: { "#what": what },
            ExpressionAttributeValues: attributes({ ":one": 1 }),
          },
        },
      ]);
      // The first: the report is counted already. Past both: another one was in the way.
      return failed === null || failed === 0 ? true : CONFLICT;
    });
    return fromToldItem(await getItem(options, toldKey(jobId)));
  };

/** Jobs and their slices, each written over what was read. */
export const dynamoJobStore = (options: Table & { readonly clock: Clock }): JobStore => {
  const { client, table } = options;
  const put = async (puts: Parameters<typeof putAll>[1]) =>
    (await putAll(client, puts)) === null ? "saved" : "conflict";
  return {
    create: async (job, slices) => {
      const items = [toJobItem(job), ...slices.map((slice) => toSliceItem(slice, job))];
      return (await put(items.map((item) => putNew(table, item)))) === "saved";
    },
    get: async (jobId) => {
      const item = await getItem(options, jobKey(jobId));
      return item === undefined ? null : fromJobItem(item);
    },
    read: (jobId) => readJob(options, jobId),
    save: (job, slices = []) =>
      put([
        putOver(table, toJobItem(job), job.version - 1),
        ...slices.map((slice) => putNew(table, toSliceItem(slice, job))),
      ]),
    slice: async (of) => {
      const item = await getItem(options, sliceKey(of));
      return item === undefined ? null : fromSliceItem(item);
    },
    saveSlice: (slice, job) => put([putOver(table, toSliceItem(slice, job), slice.version - 1)]),
    list: async (kinds, { limit, cursor }) => {
      const before = cursor === undefined ? null : fromCursor(cursor, PLACE);
      const found = await Promise.all(
        kinds.map((kind) => newestOf(options, kind, { limit: limit + 1, before })),
      );
      const jobs = found.flat().sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
      const last = jobs[limit - 1];
      const hasMore = jobs.length > limit && last !== undefined;
      return { jobs: jobs.slice(0, limit), cursor: hasMore ? toCursor(placeOf(last)) : null };
    },
    tell: tellOnce(options),
  };
};
