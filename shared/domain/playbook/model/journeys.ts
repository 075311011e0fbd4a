import type { CompiledExpression } from "#feel/index.ts";
import type { JsonObject } from "#kernel/json.ts";

/** Where a run goes from a step: the name of another, or `stop`. */
export type Target = string;
/** Ends a run that came to its end; no step has this name. */
export const STOP = "stop";
/** Where those wait who are kept out, so that the journey's effect can be told; no step has this name. */
export const HOLDOUT = "holdout";

export type JourneyStep = { readonly name: string } & (
  | {
      readonly kind: "decide";
      readonly placement: string;
      /** What could leave only after quiet hours is not said at all. */
      readonly skipsQuiet: boolean;
      readonly next: Target;
      readonly otherwise: Target;
    }
  | { readonly kind: "wait"; readonly ms: number; readonly untilBestHour: boolean; readonly next: Target }
  | {
      readonly kind: "waitFor";
      readonly event: string;
      readonly where?: string;
      /** Absent: as long as the journey lasts. */
      readonly withinMs?: number;
      readonly next: Target;
      readonly otherwise: Target;
    }
  | {
      readonly kind: "waitUntil";
      readonly moment: string;
      readonly next: Target;
      readonly otherwise: Target;
    }
  | {
      readonly kind: "split";
      readonly arms: readonly { readonly name: string; readonly weight: number; readonly next: Target }[];
    }
  | {
      readonly kind: "branch";
      readonly branches: readonly { readonly if: string; readonly next: Target }[];
      readonly otherwise: Target;
    }
  | { readonly kind: "set"; readonly traits: JsonObject; readonly next: Target }
  | {
      readonly kind: "emit";
      readonly event: string;
      readonly properties: JsonObject;
      readonly next: Target;
    }
  | { readonly kind: "exit"; readonly as: string }
);
export type StepKind = JourneyStep["kind"];

/** Whether somebody who was in it may come in again: by the time since they left, in milliseconds. */
export type Again = "never" | "always" | { readonly afterMs: number };

export type JourneyEntry = {
  /** The event that leads in; of a segment's, `segment.entered`. */
  readonly on: string;
  readonly segment?: string;
  readonly if?: string;
  /** By event time: what is older leads nobody in. */
  readonly maxAgeMs: number;
};

export type JourneyExit = { readonly on?: string; readonly if?: string; readonly as: string };

/** A flow of many steps that a customer walks through once for each key. */
export type Journey = {
  readonly name: string;
  /** Absent: only by the API. */
  readonly enter?: JourneyEntry;
  /** FEEL: what tells runs of one customer apart. */
  readonly key?: string;
  readonly again: Again;
  readonly whileInside: "ignore" | "restart" | "parallel";
  readonly exit: readonly JourneyExit[];
  readonly holdout: number;
  readonly maxAgeMs: number;
  /** Steps by their names of before. */
  readonly moved: Readonly<Record<string, string>>;
  /** The first one begins. */
  readonly steps: readonly JourneyStep[];
  readonly file: string;
};

type CompiledRules = {
  readonly where?: CompiledExpression;
  readonly moment?: CompiledExpression;
  /** Those of a branch, one by one. */
  readonly tests?: readonly CompiledExpression[];
};
export type CompiledStep = JourneyStep & { readonly rules: CompiledRules };
export type CompiledExit = JourneyExit & { readonly test?: CompiledExpression };
export type CompiledJourney = Omit<Journey, "steps" | "exit"> & {
  readonly rules: { readonly if?: CompiledExpression; readonly key?: CompiledExpression };
  readonly exit: readonly CompiledExit[];
  readonly first: string;
  readonly steps: ReadonlyMap<string, CompiledStep>;
};

/** A document's journeys. Release 0.1 kept the files as they were written and ran none of them: those are left out. */
export const journeysOf = ({
  journeys,
}: {
  readonly journeys: readonly (Journey | JsonObject)[];
}): readonly Journey[] =>
  journeys.filter((one): one is Journey => Array.isArray(one.steps) && typeof one.name === "string");

/** Every edge that leads away from a step. */
export const targetsOf = (step: JourneyStep): readonly Target[] => {
  switch (step.kind) {
    case "split":
      return step.arms.map(({ next }) => next);
    case "branch":
      return [...step.branches.map(({ next }) => next), step.otherwise];
    case "decide":
    case "waitFor":
    case "waitUntil":
      return [step.next, step.otherwise];
    case "wait":
    case "set":
    case "emit":
      return [step.next];
    case "exit":
      return [STOP];
  }
};

/** Whether a run rests there until time or an event moves it. */
export const isWait = ({ kind }: Pick<JourneyStep, "kind">): boolean =>
  kind === "wait" || kind === "waitFor" || kind === "waitUntil";

/** Names of the events that a journey's steps wait for. */
export const awaitedIn = ({ steps }: Pick<Journey, "steps">): readonly string[] =>
  steps.flatMap((step) => (step.kind === "waitFor" ? [step.event] : []));

/** Each placement that a journey asks, with the events that a decision there may be about; null: also without any. */
export const askedIn = (
  journey: Journey,
): readonly { readonly placement: string; readonly events: readonly string[] | null }[] => {
  const { enter, steps } = journey;
  const events = enter === undefined ? null : [...new Set([enter.on, ...awaitedIn(journey)])];
  return steps.flatMap((step) => (step.kind === "decide" ? [{ placement: step.placement, events }] : []));
};
