import type { JourneyRun } from "#domain/records/journey.ts";

/** For the one who moves runs: read by id. They are written together with the customer's state (CustomerStore.save). */
export type RunStore = {
  /** As the last writes left them; those that there are not are left out. One request for a hundred. */
  readonly get: (runIds: readonly string[]) => Promise<readonly JourneyRun[]>;
  /** Journeys that are kept still as a whole, at most some seconds old. */
  readonly still: () => Promise<ReadonlySet<string>>;
};

export type RunPage = { readonly runs: readonly JourneyRun[]; readonly cursor: string | null };
/** How many are at a step, and since when the one is there who is there longest (ISO-8601 UTC); null: nobody. */
export type StepCount = { readonly inside: number; readonly oldest: string | null };

/** For those who look at runs of many people. */
export type RunLists = {
  /** Those at a step, the last to come first. */
  readonly atStep: (
    journey: string,
    step: string,
    page: { readonly limit: number; readonly cursor?: string },
  ) => Promise<RunPage>;
  readonly countStep: (journey: string, step: string) => Promise<StepCount>;
  /** By what happened, `entered` or how they left: how often, ever; of those kept out apart. */
  readonly counts: (journey: string) => Promise<{
    readonly walking: Readonly<Record<string, number>>;
    readonly heldOut: Readonly<Record<string, number>>;
  }>;
};

/** For the one who keeps journeys still, and looks after runs whose time came and who did not move. */
export type RunCare = {
  /** Keeps a journey still, or lets it go on. `at`: ISO-8601 UTC. */
  readonly keepStill: (journey: string, at: string) => Promise<void>;
  readonly letGo: (journey: string, at: string) => Promise<void>;
  /** Journeys that were let go, of which some may still wait for it. */
  readonly resuming: () => Promise<readonly string[]>;
  /** None of a journey that was let go waits any more. */
  readonly forget: (journey: string) => Promise<void>;
  /** Some whose time came before then (ISO-8601 UTC): the longest overdue first. */
  readonly overdue: (before: string) => Promise<readonly JourneyRun[]>;
  /** Some of those that wait because their journey is kept still, or was. */
  readonly parked: (journey: string, limit: number) => Promise<readonly JourneyRun[]>;
};

/** A version that was published over another: runs that rest where both say otherwise are to look anew. */
export type RunEdit = {
  readonly id: string;
  /** Versions of the playbook. */
  readonly from: string;
  readonly to: string;
  /** When it was published, ISO-8601 UTC. */
  readonly since: string;
  /** How far somebody came: the step, by number, and the page of it. */
  readonly at: number;
  readonly cursor?: string;
};

export type RunEdits = {
  readonly open: () => Promise<readonly RunEdit[]>;
  readonly note: (edit: RunEdit, progress: Pick<RunEdit, "at" | "cursor">) => Promise<void>;
  readonly done: (edit: RunEdit) => Promise<void>;
};
/** For the one who publishes. */
export type RunEditing = {
  readonly add: (edit: Pick<RunEdit, "from" | "to" | "since">) => Promise<void>;
};
