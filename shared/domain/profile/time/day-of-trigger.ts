import { FeelDate, FeelLimitError, type FeelValue } from "#feel/index.ts";
import { plusMonths } from "#feel/temporal/calendar.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { holidayCalendar } from "../../calendar/holidays.ts";
import { localDay, msOfLocalDay } from "../../calendar/local-time.ts";
import { atLocal, dayOfValue, momentOfValue, ownZone } from "../../customer/own-time.ts";
import { environmentAt, factsInTime } from "../../customer/view.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { TriggerMoment } from "../../playbook/model/document.ts";
import type { CustomerState } from "../../records/customer.ts";

/** In how many months a day of the year, or of the month, is looked for: a leap year's way, and a month over. */
const TRIES = 3;
/** Longer than any row of holidays. */
const MOST_HOLIDAYS = 60;
/** Nobody wants to be written to at midnight: the hour of a day that is only a day. */
const USUAL_MS = 9 * HOUR_MS;
const DAYS_A_MONTH = 30.436875;

type Trigger = CompiledPlaybook["triggers"][number];
type Applying = { readonly playbook: CompiledPlaybook; readonly now: number };

const dayGiven = ({ moment }: Trigger, state: CustomerState, { playbook, now }: Applying): FeelValue => {
  if (moment === undefined) return null;
  try {
    return moment.rule.evaluate(factsInTime(state, playbook, []).at(now), environmentAt(playbook, now));
  } catch (error) {
    if (error instanceof FeelLimitError) return null;
    throw error;
  }
};

const workday = (day: number, { holidays }: TriggerMoment): number => {
  if (holidays === undefined) return day;
  const isHoliday = holidayCalendar(holidays);
  for (let later = day; later < day + MOST_HOLIDAYS; later += 1) if (!isHoliday(later)) return later;
  return day;
};

/** The first of the months in which the day may come again after `today`, counted from the day itself: never one before it. */
const firstTry = (day: number, today: number, everyMonths: number): number =>
  Math.max(0, Math.floor((today - day) / (DAYS_A_MONTH * everyMonths)) - 1);

/**
 * When a trigger's day comes for a customer, by the clock where they are: the first time after a moment, both in milliseconds
 * since the epoch. A day that a month lacks is its last: who was born on 29 February has their birthday on the 28th in other
 * years. Null: the trait is no date, or it is over.
 */
export const dayOfTrigger = (trigger: Trigger, state: CustomerState, applying: Applying): number | null => {
  const { at } = trigger;
  if (at === undefined) return null;
  const { now: after } = applying;
  const zone = ownZone(state, applying.playbook.document.brand.timeZone);
  const value = dayGiven(trigger, state, applying);
  const isLater = (ms: number | null): ms is number => ms !== null && ms > after;
  const given = momentOfValue(value, zone);
  const day = dayOfValue(value, zone);
  if (day === null || given === null) return null;
  const msOfDay = at.msOfDay ?? (value instanceof FeelDate ? USUAL_MS : msOfLocalDay(zone, given));
  const timeOn = (one: number | null): number | null =>
    one === null ? null : atLocal(zone, workday(one, at), msOfDay);
  const { everyMonths } = at;
  if (everyMonths === undefined) {
    const once = timeOn(day);
    return isLater(once) ? once : null;
  }
  const first = firstTry(day, localDay(zone, after), everyMonths);
  for (let count = first; count <= first + TRIES; count += 1) {
    const moment = timeOn(plusMonths(day, count * everyMonths));
    if (isLater(moment)) return moment;
  }
  return null;
};
