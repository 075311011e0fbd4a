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
 * For evaluations that need neither variables nor counters, so that those allocate nothing: one for all of them in the
 * same environment, which many of one decision share.
 */
export function bareFrame(environment: Environment | undefined): Frame {
  if (bare.run.environment !== environment) bare = new Frame([], new Run(environment));
  bare.run.steps = 0;
  return bare;
}
