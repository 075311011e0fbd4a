import { type ExecutionEnvironment, type Surroundings, startEnvironment } from "./execution-environment.ts";
import { type FunctionSettings, failure, type Outcome } from "./function.ts";

/** Hands the invocations of a function to its execution environment, and starts another when that has ended. */
export type Dispatcher = {
  /** Starts an environment; rejects with the reason when the code does not load. */
  readonly warm: () => Promise<void>;
  readonly run: (event: string) => Promise<Outcome>;
  /** Ends the environment at once; the next invocation starts another. */
  readonly kill: () => Promise<void>;
  /** Ends it for good. */
  readonly stop: () => Promise<void>;
};

type Waiting = { readonly event: string; readonly settle: (outcome: Outcome) => void };
type Running = { readonly environment: ExecutionEnvironment; ready: boolean };

/** @param concurrency most invocations at once in the environment; the others wait for their turn */
export function createDispatcher(
  settings: FunctionSettings,
  concurrency: number,
  around: Omit<Surroundings, "onExit">,
): Dispatcher {
  const waiting: Waiting[] = [];
  let current: Running | null = null;
  let stopped = false;

  const start = (): ExecutionEnvironment => {
    const own: Running = {
      ready: false,
      environment: startEnvironment(settings, {
        ...around,
        onExit: () => {
          if (!stopped && own.ready && waiting.length > 0) assign();
        },
      }),
    };
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
  return {
    warm: () => start().ready,
    run: (event) =>
      new Promise((settle) => {
        waiting.push({ event, settle });
        assign();
      }),
    kill,
    stop: () => {
      stopped = true;
      return kill();
    },
  };
}
