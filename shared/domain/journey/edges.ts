import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { nextBestHour } from "../contact-policy/best-hour.ts";
import { holds } from "../customer/view.ts";
import { assign, oldestId } from "../experiment/assignment.ts";
import { isOnlyHistory } from "../identity/standing.ts";
import { type CompiledStep, STOP } from "../playbook/model/journeys.ts";
import type { CustomerState } from "../records/customer.ts";
import type { JourneyRun } from "../records/journey.ts";
import { environmentOf, type JourneyContext, type JourneyEvent, scopeOf } from "./context.ts";
import { momentOf } from "./moment.ts";

/** What becomes of a run at its step: it rests, goes on to another since a moment, or leaves. */
export type Edge =
  | {
      readonly goes: "nowhere";
      readonly due: number;
      /** It waits for an answer that is to be asked for, again where it was before. */
      readonly asks?: true;
    }
  | {
      readonly goes: "on";
      readonly to: string;
      /** Milliseconds since the epoch: since when it is at the next step. */
      readonly since: number;
      readonly by?: { readonly id: string; readonly at: string };
      readonly choice?: string;
    }
  | { readonly goes: "out"; readonly as: string };

type Step<Kind extends CompiledStep["kind"]> = Extract<CompiledStep, { kind: Kind }>;

const NEVER = Number.POSITIVE_INFINITY;
/** What is later than this counts from now: after an outage, or a pause, no wait is over because another one took long. */
const LATE_MS = HOUR_MS / 4;
/** An answer that does not come is asked for again; so often, then the step counts as said nothing. */
const ANSWER_MS = 10 * MINUTE_MS;
const MOST_ASKED = 3;

const rests = (due: number): Extract<Edge, { goes: "nowhere" }> => ({ goes: "nowhere", due });
const goes = (
  to: string,
  at: number,
  { now }: JourneyContext,
  more: Pick<Extract<Edge, { goes: "on" }>, "by" | "choice"> = {},
): Edge => ({ goes: "on", to, since: now - at > LATE_MS ? now : Math.min(at, now), ...more });

/** All clicks together: a wait is for no channel alone. */
const allHours = ({ hours }: CustomerState): Readonly<Record<string, number>> | undefined => {
  if (hours === undefined) return undefined;
  const all: Record<string, number> = {};
  for (const channel of Object.values(hours))
    for (const [hour, clicks] of Object.entries(channel)) all[hour] = (all[hour] ?? 0) + clicks;
  return all;
};

const wait = (step: Step<"wait">, run: JourneyRun, context: JourneyContext): Edge => {
  const over = Date.parse(run.since) + step.ms;
  const due = step.untilBestHour ? nextBestHour(allHours(context.state), over) : over;
  return due <= context.now ? goes(step.next, due, context) : rests(due);
};

/** Whether the run waited for this event, and not only for one like it. */
const isMet = (
  step: Step<"waitFor">,
  run: JourneyRun,
  event: Omit<JourneyEvent, "depth" | "mayMove">,
  context: JourneyContext,
): boolean => {
  if (event.name !== step.event || event.id === run.by.id || event.at < run.since) return false;
  if (Date.parse(event.at) - Date.parse(run.since) > (step.withinMs ?? NEVER)) return false;
  const { where } = step.rules;
  return where === undefined || holds(where, scopeOf(context, run.entry, event), environmentOf(context));
};

/** The event in hand, or, where the run only just came here, one that happened since it did and was applied before. */
const metBy = (
  step: Step<"waitFor">,
  run: JourneyRun,
  context: JourneyContext,
  isFresh: boolean,
): { readonly id: string; readonly at: string } | undefined => {
  const { event, state, playbook } = context;
  if (run.met !== undefined) return run.met;
  if (event?.mayMove === true && isMet(step, run, event, context)) return event;
  if (!isFresh) return undefined;
  return state.recent.find(
    (one) =>
      (one.id !== event?.id || event.mayMove) &&
      !isOnlyHistory({ ...one, receivedAt: one.at }, playbook) &&
      isMet(step, run, one, context),
  );
};

const waitFor = (step: Step<"waitFor">, run: JourneyRun, context: JourneyContext, isFresh: boolean): Edge => {
  const met = metBy(step, run, context, isFresh);
  if (met !== undefined) {
    const { id, at } = met;
    return goes(step.next, Date.parse(at), context, { by: { id, at } });
  }
  const due = Date.parse(run.since) + (step.withinMs ?? NEVER);
  return due <= context.now ? goes(step.otherwise, due, context) : rests(due);
};

const waitUntil = (step: Step<"waitUntil">, run: JourneyRun, context: JourneyContext): Edge => {
  const moment = momentOf(step.rules.moment, run, context);
  const since = Date.parse(run.since);
  if (moment === null) return goes(step.otherwise, since, context);
  return moment <= context.now ? goes(step.next, Math.max(moment, since), context) : rests(moment);
};

const split = (step: Step<"split">, run: JourneyRun, context: JourneyContext): Edge => {
  const kept = step.arms.find(({ name }) => name === run.choices[step.name]);
  const arm = kept ?? assign(`${run.journey}#${step.name}`, oldestId(context.state), step.arms);
  return goes(arm.next, Date.parse(run.since), context, { choice: arm.name });
};

const branch = (step: Step<"branch">, run: JourneyRun, context: JourneyContext): Edge => {
  const scope = scopeOf(context, run.entry);
  const environment = environmentOf(context);
  const index = (step.rules.tests ?? []).findIndex((test) => holds(test, scope, environment));
  return goes(step.branches[index]?.next ?? step.otherwise, Date.parse(run.since), context);
};

const decide = (step: Step<"decide">, run: JourneyRun, context: JourneyContext): Edge => {
  const since = Date.parse(run.since);
  if (step.next === step.otherwise) return goes(step.next, since, context);
  if (run.answer !== undefined)
    return goes(run.answer === "made" ? step.next : step.otherwise, since, context);
  const due = run.asked === undefined || run.due === undefined ? undefined : Date.parse(run.due);
  if (due !== undefined && due > context.now) return rests(due);
  if ((run.asked ?? 0) >= MOST_ASKED) return goes(step.otherwise, since, context);
  return { ...rests(context.now + ANSWER_MS), asks: true };
};

/** Where a run goes from its step now. `isFresh`: it only just came there. */
export const edgeFrom = (
  step: CompiledStep,
  run: JourneyRun,
  context: JourneyContext,
  isFresh: boolean,
): Edge => {
  switch (step.kind) {
    case "wait":
      return wait(step, run, context);
    case "waitFor":
      return waitFor(step, run, context, isFresh);
    case "waitUntil":
      return waitUntil(step, run, context);
    case "split":
      return split(step, run, context);
    case "branch":
      return branch(step, run, context);
    case "decide":
      return decide(step, run, context);
    case "set":
    case "emit":
      return goes(step.next, Date.parse(run.since), context);
    case "exit":
      return { goes: "out", as: step.as };
  }
};

/** The step that a run goes on to where nothing else happens. */
export const usualTarget = (step: CompiledStep): string => {
  if (step.kind === "split") return step.arms[0]?.next ?? STOP;
  if (step.kind === "branch") return step.otherwise;
  return step.kind === "exit" ? STOP : step.next;
};
