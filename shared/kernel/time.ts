export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** ISO-8601 UTC texts with milliseconds compare as the times they name. */
export const laterOf = (a: string, b: string): string => {
  if (a > b) return a;
  return b;
};
export const earlierOf = (a: string, b: string): string => {
  if (a < b) return a;
  return b;
};

/** Minutes as the timers' table names them: `2026-11-21T10:05`, UTC. */
export const minuteOf = (time: number): string => new Date(time).toISOString().slice(0, 16);
export const minuteMs = (minute: string): number => Date.parse(`${minute}:00.000Z`);

const DAY = /^(\d{4}-\d{2}-\d{2})(?:$|T)/;

/** Whether the calendar has the day: `Date.parse` takes 30 February for 2 March. */
export const isMoment = (text: string): boolean => {
  const day = DAY.exec(text)?.[1];
  const start = day === undefined ? Number.NaN : Date.parse(day);
  if (!Number.isFinite(start) || new Date(start).toISOString().slice(0, 10) !== day) return false;
  return Number.isFinite(Date.parse(text));
};
