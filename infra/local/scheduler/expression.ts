/** When a schedule runs next, strictly after a moment (ms); null when never again. */
export type NextRun = (after: number) => number | null;

const UNITS: { readonly [unit: string]: number } = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * EventBridge Scheduler expressions: `rate(5 minutes)`, `at(2027-01-31T09:00:00)`, `cron(0 9 * * ? *)`, in UTC.
 * Rates fall on whole multiples of their length, so that every start agrees on the times.
 * @throws Error on an expression or time zone that is not understood
 */
export function compileSchedule(expression: string, timeZone: string | undefined): NextRun {
  if (timeZone !== undefined && !/^(UTC|Etc\/UTC)$/.test(timeZone)) {
    throw new Error(`schedule ${expression}: the local cloud knows the time zone UTC only, not ${timeZone}`);
  }
  const match = /^(rate|at|cron)\((.+)\)$/.exec(expression.trim());
  const [, kind = "", argument = ""] = match ?? [];
  if (kind === "rate") return compileRate(argument, expression);
  if (kind === "at") return compileAt(argument, expression);
  if (kind === "cron") return compileCron(argument, expression);
  throw new Error(`schedule ${expression}: expected rate(), at() or cron()`);
}

function compileRate(argument: string, expression: string): NextRun {
  const match = /^(\d+) (minute|hour|day)s?$/.exec(argument);
  const length = Number(match?.[1] ?? 0) * (UNITS[match?.[2] ?? ""] ?? 0);
  if (length <= 0) throw new Error(`schedule ${expression}: expected a number and minutes, hours or days`);
  return (after) => (Math.floor(after / length) + 1) * length;
}

function compileAt(argument: string, expression: string): NextRun {
  const at = Date.parse(`${argument}Z`);
  if (Number.isNaN(at)) throw new Error(`schedule ${expression}: expected yyyy-mm-ddThh:mm:ss`);
  return (after) => (at > after ? at : null);
}

type Field = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
};

const FIELDS: readonly Field[] = [
  { name: "minutes", from: 0, to: 59 },
  { name: "hours", from: 0, to: 23 },
  { name: "day of month", from: 1, to: 31 },
  {
    name: "month",
    from: 1,
    to: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  },
  { name: "day of week", from: 1, to: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] },
  { name: "year", from: 1970, to: 2199 },
];
/** A cron that finds no minute within this many days never runs. */
const HORIZON_DAYS = 366 * 8;

function compileCron(argument: string, expression: string): NextRun {
  const parts = argument.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) throw new Error(`schedule ${expression}: cron needs six fields`);
  const sets = FIELDS.map((field, index) => compileField(parts[index] ?? "", field, expression));
  const allows = (index: number, value: number): boolean => sets[index]?.has(value) ?? false;
  const dayMatches = (date: Date): boolean =>
    allows(5, date.getUTCFullYear()) &&
    allows(3, date.getUTCMonth() + 1) &&
    allows(2, date.getUTCDate()) &&
    allows(4, date.getUTCDay() + 1);
  return (after) => {
    const start = Math.floor(after / 60_000) * 60_000 + 60_000;
    const midnight = Math.floor(start / UNITS_DAY) * UNITS_DAY;
    for (let day = 0; day < HORIZON_DAYS; day += 1) {
      const date = new Date(midnight + day * UNITS_DAY);
      if (!dayMatches(date)) continue;
      for (let minute = 0; minute < 1440; minute += 1) {
        const at = date.getTime() + minute * 60_000;
        if (at >= start && allows(1, Math.floor(minute / 60)) && allows(0, minute % 60)) return at;
      }
    }
    return null;
  };
}

const UNITS_DAY = 86_400_000;

/** Lists, ranges and steps of one field; `?` and `*` allow everything. `L`, `W` and `#` are not known here. */
function compileField(text: string, field: Field, expression: string): ReadonlySet<number> {
  const allowed = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(\*|\?|[A-Z0-9]+)(?:-([A-Z0-9]+))?(?:\/(\d+))?$/.exec(part.toUpperCase());
    const first = match?.[1];
    if (match === null || first === undefined) throw unknown(text, field, expression);
    const everything = first === "*" || first === "?";
    const from = everything ? field.from : numberOf(first, field);
    const step = Number(match[3] ?? 1);
    const to =
      match[2] !== undefined
        ? numberOf(match[2], field)
        : everything || match[3] !== undefined
          ? field.to
          : from;
    if (!(from >= field.from && to <= field.to && from <= to && step > 0))
      throw unknown(text, field, expression);
    for (let value = from; value <= to; value += step) allowed.add(value);
  }
  return allowed;
}

function numberOf(text: string, field: Field): number {
  const index = field.names?.indexOf(text) ?? -1;
  return index >= 0 ? index + field.from : Number(text);
}

const unknown = (text: string, field: Field, expression: string): Error =>
  new Error(`schedule ${expression}: "${text}" is not understood as ${field.name}`);
