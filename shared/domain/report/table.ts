import { HOUR_MS } from "#kernel/time.ts";
import {
  addCounts,
  type CountedRow,
  type Counts,
  fromParts,
  type Row,
  SLICE_MS,
  type SlicedCount,
  sliceOf,
  sumRows,
} from "./row.ts";

/** What a report may be split by. */
export const DIMENSIONS = ["action", "channel", "placement", "segment", "treatment"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What every line tells, whether it happened or not. */
const USUAL = ["decided", "sent", "delivered", "opened", "clicked", "converted"] as const;

/** One line of a report: what happened on a day with one action, channel, or whatever was asked for. */
export type ReportLine = { readonly key: string; readonly day: string } & {
  readonly [Name in Dimension]?: string;
} & {
  readonly [Name in (typeof USUAL)[number]]: number;
} & { readonly value: number; readonly outcomes: Counts };
export type Refusals = {
  readonly day: string;
  readonly placement: string;
  readonly reason: string;
  readonly count: number;
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Newest day first, then by key. */
export const compareLines = (
  a: Pick<ReportLine, "day" | "key">,
  b: Pick<ReportLine, "day" | "key">,
): number => compare(b.day, a.day) || compare(a.key, b.key);

/** A choice under one name of each dimension. */
type Named = { readonly day: string } & { readonly [Name in Dimension]: string };

/** By segment a choice stands under each that its customer was in; under none where they were in none that is reported. */
const namedIn = (row: Extract<Row, { kind: "choice" }>, by: readonly Dimension[]): readonly Named[] => {
  const { segments = [], ...names } = row;
  return (by.includes("segment") ? segments : [""]).map((segment) => ({ ...names, segment }));
};

const lineOf = (row: Named, by: readonly Dimension[], counts: Counts): ReportLine => {
  const { value = 0, ...named } = counts;
  const others = Object.entries(named).filter(([name]) => !USUAL.some((usual) => usual === name));
  const { decided = 0, sent = 0, delivered = 0, opened = 0, clicked = 0, converted = 0 } = named;
  return {
    key: keyFor(row, by),
    day: row.day,
    ...Object.fromEntries(by.map((dimension) => [dimension, row[dimension]])),
    ...{ decided, sent, delivered, opened, clicked, converted },
    value: fromParts(value),
    outcomes: Object.fromEntries(others.toSorted(([a], [b]) => compare(a, b))),
  };
};

const keyFor = (row: Named, by: readonly Dimension[]): string =>
  by.map((dimension) => row[dimension]).join(",");

/** The lines of a report, by one or two of a row's names. */
export const linesOf = (rows: readonly CountedRow[], by: readonly Dimension[]): readonly ReportLine[] => {
  const sums = new Map<string, { readonly row: Named; readonly counts: Counts }>();
  const choices = rows.flatMap(({ row, counts }) =>
    row.kind === "refusal" ? [] : namedIn(row, by).map((named) => ({ row: named, counts })),
  );
  for (const { row, counts } of choices) {
    const key = JSON.stringify([row.day, ...by.map((dimension) => row[dimension])]);
    sums.set(key, { row, counts: addCounts(sums.get(key)?.counts ?? {}, counts) });
  }
  return [...sums.values()].map(({ row, counts }) => lineOf(row, by, counts)).toSorted(compareLines);
};

/** Why nobody was contacted, newest day first. */
export const refusalsOf = (rows: readonly CountedRow[]): readonly Refusals[] =>
  rows
    .flatMap(({ row, counts }) =>
      row.kind === "refusal"
        ? Object.entries(counts).map(([reason, count]) => ({
            day: row.day,
            placement: row.placement,
            reason,
            count,
          }))
        : [],
    )
    .toSorted(
      (a, b) => compare(b.day, a.day) || compare(a.placement, b.placement) || compare(a.reason, b.reason),
    );

/** One line of what happened in the last hour. */
export type HourLine = { readonly key: string } & { readonly [Name in Dimension]?: string } & {
  readonly [Name in SlicedCount]: number;
};
export type LastHour = {
  /** The beginning of the first slice of ten minutes that reaches into it. */
  readonly since: string;
  readonly items: readonly HourLine[];
  readonly refused: readonly Omit<Refusals, "day">[];
};

/** What of the rows happened since a slice, on whatever day. */
const sinceSlice = (rows: readonly CountedRow[], first: number): readonly CountedRow[] =>
  sumRows(
    rows.flatMap(({ row, slices = {} }) => {
      const own = Object.entries(slices).flatMap(([slice, counts]) =>
        Number(slice) >= first ? [counts] : [],
      );
      return own.length === 0 ? [] : [{ row: { ...row, day: "" }, counts: own.reduce(addCounts) }];
    }),
  );

/**
 * What happened in the last hour, by one or two of a row's names.
 * @param rows of the days in which that hour lies
 */
export const lastHourOf = (rows: readonly CountedRow[], by: readonly Dimension[], now: number): LastHour => {
  const first = sliceOf(now - HOUR_MS);
  const recent = sinceSlice(rows, first);
  return {
    since: new Date(first * SLICE_MS).toISOString(),
    items: linesOf(recent, by).map(
      ({ day: _day, opened: _opened, converted: _converted, value: _value, outcomes: _outcomes, ...line }) =>
        line,
    ),
    refused: refusalsOf(recent).map(({ day: _day, ...refusal }) => refusal),
  };
};
