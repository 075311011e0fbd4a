/** Thrown where a process dies; whatever the dead process still tries fails too. */
export class Crash extends Error {
  override readonly name = "Crash";
}

export type MortalProcess = {
  /** Names of the steps that were begun, in order, over all lives. */
  readonly steps: string[];
  /** Does one step of the work, unless the process is dead or dies now. */
  readonly step: <T>(name: string, act: () => Promise<T>) => Promise<T>;
  /** Lets the process die just before or just after its step of that number (0 is the first). */
  readonly crashAt: (step: number, side: "before" | "after") => void;
  /** Begins a new life. */
  readonly start: () => void;
};

/** A process that can be killed at every step. */
export const mortalProcess = (): MortalProcess => {
  const steps: string[] = [];
  let end: { readonly step: number; readonly side: "before" | "after" } = { step: -1, side: "before" };
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Crash();
  };
  return {
    steps,
    step: async (name, act) => {
      if (dead) throw new Crash();
      const dies = steps.push(name) - 1 === end.step;
      if (dies && end.side === "before") die();
      const result = await act();
      return dies ? die() : result;
    },
    crashAt: (step, side) => {
      end = { step, side };
    },
    start: () => {
      dead = false;
    },
  };
};
