/** Until when a conversation may sleep, by the clock of whoever says so. */
export const SNOOZES = ["hour", "later", "tomorrow", "monday"] as const;
export type Snooze = (typeof SNOOZES)[number];

const HOUR_MS = 3_600_000;
const MORNING = 9;
const MONDAY = 1;
const WEEK = 7;

const morningIn = (now: number, days: number): Date => {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING, 0, 0, 0);
  return day;
};

/** `now` in milliseconds; the day is that of the reader's zone. */
export const snoozedUntil = (snooze: Snooze, now: number): Date => {
  switch (snooze) {
    case "hour":
      return new Date(now + HOUR_MS);
    case "later":
      return new Date(now + 4 * HOUR_MS);
    case "tomorrow":
      return morningIn(now, 1);
    case "monday":
      return morningIn(now, ((MONDAY + WEEK - new Date(now).getDay() - 1) % WEEK) + 1);
  }
};
