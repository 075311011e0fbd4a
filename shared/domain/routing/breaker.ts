import { MINUTE_MS, SECOND_MS } from "#kernel/time.ts";

/** What came of a call: a refusal about the recipient is an answer like any other. */
export type Call = {
  readonly isFailed: boolean;
  /** How long the answer took, in milliseconds. */
  readonly ms: number;
};

/** Calls of five seconds; `slot` is `slotOf` any moment within them. */
export type Tally = { readonly slot: number; readonly asked: number; readonly failed: number };

/**
 * How one account at a provider has answered within the last minute, and whether it is left alone. Closed, messages go there;
 * open, they do not; while it is open, single messages try whether it is back.
 */
export type Breaker = {
  /** Calls of this process, the oldest first. */
  readonly tallies: readonly Tally[];
  /** Those of other processes, as they were last heard of. */
  readonly others?: readonly Tally[];
  /** Calls of this slot and before say nothing any more: it came back since. */
  readonly since?: number;
  /** Absent: closed. */
  readonly open?: {
    /** When the next message may try, in milliseconds since the epoch. */
    readonly until: number;
    readonly pauseMs: number;
    /** Trials that went well, one after the other. */
    readonly trials: number;
  };
};

export const CLOSED: Breaker = { tallies: [] };

export const SLOT_MS = 5 * SECOND_MS;
/** Who answers later than this is as good as gone: people wait. */
const SLOW_MS = 5 * SECOND_MS;
/** Two windows: the short one sees at once what breaks, the long one what fails half of the time at little traffic. */
const WINDOWS = [10 * SECOND_MS, MINUTE_MS];
/** Fewer failures may be chance. */
const LEAST_FAILED = 5;
const SHARE_FAILED = 0.5;
const FIRST_PAUSE_MS = 10 * SECOND_MS;
const LONGEST_PAUSE_MS = MINUTE_MS;
/** So many trials must go well. */
const TRIALS = 3;
/** A trial that nobody reports (its process died) holds up the next for so long: longer than a call may last. */
const TRIAL_MS = 15 * SECOND_MS;

export const slotOf = (now: number): number => Math.floor(now / SLOT_MS);

type Seen = Pick<Breaker, "tallies" | "others" | "since">;

/** Calls of the last so many milliseconds, to the nearest five seconds. */
const talliedSince = (
  { tallies, others = [], since = 0 }: Seen,
  windowMs: number,
  now: number,
): { readonly asked: number; readonly failed: number } => {
  const from = Math.max(since, slotOf(now - windowMs));
  const recent = [...tallies, ...others].filter(({ slot }) => slot > from);
  return {
    asked: recent.reduce((sum, { asked }) => sum + asked, 0),
    failed: recent.reduce((sum, { failed }) => sum + failed, 0),
  };
};

/** Whether so many of its calls fail that messages had better go elsewhere. */
const isBroken = (breaker: Seen, now: number): boolean =>
  WINDOWS.some((windowMs) => {
    const { asked, failed } = talliedSince(breaker, windowMs, now);
    return failed >= LEAST_FAILED && failed >= SHARE_FAILED * asked;
  });

/** Whether it counts as one: an answer that comes too late does. */
export const isFailure = ({ isFailed, ms }: Call): boolean => isFailed || ms > SLOW_MS;

const add = (tallies: readonly Tally[], call: Call, now: number): readonly Tally[] => {
  const slot = slotOf(now);
  const kept = tallies.filter((one) => one.slot > slot - MINUTE_MS / SLOT_MS && one.slot !== slot);
  const current = tallies.find((one) => one.slot === slot) ?? { slot, asked: 0, failed: 0 };
  const failed = isFailure(call) ? 1 : 0;
  return [...kept, { slot, asked: current.asked + 1, failed: current.failed + failed }];
};

/** `trial`: it is open, and this message may find out whether it is back; `beginTrial` says that it does. */
export const mayAsk = ({ open }: Breaker, now: number): "yes" | "trial" | "no" => {
  if (open === undefined) return "yes";
  return now >= open.until ? "trial" : "no";
};

export const beginTrial = (breaker: Breaker, now: number): Breaker =>
  breaker.open === undefined ? breaker : { ...breaker, open: { ...breaker.open, until: now + TRIAL_MS } };

/**
 * The breaker after a call.
 * @param isTrial whether it was begun by `beginTrial`: what was under way before it opened says nothing of now
 */
export const counted = (
  breaker: Breaker,
  call: Call & { readonly isTrial: boolean },
  now: number,
): Breaker => {
  const seen = { ...breaker, tallies: add(breaker.tallies, call, now) };
  const { open } = breaker;
  if (open === undefined) return judged(seen, now);
  if (!call.isTrial) return seen;
  if (isFailure(call)) {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, open.pauseMs * 2);
    return { ...seen, open: { until: now + pauseMs, pauseMs, trials: 0 } };
  }
  const trials = open.trials + 1;
  // What failed before it came back must not open it again.
  return trials >= TRIALS
    ? { tallies: [], since: slotOf(now) }
    : { ...seen, open: { ...open, until: now, trials } };
};

const judged = (seen: Breaker, now: number): Breaker =>
  isBroken(seen, now)
    ? { ...seen, open: { until: now + FIRST_PAUSE_MS, pauseMs: FIRST_PAUSE_MS, trials: 0 } }
    : seen;

/**
 * The breaker once it is heard how others fared: who has many processes leaves an account alone in all of them.
 * @param all calls of all processes within the last minute, this one's among them
 */
export const heard = (breaker: Breaker, all: readonly Tally[], now: number): Breaker => {
  const own = new Map(breaker.tallies.map((tally) => [tally.slot, tally]));
  const others = all.map(({ slot, asked, failed }) => ({
    slot,
    asked: Math.max(0, asked - (own.get(slot)?.asked ?? 0)),
    failed: Math.max(0, failed - (own.get(slot)?.failed ?? 0)),
  }));
  const seen = { ...breaker, others };
  return breaker.open === undefined ? judged(seen, now) : seen;
};
