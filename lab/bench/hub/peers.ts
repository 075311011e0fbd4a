/**
 * What others reached on the same work: Parcelvoy with MariaDB and Redis, and Notifuse 32.2 with Postgres, each on two
 * cores, by the same driver and with the same SMTP sink, in one session on 2026-11-30. Rates a second, times in ms.
 */
export const PARCELVOY = {
  acceptedSingle: 1_078,
  appliedSingle: 772,
  acceptedReturning: 7_792,
  appliedReturning: 1_188,
  appliedNew: 881,
  latencyMedian: 63,
  latency95: 74,
  burstSeconds: 21,
  doubled: 7,
  memoryIdle: 370,
  memoryLoaded: 674,
} as const;

/** Notifuse applies an event before it answers, and evaluates segments later. */
export const NOTIFUSE = {
  acceptedSingle: 794,
  acceptedReturning: 8_081,
  latencyMedian: 5_898,
  latency95: 10_432,
  burstSeconds: 395,
  doubled: 0,
  memoryIdle: 198,
  memoryLoaded: 296,
} as const;
