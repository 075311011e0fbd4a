import { durationMs } from "#kernel/duration.ts";
import { withoutAbsent } from "#kernel/json.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Trigger, TriggerMoment } from "../model/document.ts";
import { TIME_CAME } from "../model/known.ts";
import type { PlaybookSources } from "../read/sources.ts";

/** By event time: what is older than this does not trigger (invariant 9). */
const DEFAULT_MAX_AGE = "PT1H";
const MONTHS = { month: 1, year: 12 } as const;

/** Trigger placements need no declaration, nor do those of journeys: each has this name unless the trigger says otherwise. */
export const triggerPlacement = (trigger: string): string => `trigger.${trigger}`;

const milliseconds = (duration: string): number => durationMs(duration) ?? 0;

type Written = PlaybookSources["triggers"]["value"][string];

const msOfDay = (hour: string): number => {
  const [hours = 0, minutes = 0] = hour.split(":").map(Number);
  return hours * HOUR_MS + minutes * MINUTE_MS;
};

const momentOf = (
  { at, hour, every, holidays }: Written,
  calendars: Readonly<Record<string, readonly string[]>>,
): TriggerMoment | undefined =>
  at === undefined
    ? undefined
    : withoutAbsent({
        day: at,
        msOfDay: hour === undefined ? undefined : msOfDay(hour),
        everyMonths: every === undefined ? undefined : MONTHS[every],
        holidays: holidays?.flatMap((name) => calendars[name] ?? []),
      });

/** Triggers by their file; what calendars of holidays they name comes along, so that whoever reads one needs nothing else. */
export const buildTriggers = ({ triggers, contactPolicy }: PlaybookSources): readonly Trigger[] =>
  Object.entries(triggers.value).map(([name, trigger]) =>
    withoutAbsent({
      name,
      on: trigger.on ?? TIME_CAME,
      at: momentOf(trigger, contactPolicy.value.holidays ?? {}),
      if: trigger.if,
      afterMs: trigger.after === undefined ? undefined : milliseconds(trigger.after),
      unless: typeof trigger.unless === "string" ? [trigger.unless] : (trigger.unless ?? []),
      maxAgeMs: milliseconds(trigger.maxAge ?? DEFAULT_MAX_AGE),
      placement: trigger.placement ?? triggerPlacement(name),
    }),
  );
