import { DAY_MS } from "#kernel/time.ts";
import type { Lane } from "../records/message.ts";

/** Marketing leaves so much of a day's quota to what is owed to customers. */
const KEPT_FOR_TRANSACTIONAL = 0.1;
/** A process takes so much of a quota at once: then few messages ask for it, and little is lost when the process ends. */
const TAKEN_AT_ONCE = 0.005;

/** How much of a day's quota may be used up for a lane to go on. */
export const quotaFor = (lane: Lane, perDay: number): number =>
  lane === "transactional" ? perDay : Math.floor(perDay * (1 - KEPT_FOR_TRANSACTIONAL));

/** How many units to take at once, at least those that are needed now. */
export const unitsAtOnce = (perDay: number, needed: number): number =>
  Math.max(needed, Math.floor(perDay * TAKEN_AT_ONCE));

/** @param now milliseconds since the epoch */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** Milliseconds until the next day of UTC begins. */
export const untilNextDay = (now: number): number => DAY_MS - (now % DAY_MS);
