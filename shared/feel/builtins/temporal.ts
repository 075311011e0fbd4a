import type { Caller } from "../run/caller.ts";
import { checkedEpochDay, civilDateOf, dayOfYearOf, weekdayOf, weekOfYearOf } from "../temporal/calendar.ts";
import {
  checkedNanoOfDay,
  dateTimeOf,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
} from "../temporal/parse.ts";
import { quotient } from "../temporal/quotient.ts";
import { offsetOfInstant } from "../temporal/zone.ts";
import { MAXIMUM_OFFSET, NANOS_PER_DAY, NANOS_PER_SECOND, SECONDS_PER_DAY } from "../values/temporal.ts";
import {
  ANY,
  DATE,
  DATE_TIME,
  type FeelType,
  MONTHS_DURATION,
  NUMBER,
  STRING,
  TIME,
} from "../values/types.ts";
import {
  FeelDate,
  FeelDateTime,
  type FeelDaysDuration,
  FeelMonthsDuration,
  FeelTime,
  type FeelValue,
} from "../values/values.ts";
import { type BuiltinFunction, builtin, overloaded } from "./builtin-function.ts";
import { overload } from "./signature.ts";

const WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** Functions that make and read values of time (DMN 1.5, 10.3.4.1 and 10.3.4.7). */
export function temporalFunctions(): BuiltinFunction[] {
  return [
    ...conversions(),
    builtin("now", DATE_TIME, [], now),
    builtin("today", DATE, [], (caller) => {
      const moment = now(caller);
      return moment && new FeelDate(moment.epochDay);
    }),
    ofDay("day of year", NUMBER, dayOfYearOf),
    ofDay("day of week", STRING, (epochDay) => WEEKDAYS[weekdayOf(epochDay) - 1]),
    ofDay("month of year", STRING, (epochDay) => MONTHS[civilDateOf(epochDay).month - 1]),
    ofDay("week of year", NUMBER, weekOfYearOf),
  ];
}

/** Conversions to values of time (DMN 1.5, 10.3.4.1). */
function conversions(): BuiltinFunction[] {
  return [
    overloaded(
      "date",
      DATE,
      overload(["from:string"], (_, text) => parseDate(text) ?? undefined),
      overload(["from:moment"], (_, moment) =>
        moment instanceof FeelDate ? moment : new FeelDate(moment.epochDay),
      ),
      overload(["year:number", "month:number", "day:number"], (_, year, month, day) => {
        const epochDay = checkedEpochDay(year, month, day);
        return epochDay === null ? undefined : new FeelDate(epochDay);
      }),
    ),
    overloaded(
      "time",
      TIME,
      overload(["from:string"], (_, text) =>
        text.startsWith("T") ? undefined : (parseTime(text) ?? undefined),
      ),
      overload(["from:time"], (_, time) => time),
      overload(["from:moment"], (_, moment) =>
        moment instanceof FeelDate
          ? new FeelTime(0, 0, null)
          : new FeelTime(moment.nanoOfDay, moment.zone === null ? moment.offset : null, moment.zone),
      ),
      overload(["hour:number", "minute:number", "second:number", "offset?:daysDuration"], (_, ...parts) =>
        timeFrom(...parts),
      ),
    ),
    overloaded(
      "date and time",
      DATE_TIME,
      overload(["from:string"], (_, text) => readDateTime(text)),
      overload(["from:dateTime"], (_, moment) => moment),
      overload(["from:date"], (_, { epochDay }) => new FeelDateTime(epochDay, 0, 0, null)),
      overload(["date:moment", "time:time"], (_, { epochDay }, { nanoOfDay, offset, zone }) =>
        dateTimeOf(epochDay, nanoOfDay, offset, zone),
      ),
    ),
    builtin("duration", ANY, ["from:string"], (_, text) => parseDuration(text) ?? undefined),
    builtin(
      "years and months duration",
      MONTHS_DURATION,
      ["from:moment", "to:moment"],
      (_, from, to) => new FeelMonthsDuration(monthsBetween(from, to)),
    ),
  ];
}

function ofDay(name: string, result: FeelType, call: (epochDay: number) => FeelValue | undefined) {
  return builtin(name, result, ["date:moment"], (_, { epochDay }) => call(epochDay));
}

/** A date alone is its midnight without a zone, as XML Schema reads it. */
function readDateTime(text: string): FeelDateTime | undefined {
  const moment = parseDateTime(text);
  if (moment) return moment;
  const date = parseDate(text);
  return date ? new FeelDateTime(date.epochDay, 0, null, null) : undefined;
}

function timeFrom(
  hour: number,
  minute: number,
  second: number,
  offset: FeelDaysDuration | undefined,
): FeelTime | undefined {
  if (!Number.isInteger(hour) || !Number.isInteger(minute)) return undefined;
  const whole = Math.trunc(second);
  const nano = Math.min(NANOS_PER_SECOND - 1, Math.round((second - whole) * NANOS_PER_SECOND));
  const nanoOfDay = checkedNanoOfDay(hour, minute, whole, nano);
  if (nanoOfDay === null || second < 0) return undefined;
  if (offset && Math.abs(offset.seconds) > MAXIMUM_OFFSET) return undefined;
  return new FeelTime(nanoOfDay % NANOS_PER_DAY, offset ? offset.seconds : null, null);
}

/** Whole months between two calendar days, rounded towards zero: from the 31st to the 30th is not yet a month. */
function monthsBetween(from: FeelDate | FeelDateTime, to: FeelDate | FeelDateTime): number {
  const start = civilDateOf(from.epochDay);
  const end = civilDateOf(to.epochDay);
  const months = (end.year - start.year) * 12 + end.month - start.month;
  if (months > 0 && end.day < start.day) return months - 1;
  return months < 0 && end.day > start.day ? months + 1 : months;
}

/** The injected clock in the injected zone: FEEL here knows no other time. */
function now(caller: Caller): FeelDateTime | null {
  const { environment } = caller.run;
  if (environment?.now === undefined) return caller.warn("no-clock", "the caller gave no clock");
  const zone = environment.zone ?? "Z";
  const seconds = quotient(environment.now, 1000);
  const nano = (environment.now - seconds * 1000) * 1_000_000;
  const offset = zone === "Z" ? 0 : (parseTime(`00:00:00${zone}`)?.offset ?? offsetOfInstant(zone, seconds));
  if (offset === null) return caller.warn("no-clock", `unknown zone \`${zone}\``);
  const local = seconds + offset;
  const epochDay = quotient(local, SECONDS_PER_DAY);
  const nanoOfDay = (local - epochDay * SECONDS_PER_DAY) * NANOS_PER_SECOND + Math.round(nano);
  return new FeelDateTime(epochDay, nanoOfDay, offset, /^[A-Z].*[a-zA-Z]/.test(zone) ? zone : null);
}
