import { Caller, type Environment, Run } from "../run/caller.ts";
import type { FeelValue } from "../values/values.ts";

/** The local variables of one function body, or of the expression itself. */
export class Frame extends Caller {
  readonly slots: FeelValue[];

  constructor(slots: FeelValue[], run: Run) {
    super(run);
    this.slots = slots;
  }
}

/** The frame of a new evaluation with so many variables. */
export function newFrame(slots: number, environment: Environment | undefined): Frame {
  const values: FeelValue[] = [];
  for (let slot = 0; slot < slots; slot++) values.push(null);
  return new Frame(values, new Run(environment));
}

let bare = newFrame(0, undefined);

/**
 * The frame of an evaluation that needs neither variables nor counters. All such evaluations in the same environment
 * share one, so that they allocate nothing; the rules of one decision are evaluated in one environment.
 */
export function bareFrame(environment: Environment | undefined): Frame {
  if (bare.run.environment !== environment) bare = new Frame([], new Run(environment));
  bare.run.steps = 0;
  return bare;
}
