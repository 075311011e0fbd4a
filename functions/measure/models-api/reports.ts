import { localDay } from "#domain/calendar/local-day.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { SLICE_MS } from "#domain/report/row.ts";
import {
  compareLines,
  DIMENSIONS,
  type Dimension,
  lastHourOf,
  linesOf,
  type ReportLine,
  refusalsOf,
} from "#domain/report/table.ts";
import { wrongField } from "#kernel/errors.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import type { DayRange, ReportStore } from "#ports/report-store.ts";
import type { Answer, Call } from "#runtime/http/operation.ts";
import { compareVariants } from "./experiments.ts";
import type { operations } from "./operations.ts";

export type ReportCalls = {
  readonly playbook: () => Promise<PlaybookDocument>;
  readonly reports: Pick<ReportStore, "read">;
  readonly experiments: Pick<ExperimentStore, "sums">;
  readonly clock: Clock;
};

type Query = Call<typeof operations.showReport>["query"];
type Place = Pick<ReportLine, "day" | "key">;

/** What one look may cover; what is asked for without days are the last seven. */
const MOST_DAYS = 366;
const USUAL_DAYS = 7;

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** A day as it is, or the day on which a moment falls for the brand. */
const dayIn = (given: string, zone: string): string =>
  given.includes("T") ? localDay(zone, Date.parse(given)) : given;

const rangeOf = ({ from, to }: Query, zone: string, now: number): DayRange => {
  const last = to === undefined ? localDay(zone, now) : dayIn(to, zone);
  const first = from === undefined ? dayBefore(last, USUAL_DAYS - 1) : dayIn(from, zone);
  if (first > last) throw wrongField("from", `a day not after ${last}`, "a later one");
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (days > MOST_DAYS) throw wrongField("from", `at most ${MOST_DAYS} days before the last`, `${days} days`);
  return { from: first, to: last };
};

const toCursor = ({ day, key }: Place): string =>
  Buffer.from(JSON.stringify([day, key])).toString("base64url");

const fromCursor = (cursor: string | undefined): Place | undefined => {
  if (cursor === undefined) return undefined;
  const read = (): unknown => {
    try {
      return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    } catch {
      return undefined;
    }
  };
  const place = read();
  const [day, key] = Array.isArray(place) ? place : [];
  if (typeof day === "string" && typeof key === "string") return { day, key };
  throw wrongField("cursor", "the cursor of the answer before", "another text");
};

/** In the order they were asked for. */
const dimensionsIn = ({ by = "action" }: Query): readonly Dimension[] =>
  [...new Set(by.split(","))].flatMap((name) => DIMENSIONS.filter((dimension) => dimension === name));

/** Each line comes once, however the days between two pages go on: the cursor names the last that was answered. */
const pageOf = (lines: readonly ReportLine[], after: Place | undefined, limit: number) => {
  const rest = after === undefined ? lines : lines.filter((line) => compareLines(after, line) < 0);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, last: rest.length > limit ? last : undefined };
};

/** Whether the last hour, which may have begun the day before, lies within the days. */
const holdsLastHour = ({ from, to }: DayRange, zone: string, now: number): boolean =>
  from <= localDay(zone, now - HOUR_MS - SLICE_MS) && to >= localDay(zone, now);

/** `GET /v1/reports`: what was decided and what came of it, by day. Refusals come with the page on which their day begins. */
export const reportCalls =
  (deps: ReportCalls) =>
  async ({ query }: Call<typeof operations.showReport>): Promise<Answer<typeof operations.showReport>> => {
    const { brand, experiments = [] } = await deps.playbook();
    const range = rangeOf(query, brand.timeZone, deps.clock.now());
    const after = fromCursor(query.cursor);
    const now = deps.clock.now();
    const rows = await deps.reports.read(range);
    const { items, last } = pageOf(linesOf(rows, dimensionsIn(query)), after, query.limit);
    const isOnThisPage = (day: string): boolean =>
      (after === undefined || day < after.day) && (last === undefined || day >= last.day);
    const withHoldout = experiments.filter(({ variants }) => variants.some(({ holdout }) => holdout));
    return {
      status: 200,
      json: {
        ...range,
        timeZone: brand.timeZone,
        items,
        cursor: last === undefined ? null : toCursor(last),
        refused: refusalsOf(rows).filter(({ day }) => isOnThisPage(day)),
        lastHour:
          after === undefined && holdsLastHour(range, brand.timeZone, now)
            ? lastHourOf(rows, dimensionsIn(query), now)
            : null,
        uplift: after === undefined ? await compareVariants(deps.experiments, withHoldout) : [],
      },
    };
  };
