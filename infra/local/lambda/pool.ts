import type { JsonObject } from "#kernel/json.ts";
import { type Faults, runWithFault } from "../machine/faults.ts";
import type { Usage } from "../machine/usage.ts";
import { createDispatcher } from "./dispatcher.ts";
import type { Surroundings } from "./execution-environment.ts";
import { type FunctionSettings, failure, type Outcome } from "./function.ts";

/** One function with its execution environment. */
export type FunctionPool = {
  readonly settings: FunctionSettings;
  /** Starts the environment of a function that is kept warm; rejects with the reason when its code does not load. */
  readonly warm: () => Promise<void>;
  readonly invoke: (event: JsonObject) => Promise<Outcome>;
  /** Most invocations at once. */
  readonly concurrency: number;
  readonly running: () => number;
  /** Ends the environment of a function that is not kept warm, if nothing runs in it; the next invocation starts another. */
  readonly rest: () => Promise<void>;
  /** From now on runs other code; rejects with the reason when it does not load, and goes on as before. */
  readonly renew: (settings: FunctionSettings) => Promise<void>;
  /** Called whenever an invocation has ended: several queues may feed one function. */
  readonly onFree: (listener: () => void) => void;
  readonly stop: () => Promise<void>;
};

type Around = Omit<Surroundings, "onExit"> & {
  readonly faults: Faults;
  readonly usage: Usage;
  /** Called with the end of each invocation. */
  readonly ended: (functionName: string, outcome: Outcome) => void;
};

/**
 * Invocations at once in the one thread of a function, beside each other as Node runs any server. Another thread would
 * cost its memory again and gain nothing: main thread and functions share the same cores.
 */
const MOST_AT_ONCE = 64;
/**
 * The stages that an event passes. Of these, functions that were given this much (Lambda's memory is its speed) answer
 * somebody who waits: their threads are warm before the cloud is ready, and stay. All others, such as those for who writes
 * playbooks, start with their first invocation, as on Lambda, and rest after so long without another, in ms: measured, a
 * thread holds some 16 MB.
 */
const STAGES_OF_AN_EVENT: readonly string[] = ["collect", "profile", "decide", "send", "measure"];
const KEPT_WARM_MEGABYTES = 1_024;
const REST_AFTER_MS = 300_000;

/** Whether the thread of a function is warm before somebody asks. */
export const isKeptWarm = ({
  label,
  memoryMegabytes,
}: Pick<FunctionSettings, "label" | "memoryMegabytes">): boolean =>
  memoryMegabytes >= KEPT_WARM_MEGABYTES && STAGES_OF_AN_EVENT.includes(label.split("/")[0] ?? "");

export function createFunctionPool(settings: FunctionSettings, around: Around): FunctionPool {
  const concurrency = Math.min(MOST_AT_ONCE, settings.reserved ?? MOST_AT_ONCE);
  const dispatcher = createDispatcher(settings, concurrency, around);
  const freeListeners: (() => void)[] = [];
  let running = 0;
  let stopped = false;
  const keptWarm = isKeptWarm(settings);
  let restTimer: NodeJS.Timeout | null = null;

  const invoke = async (event: JsonObject): Promise<Outcome> => {
    const text = JSON.stringify(event);
    const fault = around.faults.take(settings.label, settings.label);
    const began = performance.now();
    running += 1;
    try {
      const run = (): Promise<Outcome> => dispatcher.run(text);
      const outcome = await (fault === null ? run() : runWithFault(fault, run, injected));
      around.usage.invocation(
        settings.label,
        performance.now() - began,
        settings.memoryMegabytes,
        !outcome.ok,
      );
      around.ended(settings.name, outcome);
      if (!outcome.ok) around.log(settings.label, failureText(outcome));
      return outcome;
    } finally {
      running -= 1;
      for (const listener of freeListeners) listener();
      restLater();
    }
  };
  const injected = {
    throttled: () => failure("TooManyRequestsException", "Rate Exceeded."),
    failed: () => failure("InjectedFault", "a fault was injected"),
    refused: () => failure("InjectedFault", "a fault was injected"),
    crashed: async () => {
      await dispatcher.kill();
      return failure("Runtime.ExitError", "Runtime exited with error: signal: killed");
    },
  };
  const rest = async (): Promise<void> => {
    if (!keptWarm && running === 0) await dispatcher.kill();
  };
  const restLater = (): void => {
    if (keptWarm || stopped) return;
    if (restTimer !== null) restTimer.refresh();
    else restTimer = setTimeout(() => void rest(), REST_AFTER_MS).unref();
  };
  return {
    settings,
    concurrency,
    running: () => running,
    onFree: (listener) => {
      freeListeners.push(listener);
    },
    warm: async () => {
      if (keptWarm) await dispatcher.warm();
    },
    invoke,
    rest,
    renew: dispatcher.renew,
    stop: async () => {
      stopped = true;
      if (restTimer !== null) clearTimeout(restTimer);
      await dispatcher.stop();
    },
  };
}

const failureText = ({ errorType, errorMessage, trace }: Extract<Outcome, { ok: false }>): string =>
  `${errorType}: ${errorMessage}\n${trace.join("\n")}`;
