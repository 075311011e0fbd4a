import { FeelLimitError, toJson } from "#feel/index.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { fitting } from "#kernel/fitting.ts";
import { fraction } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { holds } from "../customer/view.ts";
import { oldestId } from "../experiment/assignment.ts";
import { type CompiledJourney, HOLDOUT } from "../playbook/model/journeys.ts";
import type { Standing } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";
import type { JourneyRun } from "../records/journey.ts";
import { arrive, exitOf } from "./advance.ts";
import { environmentOf, isoOf, type JourneyContext, type JourneyEvent, scopeOf } from "./context.ts";
import { entryIdOf, runIdOf } from "./ids.ts";

/** Live runs that a customer may have at once. */
export const MOST_LIVE = 50;
const KEY_LENGTH = 200;

/** Somebody at the door of a journey. */
export type Entering = {
  readonly journey: CompiledJourney;
  readonly key: string;
  /** The event that leads in. */
  readonly event: Pick<JourneyEvent, "id" | "name" | "at" | "properties" | "depth">;
  readonly standing?: Standing;
};

/** What a formula tells runs apart by; null: it tells nothing, and nobody comes in. */
const keyOf = (journey: CompiledJourney, event: JourneyEvent, context: JourneyContext): string | null => {
  const { key } = journey.rules;
  if (key === undefined) return "";
  try {
    const value = toJson(key.evaluate(scopeOf(context, undefined, event), environmentOf(context)));
    if (value === null) return null;
    return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, KEY_LENGTH);
  } catch (error) {
    if (error instanceof FeelLimitError) return null;
    throw error;
  }
};

/** The journeys that an event leads into, by the event alone. */
export const enteringBy = (
  event: JourneyEvent,
  standing: Standing | undefined,
  context: JourneyContext,
): readonly Entering[] =>
  (context.playbook.journeysByEvent.get(event.name) ?? []).flatMap((journey) => {
    const { enter } = journey;
    if (!event.mayMove || enter === undefined) return [];
    if (context.now - Date.parse(event.at) > enter.maxAgeMs) return [];
    if (enter.segment !== undefined && event.properties.segment !== enter.segment) return [];
    const test = journey.rules.if;
    if (test !== undefined && !holds(test, scopeOf(context, undefined, event), environmentOf(context)))
      return [];
    const key = keyOf(journey, event, context);
    return key === null ? [] : [{ journey, key, event, ...(standing === undefined ? {} : { standing }) }];
  });

/** Ids that a run of somebody at the door may have: one for each id that they ever came in as. */
export const possibleIds = (
  { journey, key, event }: Entering,
  customerId: CustomerId,
  homes: readonly CustomerId[],
): readonly string[] => {
  const slot = {
    journey: journey.name,
    key,
    ...(journey.whileInside === "parallel" ? { eventId: event.id } : {}),
  };
  return [...new Set([customerId, ...homes])].map((home) => runIdOf(home, slot));
};

/** Whether somebody whose run ended may come in again. */
const mayAgain = ({ again }: CompiledJourney, { ended }: JourneyRun, at: string): boolean => {
  if (ended === undefined || again === "never") return false;
  return again === "always" || Date.parse(at) - Date.parse(ended.at) >= again.afterMs;
};

/** Of an event as much as fits: what is too large for a run is read from history. */
const fittingProperties = (properties: JsonObject): JsonObject =>
  Object.fromEntries(fitting(Object.entries(properties), BOUNDS.journeyEntryBytes));

/** What happens at the door: a new run, in place of one that is still inside, or nothing. */
export type Admission = { readonly run: JourneyRun; readonly replaces?: JourneyRun } | null;

/**
 * Lets somebody in, or not: by what is known of earlier runs in this journey with this key. `known`: those, ended or not.
 */
export const admit = (
  entering: Entering,
  known: readonly JourneyRun[],
  { context, live }: { readonly context: JourneyContext; readonly live: number },
): Admission => {
  const { journey, key, event, standing } = entering;
  const inside = known.find(({ ended }) => ended === undefined);
  if (inside !== undefined && journey.whileInside !== "restart") return null;
  if (inside?.entry.id === event.id || known.some(({ entry }) => entry.id === event.id)) return null;
  const before = inside ?? known.toSorted((a, b) => ((a.ended?.at ?? "") < (b.ended?.at ?? "") ? 1 : -1))[0];
  if (inside === undefined && before !== undefined && !mayAgain(journey, before, event.at)) return null;
  if (inside === undefined && live >= MOST_LIVE) return null;
  const { id, name, at } = event;
  const entry = { id, name, at, properties: fittingProperties(event.properties) };
  if (exitOf(journey, { entry }, context) !== null) return null;
  const { customerId } = context.state;
  const [fresh = ""] = possibleIds(entering, customerId, []);
  const runId = before?.runId ?? fresh;
  const person = oldestId(context.state);
  const isHeldOut =
    journey.holdout > 0 && fraction("journey-holdout", journey.name, person) < journey.holdout;
  const outside: JourneyRun = {
    runId,
    home: before?.home ?? customerId,
    journey: journey.name,
    key,
    entryId: entryIdOf(runId, id),
    entry,
    enteredAt: isoOf(context.now),
    depth: event.depth,
    ...(standing === undefined || standing === "trusted" ? {} : { standing }),
    step: "",
    visit: 0,
    since: at,
    by: { id, at },
    choices: before?.choices ?? {},
    goesOn: [],
    path: [],
    playbook: context.playbook.version,
    ...(isHeldOut ? { heldOut: true } : {}),
  };
  const step = isHeldOut ? HOLDOUT : journey.first;
  const since = Math.min(Date.parse(at), context.now);
  const run = arrive(outside, { step, since }, journey, context);
  return inside === undefined ? { run } : { run, replaces: inside };
};
