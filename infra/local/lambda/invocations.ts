import { type FunctionSettings, failure, type Outcome } from "./function.ts";

/** The invocations under way in one thread, by the numbers that main thread and worker know them by. */
export type Invocations = {
  readonly count: () => number;
  /** @returns its number; when the function's time is up it settles as timed out */
  readonly begin: (settle: (outcome: Outcome) => void) => number;
  readonly finish: (id: number, outcome: Outcome) => void;
  readonly finishAll: (outcome: Outcome) => void;
};

export function createInvocations(settings: FunctionSettings, onTimeout: () => void): Invocations {
  const running = new Map<number, { settle: (outcome: Outcome) => void; timer: NodeJS.Timeout }>();
  let last = 0;
  const finish = (id: number, outcome: Outcome): void => {
    const invocation = running.get(id);
    if (invocation === undefined) return;
    running.delete(id);
    clearTimeout(invocation.timer);
    invocation.settle(outcome);
  };
  return {
    count: () => running.size,
    begin: (settle) => {
      last += 1;
      const id = last;
      const timer = setTimeout(() => {
        finish(id, timedOut(settings));
        onTimeout();
      }, settings.timeoutSeconds * 1000);
      running.set(id, { settle, timer });
      return id;
    },
    finish,
    finishAll: (outcome) => {
      for (const id of [...running.keys()]) finish(id, outcome);
    },
  };
}

const timedOut = ({ timeoutSeconds }: FunctionSettings): Outcome =>
  failure("Sandbox.Timedout", `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
