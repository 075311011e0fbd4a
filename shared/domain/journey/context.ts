import type { FeelContext, FeelValue } from "#feel/index.ts";
import { environmentAt, eventView, feelBrand, feelNow } from "../customer/view.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { JourneyAsk, JourneyRun } from "../records/journey.ts";

/** An event as journeys see it. */
export type JourneyEvent = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly properties: CollectedEvent["properties"] & object;
  readonly depth: number;
  /** False for what is imported or too deep: it leads nobody in and along, only out (invariant 9). */
  readonly mayMove: boolean;
};

/** All that moving a run depends on. */
export type JourneyContext = {
  readonly playbook: CompiledPlaybook;
  /** The customer's, after what happened. */
  readonly state: CustomerState;
  readonly customer: () => FeelContext;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Journeys that are kept still as a whole. */
  readonly still: ReadonlySet<string>;
  /** What happened, where an event did. */
  readonly event?: JourneyEvent;
};

/** A run after it moved, and what follows from it. */
export type Moved = {
  readonly run: JourneyRun;
  readonly asks: readonly JourneyAsk[];
  /** What the run itself does to its customer: applied as any event is. */
  readonly events: readonly CollectedEvent[];
};

type Facts = { readonly name: string; readonly at: string; readonly properties: JourneyEvent["properties"] };

/** What a rule of a journey may name. */
export const scopeOf = (
  { playbook, customer, now }: JourneyContext,
  entry?: Facts,
  event?: Facts,
): Readonly<Record<string, FeelValue>> => ({
  customer: customer(),
  ...(entry === undefined ? {} : { entry: eventView(entry, playbook) }),
  ...(event === undefined ? {} : { event: eventView(event, playbook) }),
  brand: feelBrand(playbook),
  now: feelNow(now),
});

export const environmentOf = ({ playbook, now }: JourneyContext) => environmentAt(playbook, now);

export const isoOf = (ms: number): string => new Date(ms).toISOString();
