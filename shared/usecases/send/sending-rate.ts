import { faster, type Pace, setPace, slower, startPace, take, withHighest } from "#domain/message/pace.ts";
import { quotaFor } from "#domain/routing/quota.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { ProviderLimits, ProviderRate } from "#ports/provider.ts";
import type { Telemetry } from "#ports/telemetry.ts";

/** Keeps the bulk lane of one process below what the provider takes. */
export type SendingRate = {
  /** Waits until one may be sent. Throws `rate_limited` rather than wait longer than an invocation can. */
  readonly take: () => Promise<void>;
  /** Counts units that were not known before (the further parts of a text message). */
  readonly charge: (units: number) => void;
  readonly accepted: () => void;
  readonly throttled: () => void;
  /** Whether so much of what the provider takes in a day is used up that marketing leaves the rest to what is transactional. */
  readonly isDayUsedUp: () => boolean;
};

/** Of the 20 s that an invocation has, so much may pass before the claim, which lasts for the others. */
const LONGEST_WAIT_MS = 5_000;
const REFRESH_MS = 5 * 60_000;

/** For providers whose limits nobody reaches. */
export const unlimitedRate: SendingRate = {
  take: async () => {},
  charge: () => {},
  accepted: () => {},
  throttled: () => {},
  isDayUsedUp: () => false,
};

/**
 * @param limit asks the provider for the account's limits; asked again every five minutes
 * @param assumed the limit until the provider has answered, and when it does not
 * @param processes how many may send in bulk at once: the worker's maximum concurrency
 */
export function sendingRate(options: {
  readonly limit: ProviderRate["limit"];
  readonly assumed: number;
  readonly processes: number;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly telemetry: Telemetry;
}): SendingRate {
  const { clock, sleep, telemetry } = options;
  let pace: Pace | undefined;
  let day: ProviderLimits["day"];
  let asked: { readonly at: number; readonly done: Promise<void> } | undefined;

  const refresh = async (): Promise<void> => {
    const answer = await options.limit().catch((error: unknown) => {
      telemetry.log.error("the provider's limit is not known", error);
      return undefined;
    });
    day = answer?.day ?? day;
    const highest = answer?.perSecond ?? pace?.highest ?? options.assumed;
    pace = pace === undefined ? startPace(highest, options.processes) : withHighest(pace, highest);
  };

  const current = async (): Promise<Pace> => {
    if (asked === undefined || clock.now() - asked.at > REFRESH_MS) {
      asked = { at: clock.now(), done: refresh() };
    }
    if (pace === undefined) await asked.done;
    return pace ?? startPace(options.assumed, options.processes);
  };

  /** The provider's own count lags behind by as much as this process has sent since. */
  const countOfDay = (units: number): void => {
    if (day !== undefined) day = { ...day, used: day.used + units };
  };

  return {
    take: async () => {
      const taken = take(await current(), 1, clock.now());
      if (taken.waitMs > LONGEST_WAIT_MS) throw tooLong(taken.waitMs);
      pace = taken.pace;
      countOfDay(1);
      if (taken.waitMs > 0) await sleep(taken.waitMs);
    },
    charge: (units) => {
      countOfDay(units);
      if (pace !== undefined && units > 0) pace = take(pace, units, clock.now()).pace;
    },
    accepted: () => {
      if (pace !== undefined) pace = faster(pace);
    },
    throttled: () => {
      if (pace !== undefined) pace = slower(pace);
    },
    isDayUsedUp: () => day !== undefined && day.used > quotaFor("bulk", day.most),
  };
}

/**
 * A pace that the playbook sets, in units a second: it is never exceeded, however many processes send.
 * @param processes how many may send in bulk at once
 */
export function rateAsSet(
  perSecond: number,
  around: Pick<Parameters<typeof sendingRate>[0], "processes" | "clock" | "sleep">,
): SendingRate {
  const { clock, sleep, processes } = around;
  let pace = setPace(perSecond, processes);
  return {
    ...unlimitedRate,
    take: async () => {
      const taken = take(pace, 1, clock.now());
      if (taken.waitMs > LONGEST_WAIT_MS) throw tooLong(taken.waitMs);
      pace = taken.pace;
      if (taken.waitMs > 0) await sleep(taken.waitMs);
    },
    charge: (units) => {
      pace = take(pace, units, clock.now()).pace;
    },
    accepted: () => {
      pace = faster(pace);
    },
    throttled: () => {
      pace = slower(pace);
    },
  };
}

const tooLong = (waitMs: number): RapportError =>
  new RapportError("rate_limited", "the provider's sending rate is used up, try again", {
    retryAfter: Math.ceil(waitMs / 1_000),
  });
