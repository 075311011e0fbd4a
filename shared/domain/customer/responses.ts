import type { JsonObject } from "#kernel/json.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { covers } from "../playbook/model/scope.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";

/** What came of an action last, by `<outcome>|<action>`: ISO-8601 UTC. */
export type Responses = NonNullable<CustomerState["responses"]>;

/** The offer was taken: what excludes its rivals, and what a prerequisite means unless it says otherwise. */
export const TAKEN: readonly string[] = ["accepted", "converted"];

/** The offer was turned down: nobody need hold it for the customer any longer. */
export const TURNED_DOWN: readonly string[] = ["dismissed", "refused", "rejected", "declined"];

/** Past this many the longest unheard goes, so that the profile stays small whatever is published. */
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

/** Of each the later; the latest hundred. The same whatever the order. */
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
 * The profile's memory of outcomes with one more: when it was, where a rule asks for it; and for clicks at which hour.
 * Openings are not counted: mail proxies open at hours of their own. What machines did counts for nothing.
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
