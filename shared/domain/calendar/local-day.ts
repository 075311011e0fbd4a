import { offsetAt } from "./local-time.ts";

/** The date that the zone's calendar shows at an instant (milliseconds since the epoch): `2026-11-30`. */
export const localDay = (zone: string, instant: number): string =>
  new Date(instant + offsetAt(zone, instant)).toISOString().slice(0, 10);
