/**
 * Times as clients write them, from 1900 to 2099: the year 1 is how Go and .NET write that none was set. Strict on purpose:
 * `Date.parse` takes `foo 1` for a day of 2001, 30 February for 2 March, and a time without a zone for the machine's own.
 */

const CLOCK = String.raw`(?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?`;
/** A zone in brackets or a comment behind it says the same again. */
const ZONE = String.raw` ?(?<zone>[A-Za-z]{1,3}(?:[+-]\d{4})?|[+\-\u2212]\d\d(?::?\d\d)?)?(?:\[[^\]]*\])?(?: ?\([^)]*\))?`;
const WEEKDAY = "(?:[A-Za-z]{3,9},? +)?";
const MONTH = "(?<name>[A-Za-z]{3})[a-z]*";

const FORMS: readonly RegExp[] = [
  // RFC 3339 and ISO 8601, the basic form too; SQL and Python put a blank between day and time. Digits of other years are a
  // count of milliseconds.
  new RegExp(
    String.raw`^(?<year>(?:19|20)\d\d)(?<dash>-?)(?<month>\d\d)\k<dash>(?<day>\d\d)(?:[Tt ]?${CLOCK}${ZONE})?$`,
  ),
  // RFC 2822, and RFC 850 before it.
  new RegExp(String.raw`^${WEEKDAY}(?<day>\d\d?)[ -]${MONTH}[ -](?<year>\d{4}|\d\d),? +${CLOCK}${ZONE}$`),
  // What JavaScript's `Date` says of itself.
  new RegExp(String.raw`^${WEEKDAY}${MONTH} +(?<day>\d\d?),? +(?<year>\d{4}),? +${CLOCK}${ZONE}$`),
  // C's `asctime`, the year last.
  new RegExp(String.raw`^${WEEKDAY}${MONTH} +(?<day>\d\d?) +${CLOCK}${ZONE} +(?<year>\d{4})$`),
];

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Hours east of Greenwich, of the zones that RFC 2822 names. */
const NAMED_ZONES: ReadonlyMap<string, number> = new Map([
  ...["", "Z", "UT", "UTC", "GMT"].map((name) => [name, 0] as const),
  ...Object.entries({ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 }),
]);
const OFFSET = /^(?:GMT|UTC)?([+\-\u2212])(\d\d):?(\d\d)?$/;

/** Minutes east of Greenwich; undefined: no zone that anybody agrees on. A time without a zone is in UTC. */
const offsetOf = (zone = ""): number | undefined => {
  const name = zone.toUpperCase();
  const [, sign, hours, minutes = "0"] = OFFSET.exec(name) ?? [];
  if (sign !== undefined) return (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
  const known = NAMED_ZONES.get(name);
  return known === undefined ? undefined : known * 60;
};

/** RFC 2822, 4.3: two digits are a year from 1950 to 2049. */
const yearOf = (digits: string): number => {
  if (digits.length > 2) return Number(digits);
  return Number(digits) + (Number(digits) < 50 ? 2000 : 1900);
};

type Parts = Readonly<Record<string, string | undefined>>;

const fromParts = (parts: Parts): number | undefined => {
  const year = yearOf(parts.year ?? "");
  const month = parts.name === undefined ? Number(parts.month) : MONTHS.indexOf(parts.name.toLowerCase()) + 1;
  const [day, hour] = [Number(parts.day), Number(parts.hour ?? 0)];
  const [minute, second] = [Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  const offset = offsetOf(parts.zone);
  if (offset === undefined) return undefined;
  // 24:00 is the end of a day, :60 a leap second.
  if (minute > 59 || second > 60 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const milliseconds = Number((parts.fraction ?? "0").padEnd(3, "0").slice(0, 3));
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + milliseconds;
};

/**
 * Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size: each stays readable for times
 * from 1973 to 5138. Nought is how a time is written that was never set.
 */
const sinceEpoch = (count: number): number | undefined => {
  const size = Math.abs(count);
  if (size === 0 || !(size < 1e20)) return undefined;
  if (size < 1e11) return Math.round(count * 1_000);
  if (size < 1e14) return Math.trunc(count);
  return Math.trunc(count / (size < 1e17 ? 1e3 : 1e6));
};

const COUNT = /^-?\d{9,19}(?:\.\d+)?$/;

/** A time as a client may have written it in JSON. */
export type ToldMoment = string | number | null | undefined;

/**
 * Milliseconds since 1970; undefined where nothing is said, or nothing that can be read. Reads RFC 3339, ISO 8601,
 * RFC 2822, what `Date` says of itself, and seconds, milliseconds, microseconds or nanoseconds since 1970.
 */
export const readMoment = (told: ToldMoment): number | undefined => {
  if (typeof told === "number") return sinceEpoch(told);
  const text = told?.trim() ?? "";
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    const moment = parts === undefined ? undefined : fromParts(parts);
    if (moment !== undefined) return moment;
  }
  return COUNT.test(text) ? sinceEpoch(Number(text)) : undefined;
};
