import { belongsTo } from "#domain/audience/audience.ts";
import { sendIn } from "#domain/audience/input.ts";
import { addCounts, type Counts, type FailedRow, type Job, SEEN } from "#domain/audience/job.ts";
import { countedDecision, earliestFor, type Send, sendDecisionId } from "#domain/audience/send.ts";
import { decide } from "#domain/decision/decide.ts";
import { askedAbout, learntInput } from "#domain/decision/explore/learnt.ts";
import type { DecideInput } from "#domain/decision/input/input.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Decision } from "#domain/records/decision.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { DataKeys } from "#ports/decision-log.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { LearntModels } from "#ports/learning-store.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { Timers } from "#ports/timers.ts";
import {
  askSenders,
  type CommitDependencies,
  type Committed,
  commitDecision,
  countDecisions,
} from "../decide/commit.ts";
import { type LoggingDependencies, logAgain, logDecisions } from "../decide/log-decisions.ts";
import { publishAssigned } from "../decide/publish-for-learning.ts";
import type { Step } from "./walk-slice.ts";

export type SendDependencies = CommitDependencies &
  LoggingDependencies & {
    readonly playbooks: Pick<CompiledVersions, "current">;
    readonly models: LearntModels;
    readonly dataKeys: DataKeys;
    readonly bus: EventBus;
    readonly timers: Timers;
    readonly clock: Clock;
  };

/** Decisions of a page that are made side by side. */
const SIDE_BY_SIDE = 25;

/** All that the decisions of a turn have in common. */
type Sending = {
  readonly sendId: string;
  readonly send: Send;
  readonly playbook: CompiledPlaybook;
  readonly learnt: Partial<DecideInput>;
};

/** What is decided about one customer of the send. */
const inputFor = (
  { sendId, send, playbook, learnt }: Sending,
  record: CustomerRecord | null,
  decisionId: string,
  now: number,
): DecideInput => {
  const notBefore = record === null ? undefined : earliestFor(send, record.state, playbook, now);
  return {
    playbook,
    record,
    placement: send.placement,
    mode: "message",
    decisionId,
    now,
    trigger: send.name,
    eventId: sendId,
    dryRun: send.dryRun,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...learnt,
  };
};

/** One of them may have been decided on before both became one: then that decision is theirs. */
const decisionIdFor = async (
  { decisions }: SendDependencies,
  { sendId }: Sending,
  { state }: CustomerRecord,
): Promise<string> => {
  const own = sendDecisionId(sendId, state.customerId);
  if (state.absorbed.length === 0) return own;
  const ids = state.absorbed.map((customerId) => sendDecisionId(sendId, customerId));
  const earlier = await decisions.getAll(ids);
  return ids.find((id) => earlier.has(id)) ?? own;
};

const decideOne = async (
  deps: SendDependencies,
  sending: Sending,
  record: CustomerRecord,
): Promise<Committed> => {
  const decisionId = await decisionIdFor(deps, sending, record);
  return commitDecision(deps, record, (current, unavailable) => [
    decide({
      ...inputFor(sending, current, decisionId, deps.clock.now()),
      ...(unavailable.size === 0 ? {} : { unavailable }),
    }),
  ]);
};

type Made = { readonly committed: readonly Committed[]; readonly failures: readonly FailedRow[] };

/** Decides on all of a page. Of whom it fails the walk goes on without, unless a service we need does not answer. */
const decideAll = async (
  deps: SendDependencies,
  sending: Sending,
  records: readonly CustomerRecord[],
): Promise<Made> => {
  const committed: Committed[] = [];
  const failures: FailedRow[] = [];
  for (let start = 0; start < records.length; start += SIDE_BY_SIDE) {
    await Promise.all(
      records.slice(start, start + SIDE_BY_SIDE).map(async (record) => {
        try {
          committed.push(await decideOne(deps, sending, record));
        } catch (error) {
          const isOwn = error instanceof RapportError && (!error.transient || error.code === "conflict");
          if (!isOwn) throw error;
          failures.push({ customerId: record.state.customerId, code: error.code });
        }
      }),
    );
  }
  return { committed, failures };
};

/** What follows from the decisions of a page: in a few requests for all. Safe to repeat, as after any one decision. */
const tellAll = async (deps: SendDependencies, committed: readonly Committed[]): Promise<void> => {
  const decisions = committed.flatMap((one) => one.decisions);
  const messages = committed.flatMap((one) => one.messages);
  const entries = committed.flatMap((one) => one.entries);
  const repeated = committed.filter((one) => one.repeated).flatMap((one) => one.decisions);
  await Promise.all([
    decisions.length === 0 ? undefined : askSenders(deps, { decisions, messages }),
    logDecisions(deps, { entries }),
    publishAssigned(deps, decisions),
    ...repeated.map((decision) => logAgain(deps, decision)),
  ]);
  for (const one of committed) countDecisions(deps.telemetry, one, "message");
};

const countsOf = (decisions: readonly Decision[], playbook: CompiledPlaybook): Counts =>
  decisions.reduce<Counts>((sum, one) => addCounts(sum, countedDecision(one, playbook)), {});

/**
 * Asks the send's placement for each customer of a page who is in its audience. The decision's id comes from send and
 * customer: a page that is done twice, a send that is begun twice, decide nothing twice.
 */
export const sendStep =
  (deps: SendDependencies) =>
  async (job: Job): Promise<Step> => {
    const send = sendIn(job);
    const playbook = await deps.playbooks.current();
    const asked = { playbook, placement: send.placement, mode: "message" } as const;
    const model = await deps.models.current(playbook.learning, askedAbout(asked));
    const learnt = learntInput(playbook, model ?? null);
    const sending: Sending = { sendId: job.jobId, send, playbook, learnt };
    const isIn = belongsTo(send.audience, playbook);
    return async ({ records }) => {
      const now = deps.clock.now();
      const seen = { [SEEN]: records.length };
      const audience = records.filter(({ state }) => isIn(state, now));
      if (send.dryRun) {
        const decisions = audience.map(
          (record) =>
            decide(inputFor(sending, record, sendDecisionId(job.jobId, record.state.customerId), now))
              .decision,
        );
        return { counts: addCounts(seen, countsOf(decisions, playbook)) };
      }
      const { committed, failures } = await decideAll(deps, sending, audience);
      await tellAll(deps, committed);
      const decisions = committed.flatMap((one) => one.decisions);
      return { counts: addCounts(seen, countsOf(decisions, playbook)), failures };
    };
  };
