import { MINUTE_MS } from "#kernel/time.ts";
import { firstZone, offsetAt } from "./local-time.ts";

/** `GMT+0530`, as RudderStack's browser client says where it is, `UTC+5:30` and `+05:30`. */
const OFFSET = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?([0-5]\d))?$/i;

/** Places whose clocks are so many minutes ahead of UTC, where that is no whole hour. */
const UNEVEN: ReadonlyMap<number, string> = new Map([
  [-570, "Pacific/Marquesas"],
  [-210, "America/St_Johns"],
  [-150, "America/St_Johns"],
  [210, "Asia/Tehran"],
  [270, "Asia/Kabul"],
  [330, "Asia/Kolkata"],
  [345, "Asia/Kathmandu"],
  [390, "Asia/Yangon"],
  [525, "Australia/Eucla"],
  [570, "Australia/Darwin"],
  [630, "Australia/Adelaide"],
  [765, "Pacific/Chatham"],
  [825, "Pacific/Chatham"],
]);

/** POSIX counts the other way round: five hours ahead of UTC are `Etc/GMT-5`. */
const zoneOfOffset = (minutes: number): string =>
  minutes % 60 === 0
    ? `Etc/GMT${minutes > 0 ? "-" : "+"}${Math.abs(minutes / 60)}`
    : (UNEVEN.get(minutes) ?? "");

/**
 * The IANA zone that a device meant at an instant (milliseconds since the epoch); null: none that anybody knows. A bare
 * offset is that of `home` where the clocks there showed it too: then summer time is known as well.
 */
export const toldZone = (told: unknown, instant: number, home: string): string | null => {
  const text = typeof told === "string" ? told.trim() : "";
  const [, sign, hours, minutes = "0"] = OFFSET.exec(text) ?? [];
  if (sign === undefined) return firstZone([text], "") || null;
  const ahead = (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
  if (offsetAt(home, instant) === ahead * MINUTE_MS) return home;
  return firstZone([zoneOfOffset(ahead)], "") || null;
};
