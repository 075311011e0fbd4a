import { DAY_MS, offsetAt } from "../contact-policy/local-time.ts";

/** When something begins and ends, as its author wrote it: a day (`2026-11-27`), or a time with its zone. */
type Written = { readonly activeFrom?: string | undefined; readonly activeTo?: string | undefined };
/** Milliseconds since the epoch; the end is the first moment that is outside. */
export type LifeSpan = { readonly activeFrom?: number; readonly activeTo?: number };

const DAY = /^(\d{4}-\d{2}-\d{2})(?:$|T)/;

export const endsFirst = ({ activeFrom, activeTo }: LifeSpan): boolean =>
  activeFrom !== undefined && activeTo !== undefined && activeTo <= activeFrom;

/** Whether the calendar has the day: `Date.parse` takes 30 February for 2 March. */
export const isMoment = (text: string): boolean => {
  const day = DAY.exec(text)?.[1];
  const start = day === undefined ? Number.NaN : Date.parse(day);
  if (!Number.isFinite(start) || new Date(start).toISOString().slice(0, 10) !== day) return false;
  return Number.isFinite(Date.parse(text));
};

/** The first moment of a day by the zone's clocks, which is not midnight where they skip it. `utc`: midnight in UTC. */
const startOfDay = (utc: number, zone: string): number => {
  const guesses = [utc - DAY_MS, utc + DAY_MS].map((near) => utc - offsetAt(zone, near));
  const midnights = guesses.filter((guess) => guess + offsetAt(zone, guess) === utc);
  return Math.max(...(midnights.length === 0 ? guesses : midnights));
};

/** Days are the brand's own: from the first moment of `activeFrom` to the last of `activeTo`. */
export const lifeSpanOf = ({ activeFrom, activeTo }: Written, zone: string): LifeSpan => {
  const at = (text: string, days: number): number =>
    text.includes("T") ? Date.parse(text) : startOfDay(Date.parse(text) + days * DAY_MS, zone);
  return {
    ...(activeFrom === undefined ? {} : { activeFrom: at(activeFrom, 0) }),
    ...(activeTo === undefined ? {} : { activeTo: at(activeTo, 1) }),
  };
};
