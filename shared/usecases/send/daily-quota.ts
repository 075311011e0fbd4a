import type { Lane } from "#domain/records/message.ts";
import { dayOf, quotaFor, unitsAtOnce, untilNextDay } from "#domain/routing/quota.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { QuotaUse, SendingQuotas } from "#ports/sending-quotas.ts";
import type { Telemetry } from "#ports/telemetry.ts";

/** How much one sender may send in a day, all processes together. */
export type DailyQuota = {
  /**
   * Counts what is about to be sent. What is transactional is never held back, for our count may be wrong: its provider says whether
   * it goes. Never throws.
   * @returns 0, or the milliseconds until it may be asked again
   */
  readonly take: (lane: Lane, units: number) => Promise<number>;
};

type Around = {
  readonly quotas: SendingQuotas;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
};

/** What a process has taken of a day and not used yet. */
type Held = { readonly day: string; readonly units: number; readonly isUsedUp: boolean };

export function dailyQuota(
  { channel, sender, perDay }: Omit<QuotaUse, "day"> & { readonly perDay: number },
  { quotas, clock, telemetry }: Around,
): DailyQuota {
  const held = new Map<Lane, Held>();
  const none = (day: string): Held => ({ day, units: 0, isUsedUp: false });

  /** Units that are taken anew, at least those that are needed; 0 where the day has no more. */
  const takeAnew = async (lane: Lane, day: string, needed: number): Promise<number> => {
    const use = { channel, sender, day };
    const most = quotaFor(lane, perDay);
    const many = unitsAtOnce(perDay, needed);
    if (await quotas.take(use, many, most)) return many;
    if (many > needed && (await quotas.take(use, needed, most))) return needed;
    return 0;
  };

  const use = async (lane: Lane, units: number): Promise<boolean> => {
    const day = dayOf(clock.now());
    const before = held.get(lane);
    const own = before?.day === day ? before : none(day);
    if (own.units >= units) {
      held.set(lane, { ...own, units: own.units - units });
      return true;
    }
    if (own.isUsedUp) return false;
    const anew = await takeAnew(lane, day, units);
    const since = held.get(lane);
    const now = since?.day === day ? since : none(day);
    held.set(lane, anew === 0 ? { ...now, isUsedUp: true } : { ...now, units: now.units + anew - units });
    return anew > 0;
  };

  return {
    take: async (lane, units) => {
      try {
        const isTaken = await use(lane, units);
        return isTaken || lane === "transactional" ? 0 : untilNextDay(clock.now());
      } catch (error) {
        telemetry.log.error("the day's quota is not known", error);
        return lane === "transactional" ? 0 : MINUTE_MS;
      }
    },
  };
}
