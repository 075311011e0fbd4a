import { HOUR_MS } from "#kernel/time.ts";
import type { Chance } from "./chance.ts";

/**
 * What may befall a call of a port.
 * - `crash before`, `crash after`: the process dies before the call is made, or before its answer is there.
 * - `error`: nothing is done, and the caller is told to try again.
 * - `lost answer`: it is done, and the caller is told to try again.
 * - `torn`: of a list only the first half is done, then as `error`.
 * - `repeated`: the client makes the call a second time by itself, and gets that answer.
 * - `slow`: it takes seconds, perhaps longer than the process may live.
 * - `doubled`: a message is delivered twice.
 * - `unheard`: as `error`, where a call of the API tells others what it recorded: nothing comes again by itself to tell it.
 */
export type FaultKind =
  | "crash before"
  | "crash after"
  | "error"
  | "lost answer"
  | "torn"
  | "repeated"
  | "slow"
  | "doubled"
  | "unheard";

/** How often each kind befalls a call for which it is possible, in an ordinary run. */
const RATES: Readonly<Record<FaultKind, number>> = {
  "crash before": 0.003,
  "crash after": 0.004,
  error: 0.004,
  "lost answer": 0.003,
  torn: 0.01,
  repeated: 0.004,
  slow: 0.003,
  doubled: 0.02,
  unheard: 0.25,
};
const KINDS = Object.keys(RATES) as FaultKind[];
/** How many hours of a service see an outage, and how long it lasts at most. */
const OUTAGES = { share: 0.03, mostMs: 180_000 };
/** A seed has its own weather: what never happens in one run is frequent in another. */
const WEATHER = [0, 0.5, 1, 1, 4];

export type Faults = {
  /** The fault that befalls what the key names, of those that are possible there. */
  readonly befall: (key: string, possible: readonly FaultKind[]) => FaultKind | null;
  /** Whether the service does not answer at all at that time (milliseconds since the epoch). */
  readonly isDown: (service: string, now: number) => boolean;
  /** Those that befell something, by `kind@key`. */
  readonly happened: () => readonly string[];
  /** From now on nothing goes wrong. */
  readonly end: () => void;
};

/** @param only the faults that may happen, by `kind@key`; absent: all that the seed brings */
export const createFaults = (chance: Chance, only?: ReadonlySet<string>): Faults => {
  const weather = KINDS.map((kind) => WEATHER[Math.floor(chance("weather", kind) * WEATHER.length)] ?? 1);
  const rates = new Map(KINDS.map((kind, index) => [kind, RATES[kind] * (weather[index] ?? 1)]));
  const happened = new Set<string>();
  let isOver = false;
  /** Whether it may be; if so, it is noted. */
  const happens = (name: string): boolean => {
    if (isOver || only?.has(name) === false) return false;
    happened.add(name);
    return true;
  };
  return {
    befall: (key, possible) => {
      const kind = possible.find((one) => chance("fault", one, key) < (rates.get(one) ?? 0));
      return kind !== undefined && happens(`${kind}@${key}`) ? kind : null;
    },
    isDown: (service, now) => {
      const hour = Math.floor(now / HOUR_MS);
      if (chance("outage", service, hour) >= OUTAGES.share) return false;
      const into = (now % HOUR_MS) - chance("outage from", service, hour) * (HOUR_MS - OUTAGES.mostMs);
      const isWithin = into >= 0 && into < chance("outage for", service, hour) * OUTAGES.mostMs;
      return isWithin && happens(`outage@${service}/${hour}`);
    },
    happened: () => [...happened],
    end: () => {
      // Those of a list end by themselves.
      isOver = only === undefined;
    },
  };
};
