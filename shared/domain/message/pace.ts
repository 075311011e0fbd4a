/**
 * How fast one process may send in bulk. The provider limits the account, not the process, so each starts with its fair
 * share of the known limit, grows while nothing is refused and halves when the provider throttles (additive increase,
 * multiplicative decrease, as RFC 5681): together the processes settle at the account's limit, and one that is alone
 * gets all of it.
 */
export type Pace = {
  /** Units a second. */
  readonly rate: number;
  readonly highest: number;
  readonly lowest: number;
  /** When the next unit is free, in milliseconds since the epoch. */
  readonly freeAt: number;
  /** Unused units may be used for so long, and no longer: a provider counts by the second. */
  readonly burstMs: number;
};

const GROWTH = 0.01;
const BURST_MS = 1_000;

/** @param highest the account's limit in units a second; @param processes how many may send at once */
export const startPace = (highest: number, processes: number): Pace => ({
  rate: highest / processes,
  highest,
  lowest: Math.min(highest, highest / processes / 4),
  freeAt: 0,
  burstMs: BURST_MS,
});

/** A pace that a person set: the process keeps to its share and never sends faster, not for a second either. */
export const setPace = (perSecond: number, processes: number): Pace => ({
  ...startPace(perSecond / processes, 1),
  burstMs: 0,
});

/** Takes units, and says how long to wait before they may be used. */
export const take = (
  pace: Pace,
  units: number,
  now: number,
): { readonly pace: Pace; readonly waitMs: number } => {
  const from = Math.max(pace.freeAt, now - pace.burstMs);
  return {
    pace: { ...pace, freeAt: from + (units * 1_000) / pace.rate },
    waitMs: Math.max(0, Math.ceil(from - now)),
  };
};

export const faster = (pace: Pace): Pace => ({
  ...pace,
  rate: Math.min(pace.highest, pace.rate + pace.highest * GROWTH),
});

export const slower = (pace: Pace): Pace => ({ ...pace, rate: Math.max(pace.lowest, pace.rate / 2) });

/** The account's limit changed: the rate follows it down at once, and up by growth. */
export const withHighest = (pace: Pace, highest: number): Pace => ({
  ...pace,
  highest,
  lowest: Math.min(pace.lowest, highest),
  rate: Math.min(pace.rate, highest),
});
