import type { JsonObject } from "#kernel/json.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { covers } from "../playbook/model/scope.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";

/** Latest time (ISO-8601 UTC) of an outcome of an action, by `<outcome>|<action>`. */
export type Responses = NonNullable<CustomerState["responses"]>;

/** Outcomes that mean the offer was taken: they exclude its rivals and meet prerequisites that name no outcome. */
export const TAKEN: readonly string[] = ["accepted", "converted"];

/** Outcomes that mean the offer was turned down: a unit held for the customer is free again. */
export const TURNED_DOWN: readonly string[] = ["dismissed", "refused", "rejected", "declined"];

/** Past this number the oldest is forgotten, so that the profile stays small under any playbook. */
const MAX_RESPONSES = 100;
const HOUR = { from: 11, to: 13 } as const;

const keyOf = (action: string, outcome: string): string => `${outcome}|${action}`;

export const responseAt = (responses: Responses, action: string, outcome: string): string | undefined => {
  const key = keyOf(action, outcome);
  return Object.hasOwn(responses, key) ? responses[key] : undefined;
};

const heeded = new WeakMap<CompiledPlaybook, (action: string, outcome: string) => boolean>();

/** Whether some rule of the playbook asks for that outcome of that action: a prerequisite, an exclusion, a cool-down. */
const heeds = (playbook: CompiledPlaybook): ((action: string, outcome: string) => boolean) => {
  const known = heeded.get(playbook);
  if (known !== undefined) return known;
  const required = new Set(
    playbook.actions.flatMap(({ requires = [] }) =>
      requires.map(({ action, outcome }) => keyOf(action, outcome)),
    ),
  );
  const { coolDowns } = playbook.document.contactPolicy;
  const test = (action: string, outcome: string): boolean =>
    required.has(keyOf(action, outcome)) ||
    (TAKEN.includes(outcome) && playbook.actionByName.get(action)?.exclusive !== undefined) ||
    coolDowns.some((rule) => rule.outcome === outcome && covers(rule.actions, action));
  heeded.set(playbook, test);
  return test;
};

/** Keeps the later time of each, and the latest hundred of all. The order of merging does not matter. */
export const mergeResponses = (a: Responses, b: Responses): Responses => {
  const merged = new Map(Object.entries(a));
  for (const [key, at] of Object.entries(b)) if (at > (merged.get(key) ?? "")) merged.set(key, at);
  const latest = [...merged].sort(([key, at], [otherKey, otherAt]) =>
    at === otherAt ? (key < otherKey ? -1 : 1) : at > otherAt ? -1 : 1,
  );
  return Object.fromEntries(latest.slice(0, MAX_RESPONSES).sort(([a], [b]) => (a < b ? -1 : 1)));
};

type Hours = NonNullable<CustomerState["hours"]>;

/** Clicks by channel and hour (UTC), added up. */
export const mergeHours = (a: Hours, b: Hours): Hours => {
  const merged: Record<string, Record<string, number>> = {};
  for (const [channel, hours] of [...Object.entries(a), ...Object.entries(b)]) {
    const sums = merged[channel] ?? {};
    merged[channel] = sums;
    for (const [hour, clicks] of Object.entries(hours)) sums[hour] = (sums[hour] ?? 0) + clicks;
  }
  return merged;
};

const text = (properties: JsonObject | undefined, name: string): string | undefined => {
  const value = properties?.[name];
  return typeof value === "string" ? value : undefined;
};

/**
 * Adds an outcome to the profile: its time, where a rule of the playbook asks for it, and the hour of a click. Openings are
 * not counted by hour, because mail proxies open mail when they like. Outcomes marked `machine` are not counted.
 */
export const noteOutcome = (
  state: Pick<CustomerState, "responses" | "hours">,
  event: CollectedEvent,
  playbook: CompiledPlaybook,
): Pick<CustomerState, "responses" | "hours"> => {
  const { at, name, properties, type } = event;
  if (type !== "outcome" || properties?.machine === true) return {};
  const action = text(properties, "action");
  const outcome = text(properties, "outcome") ?? name.slice(name.lastIndexOf(".") + 1);
  const channel = text(properties, "channel");
  const responses = state.responses ?? {};
  return {
    ...(action !== undefined && heeds(playbook)(action, outcome)
      ? { responses: mergeResponses(responses, { [keyOf(action, outcome)]: at }) }
      : {}),
    ...(outcome === "clicked" && channel !== undefined
      ? {
          hours: mergeHours(state.hours ?? {}, {
            [channel]: { [String(Number(at.slice(HOUR.from, HOUR.to)))]: 1 },
          }),
        }
      : {}),
  };
};
