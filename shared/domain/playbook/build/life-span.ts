import { DAY_MS } from "#kernel/time.ts";
import { offsetAt } from "../../calendar/local-time.ts";

/** When something begins and ends, as its author wrote it: a day (`2026-11-27`), or a time with its zone. */
type Written = { readonly activeFrom?: string | undefined; readonly activeTo?: string | undefined };
/** Milliseconds since the epoch; the end is the first moment that is outside. */
export type LifeSpan = { readonly activeFrom?: number; readonly activeTo?: number };

export const endsFirst = ({ activeFrom, activeTo }: LifeSpan): boolean =>
  activeFrom !== undefined && activeTo !== undefined && activeTo <= activeFrom;

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
