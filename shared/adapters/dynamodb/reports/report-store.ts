import { NOT_COUNTED } from "#domain/report/count.ts";
import { sumRows } from "#domain/report/row.ts";
import type { Clock } from "#ports/clock.ts";
import type { DayRange, ReportStore } from "#ports/report-store.ts";
import { getItems } from "../requests/batches.ts";
import { attributes, putOver, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";
import { addToRow, fromMark, fromRow, markKey, monthKey, monthOf, toMark } from "./report-items.ts";

/** Writers of one row at the same time take different shards, mostly. */
const SHARDS = 4;

/** The months of a range, `2026-11`. */
const monthsOf = ({ from, to }: DayRange): readonly string[] => {
  const months: string[] = [];
  const month = new Date(`${monthOf(from)}-01T00:00:00.000Z`);
  while (month.toISOString().slice(0, 7) <= monthOf(to)) {
    months.push(month.toISOString().slice(0, 7));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return months;
};

/** Reports for those who show them. */
export const dynamoReportReader = ({ client, table }: Table): Pick<ReportStore, "read"> => ({
  read: async (days) => {
    const found = await Promise.all(
      monthsOf(days).map((month) =>
        queryAll(client, {
          TableName: table,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          // `$` comes after `#`, which follows the day.
          ExpressionAttributeValues: attributes({
            ":pk": monthKey(month),
            ":from": days.from,
            ":to": `${days.to}$`,
          }),
        }),
      ),
    );
    return sumRows(found.flat().map(fromRow));
  },
});

/** Counts by day in the learning table, with what was counted of each decision in the same transaction. */
export const dynamoReportStore = (
  options: Table & {
    /** Uniform in [0, 1): picks the shard. */
    readonly random: () => number;
    /** Of what happened longer ago than an hour nobody asks for the minute. */
    readonly clock: Clock;
  },
): ReportStore => {
  const { client, table } = options;
  return {
    ...dynamoReportReader(options),
    marks: async (decisionIds) => {
      const keys = decisionIds.map(markKey);
      const items = await getItems(options, keys);
      const byKey = new Map(items.map((item) => [item.pk?.S, fromMark(item)]));
      return keys.map(({ pk }) => byKey.get(pk?.S) ?? NOT_COUNTED);
    },
    count: async (changes) => {
      const place = { shard: Math.floor(options.random() * SHARDS), now: options.clock.now() };
      const rows = sumRows(changes.flatMap(({ added }) => added));
      const raced = await transact(client, [
        ...changes.map(({ decisionId, mark, expires }) => ({
          Put: putOver(table, { ...markKey(decisionId), ...toMark(mark, expires) }, mark.version - 1),
        })),
        ...rows.map((row) => ({ Update: addToRow(table, row, place) })),
      ]);
      return raced === null;
    },
  };
};
