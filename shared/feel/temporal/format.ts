import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  type FeelMonthsDuration,
  FeelTime,
  NANOS_PER_SECOND,
} from "../values/temporal.ts";
import { civilDateOf } from "./calendar.ts";
import { quotient } from "./quotient.ts";
import { offsetOfLocal } from "./zone.ts";

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function formatDate(epochDay: number): string {
  const { year, month, day } = civilDateOf(epochDay);
  return `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function formatFraction(nano: number): string {
  return nano === 0 ? "" : `.${String(nano).padStart(9, "0").replace(/0+$/, "")}`;
}

function formatClock(nanoOfDay: number): string {
  const nano = nanoOfDay % NANOS_PER_SECOND;
  const seconds = (nanoOfDay - nano) / NANOS_PER_SECOND;
  const hour = quotient(seconds, 3600);
  const minute = quotient(seconds, 60) % 60;
  return `${two(hour)}:${two(minute)}:${two(seconds % 60)}${formatFraction(nano)}`;
}

function formatOffset(offset: number | null, zone: string | null): string {
  if (zone !== null) return `@${zone}`;
  if (offset === null) return "";
  if (offset === 0) return "Z";
  const size = Math.abs(offset);
  const seconds = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `${offset < 0 ? "-" : "+"}${two(quotient(size, 3600))}:${two(quotient(size, 60) % 60)}${seconds}`;
}

function formatDaysDuration({ seconds, nano }: FeelDaysDuration): string {
  const negative = seconds < 0;
  const whole = negative ? -seconds - (nano > 0 ? 1 : 0) : seconds;
  const rest = negative && nano > 0 ? NANOS_PER_SECOND - nano : nano;
  const days = quotient(whole, 86_400);
  const hours = quotient(whole, 3600) % 24;
  const minutes = quotient(whole, 60) % 60;
  const secondsPart = whole % 60 || rest ? `${whole % 60}${formatFraction(rest)}S` : "";
  const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${secondsPart}`;
  if (!days && !time) return "PT0S";
  return `${negative ? "-" : ""}P${days ? `${days}D` : ""}${time ? `T${time}` : ""}`;
}

function formatMonthsDuration({ months }: FeelMonthsDuration): string {
  if (months === 0) return "P0M";
  const size = Math.abs(months);
  const years = quotient(size, 12);
  return `${months < 0 ? "-" : ""}P${years ? `${years}Y` : ""}${size % 12 ? `${size % 12}M` : ""}`;
}

/** The zone, but where its clocks show that time twice and the text would be read as the earlier moment. */
function tellingZone({ epochDay, nanoOfDay, offset, zone }: FeelDateTime): string | null {
  if (zone === null) return null;
  return offsetOfLocal(zone, epochDay, quotient(nanoOfDay, NANOS_PER_SECOND)) === offset ? zone : null;
}

/** The canonical text of a value of time: the one `string()` gives and `@"..."` reads. */
export function formatTemporal(
  value: FeelDate | FeelTime | FeelDateTime | FeelDaysDuration | FeelMonthsDuration,
): string {
  if (value instanceof FeelDate) return formatDate(value.epochDay);
  if (value instanceof FeelTime) return formatClock(value.nanoOfDay) + formatOffset(value.offset, value.zone);
  if (value instanceof FeelDateTime) {
    const clock = formatClock(value.nanoOfDay) + formatOffset(value.offset, tellingZone(value));
    return `${formatDate(value.epochDay)}T${clock}`;
  }
  return value instanceof FeelDaysDuration ? formatDaysDuration(value) : formatMonthsDuration(value);
}
