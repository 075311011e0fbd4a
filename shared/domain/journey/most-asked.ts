import type { JourneyRun } from "../records/journey.ts";
import { goOn } from "./advance.ts";
import type { JourneyContext } from "./context.ts";

/** Steps that a run is followed for: a way that is longer goes in circles. */
const MOST_FOLLOWED = 20;

/**
 * How many messages a run asks for until a moment (milliseconds since the epoch) by time alone, at most: where a decision
 * says which way it goes on, the way with more of them counts.
 */
export const mostAsked = (
  run: JourneyRun,
  context: JourneyContext,
  until: number,
  left = MOST_FOLLOWED,
): number => {
  if (left === 0 || run.ended !== undefined) return 0;
  const { run: after, asks, events } = goOn(run, context);
  const asked = asks.length;
  const follow = (next: JourneyRun, now: number): number =>
    mostAsked(next, { ...context, now }, until, left - 1);
  if (asks.some(({ isAwaited }) => isAwaited)) {
    const ways = (["made", "nothing"] as const).map((answer) => follow({ ...after, answer }, context.now));
    return asked + Math.max(...ways);
  }
  // What a step does itself changes nothing here: the run goes on behind it.
  if (events.length > 0) return asked + follow(after, context.now);
  const due = after.due === undefined ? Number.POSITIVE_INFINITY : Date.parse(after.due);
  return due <= until && due > context.now ? asked + follow(after, due) : asked;
};
