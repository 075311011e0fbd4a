import { faster, type Pace, slower, startPace, take, withHighest } from "#domain/message/pace.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { Telemetry } from "#ports/telemetry.ts";

/** Keeps the bulk lane of one process below what the provider takes. */
export type SendingRate = {
  /** Waits until one may be sent. Throws `rate_limited` rather than wait longer than an invocation can. */
  readonly take: () => Promise<void>;
  /** Counts units that were not known before (the further parts of a text message). */
  readonly charge: (units: number) => void;
  readonly accepted: () => void;
  readonly throttled: () => void;
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
};

/**
 * @param limit asks the provider for the account's limit, in units a second; asked again every five minutes
 * @param assumed the limit until the provider has answered, and when it does not
 * @param processes how many may send in bulk at once: the worker's maximum concurrency
 */
export function sendingRate(options: {
  readonly limit: () => Promise<number | undefined>;
  readonly assumed: number;
  readonly processes: number;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly telemetry: Telemetry;
}): SendingRate {
  const { clock, sleep, telemetry } = options;
  let pace: Pace | undefined;
  let asked: { readonly at: number; readonly done: Promise<void> } | undefined;

  const refresh = async (): Promise<void> => {
    const answer = await options.limit().catch((error: unknown) => {
      telemetry.log.error("the provider's limit is not known", error);
      return undefined;
    });
    const highest = answer ?? pace?.highest ?? options.assumed;
    pace = pace === undefined ? startPace(highest, options.processes) : withHighest(pace, highest);
  };

  const current = async (): Promise<Pace> => {
    if (asked === undefined || clock.now() - asked.at > REFRESH_MS) {
      asked = { at: clock.now(), done: refresh() };
    }
    if (pace === undefined) await asked.done;
    return pace ?? startPace(options.assumed, options.processes);
  };

  return {
    take: async () => {
      const taken = take(await current(), 1, clock.now());
      if (taken.waitMs > LONGEST_WAIT_MS) {
        throw new RapportError("rate_limited", "the provider's sending rate is used up, try again", {
          retryAfter: Math.ceil(taken.waitMs / 1_000),
        });
      }
      pace = taken.pace;
      if (taken.waitMs > 0) await sleep(taken.waitMs);
    },
    charge: (units) => {
      if (pace !== undefined && units > 0) pace = take(pace, units, clock.now()).pace;
    },
    accepted: () => {
      if (pace !== undefined) pace = faster(pace);
    },
    throttled: () => {
      if (pace !== undefined) pace = slower(pace);
    },
  };
}
