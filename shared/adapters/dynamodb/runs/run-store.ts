import { DeleteItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { JourneyRun } from "#domain/records/journey.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { Clock } from "#ports/clock.ts";
import type { RunCare, RunLists, RunStore } from "#ports/run-store.ts";
import { getItems } from "../requests/batches.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, type Item, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import {
  countsKey,
  dueKey,
  fromRunItem,
  parkedKey,
  RESUMING,
  resumingKey,
  runKey,
  SHARD_NAMES,
  STILL,
  stepKey,
  stillKey,
} from "./run-items.ts";

/** What is kept still is seen within this, as a published version is (invariant 6). */
const STILL_MS = 5_000;
const MOST_A_SHARD = 100;
/** Where a run stands in the list of a step: since when, and its id. */
const PLACE = /^\d{4}-[^#]+#run_\w+$/;

const placeOf = ({ since, runId }: JourneyRun): string => `${since}#${runId}`;

const runsOf = async (table: Table, keys: readonly Item[]): Promise<readonly JourneyRun[]> => {
  const items = await getItems(table, keys);
  return items.map(fromRunItem);
};

const keysOf = ({ pk, sk }: Item): Item => ({ ...(pk && { pk }), ...(sk && { sk }) });

/** Runs as apply-events reads them. */
export const dynamoRunStore = (options: Table & { readonly clock: Clock }): RunStore => {
  let known: { readonly at: number; readonly still: Promise<ReadonlySet<string>> } | undefined;
  const read = async (): Promise<ReadonlySet<string>> => {
    const items = await queryAll(options.client, {
      TableName: options.table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: attributes({ ":pk": STILL }),
    });
    return new Set(items.map((item) => item.sk?.S ?? ""));
  };
  return {
    get: (runIds) => runsOf(options, [...new Set(runIds)].map(runKey)),
    still: () => {
      const now = options.clock.now();
      if (known === undefined || now - known.at >= STILL_MS || now < known.at) {
        const still = read();
        known = { at: now, still };
        // A failure is not kept.
        still.catch(() => {
          known = undefined;
        });
      }
      return known.still;
    },
  };
};

/** Runs of many people: from the indexes, which know no consistent read; what they name is read again from the table. */
export const dynamoRunLists = ({ client, table }: Table): RunLists => ({
  atStep: async (journey, step, { limit, cursor }) => {
    const before = cursor === undefined ? null : fromCursor(cursor, PLACE);
    const pages = await Promise.all(
      SHARD_NAMES.map(async (shard) => {
        const answer = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: INDEXES.runsByStep,
            KeyConditionExpression: before === null ? "stepKey = :key" : "stepKey = :key AND since <= :since",
            ExpressionAttributeValues: attributes({
              ":key": stepKey(journey, step, shard),
              ":since": before?.split("#")[0],
            }),
            ScanIndexForward: false,
            Limit: limit + 1,
          }),
        );
        return answer.Items ?? [];
      }),
    );
    const found = await runsOf({ client, table }, pages.flat().map(keysOf));
    const runs = found
      .filter((run) => run.ended === undefined && run.step === step)
      .filter((run) => before === null || placeOf(run) < before)
      .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    const last = runs[limit - 1];
    return {
      runs: runs.slice(0, limit),
      cursor: runs.length > limit && last !== undefined ? toCursor(placeOf(last)) : null,
    };
  },
  countStep: async (journey, step) => {
    const counted = await Promise.all(
      SHARD_NAMES.map((shard) => countShard({ client, table }, stepKey(journey, step, shard))),
    );
    const oldest = counted.flatMap((one) => one.oldest ?? []).sort()[0] ?? null;
    return { inside: counted.reduce((sum, { inside }) => sum + inside, 0), oldest };
  },
  counts: async (journey) => {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: attributes({ ":pk": countsKey(journey) }),
    });
    const sums: Record<"walk" | "held", Record<string, number>> = { walk: {}, held: {} };
    for (const item of items) {
      for (const [name, value] of Object.entries(item)) {
        const [group, ...what] = name.split("#");
        if (group !== "walk" && group !== "held") continue;
        const of = sums[group];
        of[what.join("#")] = (of[what.join("#")] ?? 0) + Number(value.N ?? 0);
      }
    }
    return { walking: sums.walk, heldOut: sums.held };
  },
});

/** How many lie under a key of the index, and the first of them. A request for some 7,000. */
const countShard = async ({ client, table }: Table, key: string) => {
  const of = {
    TableName: table,
    IndexName: INDEXES.runsByStep,
    KeyConditionExpression: "stepKey = :key",
    ExpressionAttributeValues: attributes({ ":key": key }),
  };
  let inside = 0;
  let oldest: string | undefined;
  let from: Item | undefined;
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const answer = await client.send(new QueryCommand({ ...of, ...start, ProjectionExpression: "since" }));
    inside += answer.Count ?? 0;
    oldest ??= answer.Items?.[0]?.since?.S;
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return { inside, oldest };
};

/** What keeps journeys still, and finds runs that did not move in time. */
export const dynamoRunCare = ({ client, table }: Table): RunCare => {
  const dueUnder = async (key: string, before: string, limit: number): Promise<readonly JourneyRun[]> => {
    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: INDEXES.runsByDue,
        KeyConditionExpression: "dueKey = :key AND due <= :before",
        ExpressionAttributeValues: attributes({ ":key": key, ":before": before }),
        Limit: limit,
      }),
    );
    return runsOf({ client, table }, items.map(keysOf));
  };
  const put = async (key: Item, at: string): Promise<void> => {
    await client.send(new PutItemCommand({ TableName: table, Item: { ...key, ...attributes({ at }) } }));
  };
  const remove = async (key: Item): Promise<void> => {
    await client.send(new DeleteItemCommand({ TableName: table, Key: key }));
  };
  return {
    keepStill: async (journey, at) => {
      await put(stillKey(journey), at);
      await remove(resumingKey(journey));
    },
    letGo: async (journey, at) => {
      await put(resumingKey(journey), at);
      await remove(stillKey(journey));
    },
    resuming: async () => {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: attributes({ ":pk": RESUMING }),
      });
      return items.map((item) => item.sk?.S ?? "");
    },
    forget: (journey) => remove(resumingKey(journey)),
    overdue: async (before) => {
      const found = await Promise.all(
        SHARD_NAMES.map((shard) => dueUnder(dueKey(shard), before, MOST_A_SHARD)),
      );
      return found
        .flat()
        .filter(({ due }) => due !== undefined && due <= before)
        .sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1));
    },
    parked: async (journey, limit) => {
      const found = await dueUnder(parkedKey(journey), "9999", limit);
      return found.filter(
        (run) => run.ended === undefined && run.due === undefined && run.pausedAt === undefined,
      );
    },
  };
};
