import { sendIn } from "#domain/audience/input.ts";
import { isOver, progressOf } from "#domain/audience/job.ts";
import { breaks, sendCounts, sendOf, type Told } from "#domain/audience/send.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import { changeJob, type JobsDependencies } from "./begin-job.ts";

export type WatchDependencies = JobsDependencies & { readonly decisions: Pick<DecisionStore, "get"> };

/** A bounce or a complaint about a message, as the reports hear of it. */
export type Reported = {
  readonly decisionId: string;
  readonly outcome: string;
  readonly eventId: string;
};

const toldIn = (outcome: string): keyof Told | null =>
  outcome === "bounced" || outcome === "complained" ? outcome : null;

/** Counts what goes wrong with messages of sends, and pauses a send with which too much does. */
export const watchSend = async (
  deps: WatchDependencies,
  { decisionId, outcome, eventId }: Reported,
): Promise<void> => {
  const what = toldIn(outcome);
  const decision = what === null ? null : await deps.decisions.get(decisionId);
  const sendId = decision === null ? null : sendOf(decision);
  if (what === null || sendId === null || (await deps.jobs.get(sendId)) === null) return;
  const told = await deps.jobs.tell(sendId, what, eventId);
  await changeJob(deps, sendId, ({ job, slices }) => {
    if (job.kind !== "send" || isOver(job) || job.status === "paused") return null;
    const { sent } = sendCounts(progressOf(job, slices).counts);
    const reason = breaks(sendIn(job).stopAt, told, sent);
    return reason === null ? null : { job: { ...job, status: "paused", reason } };
  });
};
