import { SECONDS_PER_DAY } from "../values/temporal.ts";

/** Tells the local time of one zone. */
type Zone = Intl.DateTimeFormat;

/** Few zones occur, but rules are user text: the cache of formatters, which are heavy, is bounded. */
const ZONES = new Map<string, Zone | null>();
const MAXIMUM_ZONES = 600;

function zoneOf(name: string): Zone | null {
  const known = ZONES.get(name);
  if (known !== undefined) return known;
  if (ZONES.size >= MAXIMUM_ZONES) ZONES.clear();
  const zone = createZone(name);
  ZONES.set(name, zone);
  return zone;
}

function createZone(timeZone: string): Zone | null {
  // Intl also takes "+01:00"; FEEL writes offsets without @.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(timeZone)) return null;
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null;
  }
}

/** Whether the platform knows a time zone of that IANA name. */
export function isZone(name: string): boolean {
  return zoneOf(name) !== null;
}

/** Seconds since 1970-01-01T00:00Z within which JavaScript dates exist, less a day: local times must be dates too. */
const MAXIMUM_SECONDS = 8.64e12 - SECONDS_PER_DAY;

/** Seconds east of UTC that the zone keeps at an instant given in seconds since 1970-01-01T00:00Z. */
function offsetAt(zone: Zone, instant: number): number {
  const clamped = Math.max(-MAXIMUM_SECONDS, Math.min(MAXIMUM_SECONDS, instant));
  const parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  let beforeChrist = false;
  for (const { type, value } of zone.formatToParts(clamped * 1000)) {
    if (type === "era") beforeChrist = value.startsWith("B");
    else if (type === "year" || type === "month" || type === "day") parts[type] = Number(value);
    else if (type === "hour" || type === "minute" || type === "second") parts[type] = Number(value);
  }
  const date = new Date(0);
  date.setUTCFullYear(beforeChrist ? 1 - parts.year : parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second);
  return date.getTime() / 1000 - clamped;
}

/**
 * The offset of a local time in a zone, or null for an unknown zone. Where clocks go back the earlier of the two
 * moments is taken, where they go forward the offset before the gap, as java.time does.
 */
export function offsetOfLocal(name: string, epochDay: number, secondOfDay: number): number | null {
  const zone = zoneOf(name);
  if (!zone) return null;
  const local = epochDay * SECONDS_PER_DAY + secondOfDay;
  const before = offsetAt(zone, local - SECONDS_PER_DAY);
  if (offsetAt(zone, local - before) === before) return before;
  const after = offsetAt(zone, local + SECONDS_PER_DAY);
  return offsetAt(zone, local - after) === after ? after : before;
}

/** The offset of an instant (seconds since 1970-01-01T00:00Z) in a zone, or null for an unknown zone. */
export function offsetOfInstant(name: string, instant: number): number | null {
  const zone = zoneOf(name);
  return zone ? offsetAt(zone, instant) : null;
}
