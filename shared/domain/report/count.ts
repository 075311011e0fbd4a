import { DAY_MS } from "#kernel/time.ts";
import { localDay } from "../calendar/local-day.ts";
import { outcomesKnownTo } from "../outcome/known-outcomes.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import type { ChosenAction } from "../records/chosen-action.ts";
import type { Decision } from "../records/decision.ts";
import { type CountedRow, countedAt, type Row, sumRows, toParts } from "./row.ts";

/** Something that reports count: a decision that was made, or what came of it. */
export type ReportFact =
  | { readonly kind: "decided"; readonly decisionId: string }
  | {
      readonly kind: "outcome";
      readonly decisionId: string;
      readonly eventId: string;
      /** Absent: the one action of the decision. */
      readonly action?: string;
      readonly outcome: string;
      readonly reason?: string;
      readonly value?: number;
      /** ISO-8601 UTC. */
      readonly at: string;
    };
type Outcome = Extract<ReportFact, { kind: "outcome" }>;

/** What of one decision has been counted. */
export type Mark = {
  /** 0: nothing is stored yet. */
  readonly version: number;
  readonly decided: boolean;
  /** Action -> what came of it. */
  readonly actions: Readonly<Record<string, CountedOutcomes>>;
};
type CountedOutcomes = {
  readonly outcomes: readonly string[];
  /** The events whose values are in the sum. */
  readonly valued: readonly string[];
};
export const NOT_COUNTED: Mark = { version: 0, decided: false, actions: {} };
const NO_OUTCOMES: CountedOutcomes = { outcomes: [], valued: [] };

export type Counting = { readonly mark: Mark; readonly added: readonly CountedRow[] };

/** What comes later than this after a decision is not counted any more: what is counted of it may be forgotten then. */
export const COUNTED_FOR_MS = 90 * DAY_MS;
/** A choice's further values are left out, so that what is kept of it stays small. */
const MOST_VALUES = 50;
/** Names that nobody declared are counted together, so that rows stay small whatever is reported. */
const OTHER = "other";
const CONVERTED = "converted";
/** Only what was sent comes to this, whether its sender lived to tell or not. */
const AFTER_SENT: readonly string[] = ["delivered", "complained"];
const REJECTED = "rejected";

/** When something happened, and on which day that is for the brand. */
type Moment = { readonly ms: number; readonly day: string };
const momentOf = (ms: number, zone: string): Moment => ({ ms, day: localDay(zone, ms) });

const choiceRow = (decision: Decision, chosen: ChosenAction, day: string): Row => ({
  kind: "choice",
  day,
  placement: decision.placement,
  action: chosen.action,
  treatment: chosen.treatment,
  channel: chosen.channel ?? "",
  ...(decision.segments === undefined ? {} : { segments: decision.segments }),
});

const refusal = (decision: Decision, at: Moment, reasons: Iterable<string>): CountedRow =>
  countedAt(
    { kind: "refusal", day: at.day, placement: decision.placement },
    Object.fromEntries([...reasons].map((reason) => [reason, 1])),
    at.ms,
  );

/** The decision itself: each action that was chosen, or, where none was, each reason once. */
const decidedRows = (decision: Decision, zone: string): readonly CountedRow[] => {
  const at = momentOf(Date.parse(decision.at), zone);
  if (decision.actions.length > 0) {
    return decision.actions.map((chosen) =>
      countedAt(choiceRow(decision, chosen, at.day), { decided: 1 }, at.ms),
    );
  }
  const reasons = new Set(decision.rejected.map(({ reason }) => reason));
  return reasons.size === 0 ? [] : [refusal(decision, at, reasons)];
};

type Rules = {
  readonly zone: string;
  readonly known: ReadonlySet<string>;
  readonly conversions: ReadonlySet<string>;
};

const rulesOf = (document: PlaybookDocument): Rules => {
  const conversions = new Set(Object.keys(document.learning?.conversions ?? {}));
  return {
    zone: document.brand.timeZone,
    conversions,
    known: new Set([...outcomesKnownTo(document), ...conversions, REJECTED, "uncertain"]),
  };
};

/** What an outcome adds to what is counted of its choice; null: nothing, it was counted before. */
const outcomeCounts = (
  { known, conversions }: Rules,
  { outcome, value, eventId }: Outcome,
  before: CountedOutcomes,
): { readonly counts: Record<string, number>; readonly counted: CountedOutcomes } | null => {
  const counts: Record<string, number> = {};
  const outcomes = new Set(before.outcomes);
  const count = (name: string): void => {
    if (outcomes.has(name)) return;
    outcomes.add(name);
    counts[name] = 1;
  };
  count(known.has(outcome) ? outcome : OTHER);
  if (conversions.has(outcome)) count(CONVERTED);
  if (AFTER_SENT.includes(outcome)) count("sent");
  const parts = toParts(value);
  const isNew = parts !== 0 && !before.valued.includes(eventId) && before.valued.length < MOST_VALUES;
  if (isNew) counts.value = parts;
  if (Object.keys(counts).length === 0) return null;
  return {
    counts,
    counted: { outcomes: [...outcomes], valued: isNew ? [...before.valued, eventId] : before.valued },
  };
};

const chosenFor = ({ actions }: Decision, { action }: Outcome): ChosenAction | undefined =>
  action === undefined && actions.length === 1 ? actions[0] : actions.find((one) => one.action === action);

/** When it happened; what is dated before its decision happened with it. */
const momentFor = ({ at }: Decision, outcome: Outcome, zone: string): Moment =>
  momentOf(Math.max(Date.parse(at), Date.parse(outcome.at)), zone);

const isInTime = ({ at }: Decision, outcome: Outcome): boolean =>
  Date.parse(outcome.at) - Date.parse(at) <= COUNTED_FOR_MS;

/**
 * What facts of one decision add to the reports; null: nothing, all of it was counted before. However often a fact comes,
 * and in whatever order, it counts once: an outcome by its name once a choice, a value once an event. An outcome proves
 * that there was a decision.
 * @param document the playbook that decided: days are those of its brand
 */
export const countFacts = (
  decision: Decision,
  facts: readonly ReportFact[],
  mark: Mark,
  document: PlaybookDocument,
): Counting | null => {
  const rules = rulesOf(document);
  const added: CountedRow[] = mark.decided ? [] : [...decidedRows(decision, rules.zone)];
  const actions = new Map(Object.entries(mark.actions));
  for (const fact of facts) {
    const chosen = fact.kind === "outcome" ? chosenFor(decision, fact) : undefined;
    if (fact.kind === "decided" || chosen === undefined || !isInTime(decision, fact)) continue;
    const found = outcomeCounts(rules, fact, actions.get(chosen.action) ?? NO_OUTCOMES);
    if (found === null) continue;
    actions.set(chosen.action, found.counted);
    const at = momentFor(decision, fact, rules.zone);
    added.push(countedAt(choiceRow(decision, chosen, at.day), found.counts, at.ms));
    if (fact.outcome === REJECTED && fact.reason !== undefined && found.counts[REJECTED] === 1)
      added.push(refusal(decision, at, [fact.reason]));
  }
  if (mark.decided && added.length === 0) return null;
  return {
    mark: { version: mark.version + 1, decided: true, actions: Object.fromEntries(actions) },
    added: sumRows(added),
  };
};
