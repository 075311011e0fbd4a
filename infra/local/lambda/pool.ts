import type { Faults } from "../faults.ts";
import type { JsonObject } from "../json.ts";
import type { Usage } from "../usage.ts";
import { type ExecutionEnvironment, type Surroundings, startEnvironment } from "./execution-environment.ts";
import type { FunctionSettings, Outcome } from "./function.ts";

/** One function with its execution environments. */
export type FunctionPool = {
  readonly settings: FunctionSettings;
  /** Starts the first environment; rejects with the reason when its code does not load. */
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

/** With two cores, a second thread of a busy function uses the waits of the first; a third only costs memory. */
const MOST_ENVIRONMENTS = 2;
/** A backlog this old is worth the start of another thread, in ms. */
const SCALE_AFTER_MS = 60;
/** Additional threads end after so long without work, in ms. */
const IDLE_MS = 60_000;

type Waiting = { readonly event: string; readonly settle: (outcome: Outcome) => void };

export function createFunctionPool(settings: FunctionSettings, around: Around): FunctionPool {
  const concurrency = Math.min(MOST_ENVIRONMENTS, settings.reserved ?? MOST_ENVIRONMENTS);
  const environments = new Set<ExecutionEnvironment>();
  const starting = new Set<ExecutionEnvironment>();
  const waiting: Waiting[] = [];
  const freeListeners: (() => void)[] = [];
  let running = 0;
  let stopped = false;
  let scaleTimer: NodeJS.Timeout | null = null;
  let idleTimer: NodeJS.Timeout | null = null;

  const start = (): ExecutionEnvironment => {
    const environment = startEnvironment(settings, {
      ...around,
      onExit: () => {
        environments.delete(environment);
        starting.delete(environment);
        if (!stopped && waiting.length > 0) ensureOne();
      },
    });
    starting.add(environment);
    environment.ready.then(
      () => {
        starting.delete(environment);
        environments.add(environment);
        assign();
      },
      (error: Error) => {
        starting.delete(environment);
        if (stopped) return;
        around.log(settings.label, error.message);
        const failure: Outcome = {
          ok: false,
          errorType: "Runtime.InitError",
          errorMessage: error.message,
          trace: [],
        };
        if (environments.size + starting.size === 0) for (const one of waiting.splice(0)) one.settle(failure);
      },
    );
    return environment;
  };
  const ensureOne = (): void => {
    if (environments.size + starting.size === 0) start();
  };
  const assign = (): void => {
    while (waiting.length > 0) {
      const free = [...environments].find((environment) => !environment.busy() && environment.alive());
      if (free === undefined) break;
      const next = waiting.shift();
      if (next === undefined) break;
      void free.invoke(next.event).then((outcome) => {
        next.settle(outcome);
        assign();
      });
    }
    if (waiting.length > 0) scaleSoon();
  };
  const scaleSoon = (): void => {
    ensureOne();
    if (scaleTimer !== null || environments.size + starting.size >= concurrency) return;
    scaleTimer = setTimeout(() => {
      scaleTimer = null;
      if (!stopped && waiting.length > 0 && environments.size + starting.size < concurrency) start();
    }, SCALE_AFTER_MS);
  };
  const shrinkLater = (): void => {
    if (environments.size <= 1) return;
    if (idleTimer !== null) clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      const idle = [...environments].filter((environment) => !environment.busy());
      for (const environment of idle.slice(1)) void environment.kill();
    }, IDLE_MS);
    idleTimer.unref();
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
      shrinkLater();
    }
  };
  const crashOne = async (): Promise<void> => {
    const [environment] = environments;
    await environment?.kill();
  };
  return {
    settings,
    concurrency,
    running: () => running,
    onFree: (listener) => {
      freeListeners.push(listener);
    },
    warm: () => start().ready,
    invoke,
    stop: async () => {
      stopped = true;
      if (scaleTimer !== null) clearTimeout(scaleTimer);
      if (idleTimer !== null) clearTimeout(idleTimer);
      await Promise.all([...environments, ...starting].map((environment) => environment.kill()));
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
