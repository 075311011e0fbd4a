import type { Tally } from "./breaker.ts";

/** An account of ours at a provider, and the channel that it carries. */
export type Carrier = { readonly channel: string; readonly provider: string; readonly account: string };

export const isSameCarrier = (one: Carrier, other: Carrier): boolean =>
  one.channel === other.channel && one.provider === other.provider && one.account === other.account;

/** What an account answered within five seconds, added up over all processes. */
export type Sums = Carrier &
  Tally & {
    readonly accepted: number;
    /** Answers that did not take a message, by their short reasons; a refusal of a recipient too. */
    readonly errors: Readonly<Record<string, number>>;
    /** Answers by how long they took: as many as `LATENCIES_MS`, and those that took longer. */
    readonly latencies: readonly number[];
    /** Processes that left it alone then. */
    readonly open: number;
  };

/** Upper bounds, in milliseconds. */
export const LATENCIES_MS = [25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800];

/** Where an answer that took so long is counted. */
export const latencyAt = (ms: number): number => {
  const found = LATENCIES_MS.findIndex((bound) => ms <= bound);
  return found < 0 ? LATENCIES_MS.length : found;
};

const added = (one: readonly number[], other: readonly number[]): readonly number[] =>
  Array.from(
    { length: Math.max(one.length, other.length) },
    (_, index) => (one[index] ?? 0) + (other[index] ?? 0),
  );

const addedByName = (
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> => {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
};

/** Two of the same account, as one; the slot is the first's. */
export const addSums = (one: Sums, other: Sums): Sums => ({
  ...one,
  asked: one.asked + other.asked,
  failed: one.failed + other.failed,
  accepted: one.accepted + other.accepted,
  errors: addedByName(one.errors, other.errors),
  latencies: added(one.latencies, other.latencies),
  open: one.open + other.open,
});

export const noSums = (carrier: Carrier, slot: number): Sums => ({
  ...carrier,
  slot,
  asked: 0,
  failed: 0,
  accepted: 0,
  errors: {},
  latencies: [],
  open: 0,
});

/** How an account does: `open` where it is left alone, `failing` where a twentieth of its calls or more fail. */
export type Condition = {
  readonly health: "ok" | "failing" | "open";
  /** Of its calls those that failed, 0 to 1. */
  readonly share: number;
  readonly asked: number;
  readonly accepted: number;
  readonly errors: Readonly<Record<string, number>>;
  /** In milliseconds, no more exact than `LATENCIES_MS`; null: it was not asked. */
  readonly p95Ms: number | null;
};

const FAILING_SHARE = 0.05;
/** Who left an account alone says so every five seconds, while there are messages. */
const OPEN_SLOTS = 3;

const percentile = (latencies: readonly number[], part: number): number | null => {
  const total = latencies.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  const at = latencies.findIndex((count) => {
    seen += count;
    return seen >= part * total;
  });
  return LATENCIES_MS[at] ?? (LATENCIES_MS.at(-1) ?? 0) * 2;
};

/** @param sums of one account; @param slot that of now (`slotOf`) */
export const conditionOf = (sums: readonly Sums[], carrier: Carrier, slot: number): Condition => {
  const total = sums.reduce(addSums, noSums(carrier, slot));
  const { asked, failed, accepted, errors, latencies } = total;
  const share = asked === 0 ? 0 : failed / asked;
  const isOpen = sums.some((one) => one.open > 0 && one.slot > slot - OPEN_SLOTS);
  const health = isOpen ? "open" : share >= FAILING_SHARE ? "failing" : "ok";
  return { health, share, asked, accepted, errors, p95Ms: percentile(latencies, 0.95) };
};
