import { type Estimate, estimateFrom } from "./estimate.ts";
import type { BeforeAfter, Tally } from "./tally.ts";

/** A simulation's results, for people to read. */
export type SimulationReport = {
  readonly decisions: number;
  readonly changed: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly nothing: BeforeAfter;
  readonly actions: readonly ({ readonly action: string } & BeforeAfter)[];
  readonly channels: readonly ({ readonly channel: string } & BeforeAfter)[];
  readonly segments: readonly {
    readonly segment: string;
    readonly decisions: number;
    readonly changed: number;
    readonly before: number;
    readonly after: number;
  }[];
  /** Of contact policy and channel: consent, caps, quiet hours, addresses. */
  readonly policyRejections: readonly Rejected[];
  /** Of eligibility and arbitration. */
  readonly otherRejections: readonly Rejected[];
  readonly moves: readonly { readonly from: string; readonly to: string; readonly decisions: number }[];
  readonly examples: readonly string[];
  /** Rows of the tried version's decision tables, and in how many of the decisions each fired. */
  readonly tables: readonly {
    readonly file: string;
    readonly decision: string;
    readonly table?: string;
    readonly asked: number;
    readonly rows: readonly { readonly row: number; readonly decisions: number }[];
    readonly partial: boolean;
  }[];
  /** Null when no outcome was asked for, or nothing was replayed. */
  readonly estimate: Estimate | null;
};
type Rejected = { readonly stage: string; readonly reason: string } & BeforeAfter;

const tablesOf = ({ tables = [] }: Tally): SimulationReport["tables"] =>
  tables
    .map(({ rows, isPartial = false, ...table }) => ({
      ...table,
      rows: Object.entries(rows).map(([row, decisions]) => ({ row: Number(row), decisions })),
      partial: isPartial,
    }))
    .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
const placeOf = ({ file, decision, table = "" }: SimulationReport["tables"][number]): string =>
  [file, decision, table].join("\n");

const MOST_MOVES = 50;

const byName = <T>(counts: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));

const rejectionsOf = (tally: Tally): readonly Rejected[] =>
  byName(tally.rejections).map(([name, counts]) => {
    const [stage = "", reason = ""] = name.split("/");
    return { stage, reason, ...counts };
  });

const ofPolicy = ({ stage }: Rejected): boolean => stage === "policy" || stage === "channel";

export const reportOf = (tally: Tally): SimulationReport => {
  const rejections = rejectionsOf(tally);
  return {
    decisions: tally.decisions,
    changed: tally.changed,
    skipped: tally.skipped,
    nothing: tally.nothing,
    actions: byName(tally.actions).map(([action, counts]) => ({ action, ...counts })),
    channels: byName(tally.channels).map(([channel, counts]) => ({ channel, ...counts })),
    segments: byName(tally.segments).map(([segment, counts]) => ({ segment, ...counts })),
    policyRejections: rejections.filter(ofPolicy),
    otherRejections: rejections.filter((one) => !ofPolicy(one)),
    moves: byName(tally.moves)
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, MOST_MOVES)
      .map(([move, decisions]) => {
        const [from = "", to = ""] = move.split(" -> ");
        return { from, to, decisions };
      }),
    examples: tally.examples,
    tables: tablesOf(tally),
    estimate: estimateFrom(tally.evidence),
  };
};
