import type { Decision } from "../records/decision.ts";
import { type EvidenceSums, NO_EVIDENCE_SUMS } from "./evidence.ts";
import type { FiredRows } from "./fired-rows.ts";
import { type Guesses, NO_GUESSES } from "./guess.ts";

/** A count under the version that was live, and under the tried one. */
export type BeforeAfter = { before: number; after: number };

/**
 * What a simulation has counted so far: plain data, so that it can stop, be kept and go on. The one thing here that
 * changes in place: a million decisions would copy it a million times.
 */
export type Tally = {
  decisions: number;
  changed: number;
  /** Not replayed, by reason: `erased`, `damaged`, `recovered`, `refused`, `failed`. */
  skipped: Record<string, number>;
  actions: Record<string, BeforeAfter>;
  channels: Record<string, BeforeAfter>;
  /** Decisions without any action. */
  nothing: BeforeAfter;
  /** `stage/reason` of what was turned down. */
  rejections: Record<string, BeforeAfter>;
  /** By segment the customer was in; a customer in several counts in each. */
  segments: Record<string, { decisions: number; changed: number; before: number; after: number }>;
  /** `from -> to` of what was chosen, the most frequent at least. */
  moves: Record<string, number>;
  /** Some of the decisions that changed. */
  examples: string[];
  evidence: EvidenceSums;
  guesses: Guesses;
  /** Rows of the tried version's decision tables that fired; absent: begun by a release that did not count them. */
  tables?: FiredRows[];
};

export const newTally = (): Tally => ({
  decisions: 0,
  changed: 0,
  skipped: {},
  actions: {},
  channels: {},
  nothing: { before: 0, after: 0 },
  rejections: {},
  segments: {},
  moves: {},
  examples: [],
  evidence: NO_EVIDENCE_SUMS,
  guesses: NO_GUESSES,
  tables: [],
});

/** Names come from playbooks and logs: no more of them than a report can show. */
const MOST_NAMES = 2_000;
const MOST_EXAMPLES = 20;
const NO_SEGMENT = "(none)";
const NOTHING = "nothing";

type Side = keyof BeforeAfter;
type Seen = Pick<Decision, "actions" | "rejected">;

const hasRoom = (counts: object, name: string): boolean =>
  Object.hasOwn(counts, name) || Object.keys(counts).length < MOST_NAMES;

const addTo = (counts: Record<string, BeforeAfter>, name: string, side: Side): void => {
  const known = Object.hasOwn(counts, name) ? counts[name] : undefined;
  if (known !== undefined) known[side] += 1;
  else if (hasRoom(counts, name)) counts[name] = { before: 0, after: 0, [side]: 1 };
};

/** What was chosen, in order: the same text for the same choice. */
export const choiceOf = ({ actions }: Pick<Decision, "actions">): string =>
  actions.length === 0
    ? NOTHING
    : actions
        .map(({ action, treatment, channel }) => [action, treatment, channel ?? ""].join("|"))
        .join(", ");

/** The same choice at the same time. Scores and reasons may differ: customers do not notice those. */
const momentsOf = ({ actions }: Seen): string => actions.map(({ sendAt }) => sendAt ?? "").join(",");

const namesOf = ({ actions }: Seen): string =>
  actions.length === 0 ? NOTHING : actions.map(({ action }) => action).join(" + ");

const countSide = (tally: Tally, { actions, rejected }: Seen, side: Side): void => {
  if (actions.length === 0) tally.nothing[side] += 1;
  for (const { action, channel } of actions) {
    addTo(tally.actions, action, side);
    addTo(tally.channels, channel ?? "(none)", side);
  }
  for (const { stage, reason } of rejected) addTo(tally.rejections, `${stage}/${reason}`, side);
};

/** Counts one decision as it was and as it would have been. */
export const countDecision = (
  tally: Tally,
  seen: {
    readonly decisionId: string;
    readonly segments: readonly string[];
    readonly before: Seen;
    readonly after: Seen;
  },
): void => {
  const { before, after } = seen;
  const isChanged = choiceOf(before) !== choiceOf(after) || momentsOf(before) !== momentsOf(after);
  tally.decisions += 1;
  countSide(tally, before, "before");
  countSide(tally, after, "after");
  for (const segment of seen.segments.length === 0 ? [NO_SEGMENT] : seen.segments) {
    if (!hasRoom(tally.segments, segment)) continue;
    tally.segments[segment] ??= { decisions: 0, changed: 0, before: 0, after: 0 };
    const counts = tally.segments[segment];
    counts.decisions += 1;
    counts.before += before.actions.length;
    counts.after += after.actions.length;
    if (isChanged) counts.changed += 1;
  }
  if (!isChanged) return;
  tally.changed += 1;
  const move = `${namesOf(before)} -> ${namesOf(after)}`;
  if (hasRoom(tally.moves, move)) tally.moves[move] = (tally.moves[move] ?? 0) + 1;
  if (tally.examples.length < MOST_EXAMPLES) tally.examples.push(seen.decisionId);
};

export const countSkipped = (tally: Tally, reason: string): void => {
  tally.skipped[reason] = (tally.skipped[reason] ?? 0) + 1;
};
