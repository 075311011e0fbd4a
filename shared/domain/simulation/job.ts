import type { ProfileToTry } from "./profile.ts";
import { newTally, type Tally } from "./tally.ts";

/** Which decisions are replayed. */
export type SimulationSource =
  | {
      readonly kind: "log";
      /** Decisions made from `from` on and before `to`, ISO-8601 UTC. */
      readonly from: string;
      readonly to: string;
      readonly placement?: string;
    }
  | { readonly kind: "profiles"; readonly count: number; readonly placements: readonly string[] };

/** What counts as a success of a decision, for the estimators. */
export type Goal = {
  /** `clicked`, `converted`, ... as outcomes are reported, or the name of an event that the customer is to cause. */
  readonly outcome: string;
  /** Outcomes later than so many milliseconds after the decision do not count. */
  readonly withinMs: number;
  /** Add up values (of events: revenue) instead of counting a decision with any of them as 1. */
  readonly value: boolean;
};

/** How far a simulation has come: the next step begins here. */
export type SimulationCursor = {
  /** File of the log that is being read, with the bytes of it that are done. */
  readonly file?: { readonly name: string; readonly size: number; readonly offset: number };
  /** The last file that is done. */
  readonly after?: string;
  /** Short ids of the decisions read last (`seen.ts`), because the log may hold a decision twice. */
  readonly seen?: string;
  /** Profiles that are done. */
  readonly profile: number;
};

/** A simulation as it is kept between steps. */
export type Simulation = {
  readonly simulationId: string;
  /** The version that is tried. */
  readonly version: string;
  /** The version that was live when it was asked for. */
  readonly live: string;
  readonly source: SimulationSource;
  readonly goal?: Goal;
  readonly status: "running" | "done" | "failed";
  /** Why it failed. */
  readonly reason?: string;
  /** Steps done; each is written once. */
  readonly step: number;
  readonly cursor: SimulationCursor;
  readonly bytes: number;
  readonly tally: Tally;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export const newSimulation = (
  asked: Pick<Simulation, "simulationId" | "version" | "live" | "source" | "goal">,
  at: string,
): Simulation => ({
  ...asked,
  status: "running",
  step: 0,
  cursor: { profile: 0 },
  bytes: 0,
  tally: newTally(),
  createdAt: at,
  updatedAt: at,
});

/** A list of profiles that came with the request. */
export type ProfilesToTry = readonly ProfileToTry[];

/** Share of the work that is done, 0..1, by the hour of the file being read; the decisions ahead are not counted. */
export const progressOf = ({ status, source, cursor }: Simulation): number => {
  if (status === "done") return 1;
  if (source.kind === "profiles") return source.count === 0 ? 1 : cursor.profile / source.count;
  const at = timeOfFile(cursor.file?.name ?? cursor.after ?? "");
  if (at === null) return 0;
  const from = Date.parse(source.from);
  return Math.min(0.99, Math.max(0, (at - from) / Math.max(1, Date.parse(source.to) - from)));
};

const timeOfFile = (name: string): number | null => {
  const [, day, hour] = /day=(\d{4}-\d{2}-\d{2})\/hour=(\d{2})/.exec(name) ?? [];
  return day === undefined || hour === undefined ? null : Date.parse(`${day}T${hour}:00:00.000Z`);
};
