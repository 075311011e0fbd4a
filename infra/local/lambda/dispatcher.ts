import { setTimeout as sleep } from "node:timers/promises";
import { type ExecutionEnvironment, type Surroundings, startEnvironment } from "./execution-environment.ts";
import { type FunctionSettings, failure, type Outcome } from "./function.ts";

/** Hands the invocations of a function to its execution environment, and starts another when that has ended. */
export type Dispatcher = {
  /** Starts an environment; rejects with the reason when the code does not load. */
  readonly warm: () => Promise<void>;
  readonly run: (event: string) => Promise<Outcome>;
  /**
   * From now on runs other code. What runs ends in the environment it began in. Rejects with the reason when the code does not
   * load; then all stays as it was.
   */
  readonly renew: (settings: FunctionSettings) => Promise<void>;
  /** Ends the environment at once; the next invocation starts another. */
  readonly kill: () => Promise<void>;
  /** Ends it for good. */
  readonly stop: () => Promise<void>;
};

type Waiting = { readonly event: string; readonly settle: (outcome: Outcome) => void };
type Running = { readonly environment: ExecutionEnvironment; ready: boolean };

/** @param concurrency most invocations at once in the environment; the others wait for their turn */
export function createDispatcher(
  given: FunctionSettings,
  concurrency: number,
  around: Omit<Surroundings, "onExit">,
): Dispatcher {
  const waiting: Waiting[] = [];
  let settings = given;
  /** Those that have not ended, also when they take nothing more. */
  const running = new Set<ExecutionEnvironment>();
  let current: Running | null = null;
  let stopped = false;

  const launch = (of: FunctionSettings): Running => {
    const own: Running = {
      ready: false,
      environment: startEnvironment(of, {
        ...around,
        onExit: () => {
          running.delete(own.environment);
          if (!stopped && own.ready && waiting.length > 0) assign();
        },
      }),
    };
    running.add(own.environment);
    return own;
  };
  const start = (): ExecutionEnvironment => {
    const own = launch(settings);
    current = own;
    own.environment.ready.then(
      () => {
        own.ready = true;
        assign();
      },
      (error: Error) => {
        if (stopped) return;
        around.log(settings.label, error.message);
        for (const one of waiting.splice(0)) one.settle(failure("Runtime.InitError", error.message));
      },
    );
    return own.environment;
  };
  const assign = (): void => {
    if (current === null || !current.environment.alive()) {
      start();
      return;
    }
    const { environment, ready } = current;
    while (ready && environment.running() < concurrency) {
      const next = waiting.shift();
      if (next === undefined) return;
      void environment.invoke(next.event).then((outcome) => {
        next.settle(outcome);
        if (waiting.length > 0) assign();
      });
    }
  };
  const kill = async (): Promise<void> => {
    await current?.environment.kill();
  };
  const renew = async (next: FunctionSettings): Promise<void> => {
    const before = current;
    if (before === null || !before.environment.alive()) {
      settings = next;
      return;
    }
    const own = launch(next);
    await own.environment.ready;
    settings = next;
    own.ready = true;
    current = own;
    assign();
    await retire(before.environment);
  };
  return {
    warm: () => start().ready,
    run: (event) =>
      new Promise((settle) => {
        waiting.push({ event, settle });
        assign();
      }),
    kill,
    renew,
    stop: () => {
      stopped = true;
      return Promise.all([...running].map((environment) => environment.kill())).then(() => {});
    },
  };
}

const LOOK_AGAIN_MS = 20;

/** Ends an environment that gets nothing more, once what runs in it has ended. */
async function retire(environment: ExecutionEnvironment): Promise<void> {
  while (environment.alive() && environment.running() > 0) await sleep(LOOK_AGAIN_MS);
  await environment.kill();
}
