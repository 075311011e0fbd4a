import { hashId } from "#kernel/hash.ts";
import type { CustomerId } from "../records/identity.ts";
import type { JourneyRun } from "../records/journey.ts";

/** What tells runs of one customer apart. */
export type Slot = {
  readonly journey: string;
  readonly key: string;
  /** Where several may be inside at once: the event that led in. */
  readonly eventId?: string;
};

const SLOT_DIGITS = 16;

/** The id of a run: `run_`, as whom they came in, and a hash of journey and key. */
export const runIdOf = (home: CustomerId, { journey, key, eventId }: Slot): string => {
  const hash = hashId("slt", journey, key, ...(eventId === undefined ? [] : [eventId]));
  return `run_${home.replace(/^cus_/, "")}_${hash.slice(4, 4 + SLOT_DIGITS)}`;
};

/** As whom the customer of a run came in, and so where it lies; null: no id of a run. */
export const homeOf = (runId: string): CustomerId | null => {
  const [, customer] = /^run_([0-9A-Za-z]+)_[0-9a-f]+$/.exec(runId) ?? [];
  return customer === undefined ? null : `cus_${customer}`;
};

/** The part of a run's id that two customers have alike who are in the same journey for the same key. */
export const slotIn = (runId: string): string => runId.slice(-SLOT_DIGITS);

export const entryIdOf = (runId: string, eventId: string): string => hashId("ent", runId, eventId);

/** The id of the step that a run is at: the same whoever computes it, another each time the step is come to. */
export const stepIdOf = ({ entryId, step, visit }: Pick<JourneyRun, "entryId" | "step" | "visit">): string =>
  hashId("stp", entryId, step, String(visit));
