import { hashId } from "#kernel/hash.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { CustomerState, NextMoment } from "../../records/customer.ts";
import type { Timer } from "../../records/effects.ts";
import { TIME_DUE } from "../../records/event.ts";
import { TOO_NEAR_MS } from "../trigger/waits.ts";
import { dayOfTrigger } from "./day-of-trigger.ts";
import { nextChange } from "./next-change.ts";

type Applying = { readonly playbook: CompiledPlaybook; readonly now: number };

/** Something that time alone changes. */
type Watched = {
  readonly of: string;
  /** Members of `customer` that its moment depends on; null: all. */
  readonly fields: readonly string[] | null;
  readonly next: (state: CustomerState, applying: Applying) => number | null;
};

/** A day's hour is where the customer is: the traits that say where. */
const ZONE_FIELDS = ["timezone", "timeZone", "deviceZone"] as const;

const watchedOf = (playbook: CompiledPlaybook): readonly Watched[] => [
  ...playbook.segments.flatMap(({ name, inTime }) => {
    const condition = inTime();
    if (condition === null) return [];
    const { fields } = condition;
    return [
      {
        of: `segment:${name}`,
        fields,
        next: (state: CustomerState, at: Applying) => nextChange(condition, state, at),
      },
    ];
  }),
  ...playbook.triggers.flatMap((trigger) => {
    if (trigger.moment === undefined) return [];
    const read = trigger.moment.fields();
    const fields = read === null ? null : [...read, ...ZONE_FIELDS];
    const next = (state: CustomerState, at: Applying) => dayOfTrigger(trigger, state, at);
    return [{ of: `trigger:${trigger.name}`, fields, next }];
  }),
];

type Known = { readonly watched: readonly Watched[]; readonly of: string };
const known = new WeakMap<CompiledPlaybook, Known>();

/** What a playbook watches, and a fingerprint of it: another playbook that watches the same has the same. */
const knownOf = (playbook: CompiledPlaybook): Known => {
  const made = known.get(playbook);
  if (made !== undefined) return made;
  const watched = watchedOf(playbook);
  const { triggers, segments, brand, dataModel } = playbook.document;
  const said = [
    triggers.map(({ name, at }) => [name, at]),
    segments,
    brand.timeZone,
    dataModel.computed,
    dataModel.traits,
  ];
  const fresh = { watched, of: watched.length === 0 ? "" : hashId("tim", JSON.stringify(said)).slice(0, 12) };
  known.set(playbook, fresh);
  return fresh;
};

const memberOf = (state: CustomerState, name: string): unknown => {
  if (name === "conversation" || name === "createdAt" || name === "customerId") return state[name];
  if (name === "deviceZone") return state.deviceZone?.name;
  const computed = Object.hasOwn(state.computed, name) ? state.computed[name] : undefined;
  return computed ?? (Object.hasOwn(state.traits, name) ? state.traits[name]?.value : undefined);
};

const isSame = (before: CustomerState, after: CustomerState, { of, fields }: Watched): boolean => {
  if (fields === null || fields.some((name) => memberOf(before, name) !== memberOf(after, name)))
    return false;
  const segment = of.startsWith("segment:") ? of.slice("segment:".length) : null;
  return (
    segment === null || Object.hasOwn(before.segments, segment) === Object.hasOwn(after.segments, segment)
  );
};

/** The timer that stands, where it may go on standing: it fires in time, and not before this is written. */
const reusable = (earlier: NextMoment | undefined, at: number, now: number): NextMoment["timer"] | null => {
  if (earlier === undefined) return null;
  const due = Date.parse(earlier.timer.due);
  return due <= at && due > now + TOO_NEAR_MS ? earlier.timer : null;
};

const timerFor = ({ customerId, version }: CustomerState, of: string, due: string): Timer => {
  const id = hashId("ttm", customerId, of, String(version));
  return { id, due, event: { id, name: TIME_DUE, detail: { v: 1, id, customerId, due } } };
};

/** What is to come, and the timers to set and to cancel for it. */
export type Ahead = {
  readonly inTime?: NonNullable<CustomerState["inTime"]>;
  readonly timers: readonly Timer[];
  readonly cancel: readonly NextMoment["timer"][];
};

/**
 * What time alone will change of a customer, each with the one timer that stands for it: kept where what it depends on is as
 * it was, left where it only moves to later, else set anew. `before`: as stored, `after`: as it is to be written.
 */
export const lookAhead = (before: CustomerState, after: CustomerState, applying: Applying): Ahead => {
  const { watched, of } = knownOf(applying.playbook);
  const earlier = new Map((after.inTime?.next ?? []).map((one) => [one.of, one]));
  if (watched.length === 0 && earlier.size === 0) return { timers: [], cancel: [] };
  const now = new Date(applying.now).toISOString();
  const isKnown = after.inTime?.of === of;
  const next: NextMoment[] = [];
  const timers: Timer[] = [];
  const left = new Map(earlier);
  for (const one of watched) {
    const was = earlier.get(one.of);
    const stands = was === undefined || (was.at > now && was.timer.due > now);
    if (isKnown && stands && isSame(before, after, one)) {
      if (was !== undefined) next.push(was);
      left.delete(one.of);
      continue;
    }
    const at = one.next(after, applying);
    if (at === null) continue;
    const due = new Date(at).toISOString();
    const standing = reusable(was, at, applying.now);
    if (standing !== null) left.delete(one.of);
    const timer = standing ?? timerFor(after, one.of, due);
    if (standing === null) timers.push(timerFor(after, one.of, due));
    next.push({ of: one.of, at: due, timer: { id: timer.id, due: timer.due } });
  }
  const cancel = [...left.values()].map(({ timer }) => timer).filter(({ due }) => due > now);
  return { inTime: { of, next }, timers, cancel };
};
