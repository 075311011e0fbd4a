import type { JsonObject } from "../aws/json.ts";
import type { Faults } from "../machine/faults.ts";
import type { Usage } from "../machine/usage.ts";
import { type ExecutionEnvironment, type Surroundings, startEnvironment } from "./execution-environment.ts";
import type { FunctionSettings, Outcome } from "./function.ts";

/** One function with its execution environment. */
export type FunctionPool = {
  readonly settings: FunctionSettings;
  /** Starts the environment of a function that is kept warm; rejects with the reason when its code does not load. */
  readonly warm: () => Promise<void>;
  readonly invoke: (event: JsonObject) => Promise<Outcome>;
  /** Most invocations at once. */
  readonly concurrency: number;
  readonly running: () => number;
  /** Called whenever an invocation has ended: several queues may feed one function. */
  readonly onFree: (listener: () => void) => void;
  readonly stop: () => Promise<void>;
};

type Around = Omit<Surroundings, "onExit"> & { readonly faults: Faults; readonly usage: Usage };

/**
 * Invocations at once in the one thread of a function, beside each other as Node runs any server. Another thread would
 * cost its memory again and gain nothing: main thread and functions share the same cores.
 */
const MOST_AT_ONCE = 64;
/**
 * Functions that were given this much are on the way of an event (Lambda's memory is its speed): their threads are warm
 * before the cloud is ready, and stay. All others start with their first invocation, as on Lambda, and rest after so
 * long without another, in ms: measured, a thread holds some 16 MB.
 */
const KEPT_WARM_MEGABYTES = 1_024;
const REST_AFTER_MS = 300_000;

type Waiting = { readonly event: string; readonly settle: (outcome: Outcome) => void };
type Running = { readonly environment: ExecutionEnvironment; ready: boolean };

export function createFunctionPool(settings: FunctionSettings, around: Around): FunctionPool {
  const concurrency = Math.min(MOST_AT_ONCE, settings.reserved ?? MOST_AT_ONCE);
  const waiting: Waiting[] = [];
  const freeListeners: (() => void)[] = [];
  let current: Running | null = null;
  let running = 0;
  let stopped = false;
  const keptWarm = settings.memoryMegabytes >= KEPT_WARM_MEGABYTES;
  let restTimer: NodeJS.Timeout | null = null;

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
        const failure = {
          ok: false,
          errorType: "Runtime.InitError",
          errorMessage: error.message,
          trace: [],
        } as const;
        for (const one of waiting.splice(0)) one.settle(failure);
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
  const runOnce = (event: string): Promise<Outcome> =>
    new Promise((settle) => {
      waiting.push({ event, settle });
      assign();
    });

  const invoke = async (event: JsonObject): Promise<Outcome> => {
    const text = JSON.stringify(event);
    const fault = around.faults.take(settings.label, settings.label);
    const began = performance.now();
    running += 1;
    try {
      const outcome = await (fault === null
        ? runOnce(text)
        : runWithFault(fault, () => runOnce(text), crashOne));
      around.usage.invocation(
        settings.label,
        performance.now() - began,
        settings.memoryMegabytes,
        !outcome.ok,
      );
      if (!outcome.ok)
        around.log(
          settings.label,
          `${outcome.errorType}: ${outcome.errorMessage}\n${outcome.trace.join("\n")}`,
        );
      return outcome;
    } finally {
      running -= 1;
      for (const listener of freeListeners) listener();
      restLater();
    }
  };
  const restLater = (): void => {
    if (keptWarm || stopped) return;
    if (restTimer !== null) restTimer.refresh();
    else
      restTimer = setTimeout(() => {
        if (running === 0) void current?.environment.kill();
      }, REST_AFTER_MS).unref();
  };
  const crashOne = async (): Promise<void> => {
    await current?.environment.kill();
  };
  return {
    settings,
    concurrency,
    running: () => running,
    onFree: (listener) => {
      freeListeners.push(listener);
    },
    warm: async () => {
      if (keptWarm) await start().ready;
    },
    invoke,
    stop: async () => {
      stopped = true;
      if (restTimer !== null) clearTimeout(restTimer);
      await current?.environment.kill();
    },
  };
}

type Fault = NonNullable<ReturnType<Faults["take"]>>;

const CRASHED: Outcome = {
  ok: false,
  errorType: "Runtime.ExitError",
  errorMessage: "Runtime exited with error: signal: killed",
  trace: [],
};
const THROTTLED: Outcome = {
  ok: false,
  errorType: "TooManyRequestsException",
  errorMessage: "Rate Exceeded.",
  trace: [],
};
const FAILED: Outcome = {
  ok: false,
  errorType: "InjectedFault",
  errorMessage: "a fault was injected",
  trace: [],
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function runWithFault(
  fault: Fault,
  run: () => Promise<Outcome>,
  crash: () => Promise<void>,
): Promise<Outcome> {
  if (fault.kind === "throttle") return THROTTLED;
  if (fault.kind === "delay" && fault.at === "before") await pause(fault.delayMs ?? 0);
  if (fault.at === "before" && fault.kind === "error") return FAILED;
  if (fault.at === "before" && fault.kind === "crash") {
    await crash();
    return CRASHED;
  }
  const outcome = await run();
  if (fault.kind === "duplicate") return run();
  if (fault.kind === "delay" && fault.at === "after") await pause(fault.delayMs ?? 0);
  if (fault.at === "after" && fault.kind === "error") return FAILED;
  if (fault.at === "after" && fault.kind === "crash") {
    await crash();
    return CRASHED;
  }
  return outcome;
}
