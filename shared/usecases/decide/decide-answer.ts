import { decideSeveral } from "#domain/decision/decide-several.ts";
import { askedAbout, learntInput } from "#domain/decision/explore/learnt.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision, Unavailable } from "#domain/records/decision.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { LearntModels } from "#ports/learning-store.ts";
import { type Announced, announce } from "./announce.ts";
import { type CommitDependencies, commitDecision, countDecisions } from "./commit.ts";
import { type LoggingDependencies, logDecisions } from "./log-decisions.ts";
import { publishShown } from "./publish-for-learning.ts";

export type AnswerDependencies = CommitDependencies &
  LoggingDependencies & {
    /** Absent: nothing is learnt, and neither what was decided nor what was shown is published. */
    readonly models?: LearntModels;
    readonly bus?: EventBus;
    readonly clock: Clock;
    readonly ids: Ids;
  };

/** One question, for one placement or several, with names that the playbook declares. */
export type Question = Pick<DecideInput, "channel" | "context" | "data" | "limit"> & {
  /** The customer asked about, as `CustomerStore.find` takes it; null: no customer can have that identifier. */
  readonly ref: string | null;
  readonly placements: readonly string[];
  readonly dryRun: boolean;
};

/**
 * An anonymous decision keeps whom it was asked about, so that its outcomes find their person, unless that is an
 * address: a record without a customer would keep it beyond any erasure.
 */
const isKeepable = (ref: string, playbook: CompiledPlaybook): boolean => {
  const type = playbook.identifierTypes.get(ref.slice(0, Math.max(0, ref.indexOf(":"))));
  return type !== undefined && type.channel === undefined;
};

const inputsFor = (
  { clock }: AnswerDependencies,
  { ref, placements, ...asked }: Question,
  playbook: CompiledPlaybook,
  { decisionIds }: Announced,
): readonly Omit<DecideInput, "record">[] =>
  placements.map((placement, at) => ({
    ...asked,
    playbook,
    placement,
    mode: "answer",
    decisionId: decisionIds[at] ?? "",
    now: clock.now(),
    ...(ref === null || !isKeepable(ref, playbook) ? {} : { ref }),
  }));

/** Decisions, and the customer as they were read; null where there is none. */
export type Answered = { readonly decisions: readonly Decision[]; readonly record: CustomerRecord | null };

/** Decides what to say now and, unless it is a dry run, records, logs and publishes it. */
export const decideAnswer = async (
  deps: AnswerDependencies,
  question: Question,
  playbook: CompiledPlaybook,
): Promise<Answered> => {
  const announced = announce(deps, question);
  const record = question.ref === null ? null : await deps.customers.find(question.ref);
  return answerAbout(deps, { record, announced }, question, playbook);
};

/** As `decideAnswer`, about a customer who was read already, by decisions that were announced. */
export const answerAbout = async (
  deps: AnswerDependencies,
  { record, announced }: { readonly record: CustomerRecord | null; readonly announced: Announced },
  question: Question,
  playbook: CompiledPlaybook,
): Promise<Answered> => {
  const asked = inputsFor(deps, question, playbook, announced);
  const model = await deps.models?.current(playbook.learning, asked.flatMap(askedAbout));
  const learnt = learntInput(playbook, model ?? null);
  const inputs = asked.map((input) => ({ ...input, ...learnt }));
  const decideOn = (current: CustomerRecord | null, unavailable: Unavailable) =>
    decideSeveral(
      current,
      unavailable.size === 0 ? inputs : inputs.map((input) => ({ ...input, unavailable })),
    );
  if (question.dryRun) {
    return { decisions: decideOn(record, deps.decisions.gone()).map(({ decision }) => decision), record };
  }
  await announced.told;
  const committed = await commitDecision(deps, record, decideOn);
  const { bus } = deps;
  await Promise.all([
    logDecisions(deps, committed),
    ...(bus === undefined ? [] : [publishShown({ ...deps, bus }, playbook, committed.decisions)]),
  ]);
  countDecisions(deps.telemetry, committed, "answer");
  return { decisions: committed.decisions, record };
};
