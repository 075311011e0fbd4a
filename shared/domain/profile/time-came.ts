import { hashId } from "#kernel/hash.ts";
import { once } from "#kernel/once.ts";
import { customerView } from "../customer/view.ts";
import { TIME_CAME } from "../playbook/model/known.ts";
import type { CustomerState } from "../records/customer.ts";
import type { HistoryItem } from "../records/effects.ts";
import { segmentHistory } from "./facts.ts";
import { updateSegments } from "./segments.ts";
import { dayOfTrigger } from "./time/day-of-trigger.ts";
import { type Applying, fireAll, type TriggeringEvent } from "./trigger/triggers.ts";

/** Whether a moment of theirs is over that nobody acted on yet. `now`: milliseconds since the epoch. */
export const isTimeUp = ({ inTime }: CustomerState, now: number): boolean =>
  inTime?.next.some(({ at }) => Date.parse(at) <= now) ?? false;

const causeOf = (state: CustomerState, of: string, at: string): TriggeringEvent => ({
  id: hashId("evt", "time", state.customerId, of, at),
  name: TIME_CAME,
  at,
  properties: {},
  imported: false,
  depth: 0,
});

/** The days of triggers that have come, as events: those that did not move on meanwhile. */
const daysCome = (state: CustomerState, { playbook, now }: Applying): readonly TriggeringEvent[] =>
  (state.inTime?.next ?? []).flatMap(({ of, at }) => {
    const trigger = playbook.triggers.find(({ name, moment }) => moment && of === `trigger:${name}`);
    const moment = Date.parse(at);
    if (trigger === undefined || moment > now) return [];
    if (dayOfTrigger(trigger, state, { playbook, now: moment - 1 }) !== moment) return [];
    return [{ ...causeOf(state, of, at), properties: { trigger: trigger.name } }];
  });

/** When a segment's time came: that is when it was entered or left, however late anybody looks. */
const momentOf = ({ inTime }: CustomerState, segment: string, now: string): string => {
  const at = inTime?.next.find(({ of }) => of === `segment:${segment}`)?.at ?? now;
  return at < now ? at : now;
};

/** What is over is told once; when it is next to be looked at is worked out anew. */
const told = (inTime: CustomerState["inTime"], now: string): Pick<CustomerState, "inTime"> =>
  inTime?.next.some(({ at }) => at <= now)
    ? { inTime: { of: "", next: inTime.next.filter(({ at }) => at > now) } }
    : {};

/** A state whose timers up to that one, the one that fired too, stand for nothing any more: new ones are set. */
export const withoutTimersUpTo = (state: CustomerState, due: string): CustomerState =>
  state.inTime?.next.some(({ timer }) => timer.due <= due)
    ? { ...state, inTime: { of: "", next: state.inTime.next.filter(({ timer }) => timer.due > due) } }
    : state;

/** What became of a customer by time alone. */
export const timeCame = (state: CustomerState, applying: Applying) => {
  const { playbook, now: nowMs } = applying;
  const now = new Date(nowMs).toISOString();
  const customer = once(() => customerView(state, playbook, nowMs));
  const days = daysCome(state, applying);
  const { segments, changes } = updateSegments(
    state.segments,
    customer,
    causeOf(state, "segments", now),
    applying,
  );
  const timely = changes.map((change) => {
    const segment = String(change.properties.segment);
    const at = momentOf(state, segment, now);
    return { ...change, at, id: hashId("evt", state.customerId, change.name, segment, at) };
  });
  const causes = [...days, ...timely];
  const firing = fireAll({ ...state, ...told(state.inTime, now), segments }, customer, causes, applying);
  const { customerId } = state;
  const history: readonly HistoryItem[] = causes.map((cause) => segmentHistory(customerId, cause));
  return { ...firing, history, causes };
};
