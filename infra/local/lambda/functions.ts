import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { functionName, REGION } from "../aws/place.ts";
import type { Queue } from "../sqs/queue.ts";
import { type RunningEventSource, startEventSource } from "./event-source.ts";
import type { EventSourceSettings, FunctionSettings } from "./function.ts";
import { createFunctionPool, type FunctionPool } from "./pool.ts";

/** Every function of the assembly, and the queues that feed them. */
export type Functions = {
  /** By name or ARN. @throws Error when there is none */
  readonly at: (nameOrArn: string) => FunctionPool;
  readonly labels: readonly string[];
  /** Resolves when the functions kept warm have loaded their code; rejects with the reason when one does not. */
  readonly warm: () => Promise<void>;
  /** Ends the environments that are not kept warm and in which nothing runs. */
  readonly rest: () => Promise<void>;
  /** Gives functions the code of these settings, each whose code is another by now. Gives their labels. */
  readonly renew: (declared: readonly FunctionSettings[]) => Promise<readonly string[]>;
  /** Begins to take messages from the queues that feed these functions, given by label, and are not taken from yet. */
  readonly feed: (isMeant: (label: string) => boolean) => void;
  /** No function runs and no queue that feeds one has anything to give. */
  readonly idle: () => boolean;
  /** The same, and nothing that is fed waits to be tried again. */
  readonly settled: () => boolean;
  /**
   * Where all that is left are batches waiting to fill, hands them over: nothing is under way that could fill them, and
   * whoever moves the clock must not wait for real seconds to pass. @returns whether there were any
   */
  readonly hurry: () => boolean;
  /** Takes no more messages, and resolves when whatever runs has ended, or has had its time. */
  readonly finish: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Longer than any call of a sender takes, shorter than a system waits before it kills. */
const LONGEST_FINISH_MS = 25_000;

const LOOK_AGAIN_MS = 10;

const isAtRest = ({ active, queue }: RunningEventSource): boolean => active() === 0 && !queue.receivable();

type Declared = {
  readonly functions: readonly FunctionSettings[];
  readonly eventSources: readonly EventSourceSettings[];
};
type Around = Parameters<typeof createFunctionPool>[1] & {
  /** @throws Error when there is no such queue */
  readonly queueAt: (arn: string) => Queue;
};

export function createFunctions(declared: Declared, around: Around): Functions {
  const pools = new Map(declared.functions.map((one) => [one.name, createFunctionPool(one, around)]));
  const all = [...pools.values()];
  const code = new Map(declared.functions.map(({ name, handlerFile }) => [name, handlerFile]));
  const sources: RunningEventSource[] = [];
  const idle = (): boolean => sources.every(isAtRest) && all.every((pool) => pool.running() === 0);
  const at = (nameOrArn: string): FunctionPool => {
    const pool = pools.get(functionName(nameOrArn));
    if (pool === undefined) throw new Error(`no function named ${nameOrArn}`);
    return pool;
  };
  return {
    at,
    labels: all.map((pool) => pool.settings.label),
    warm: () => warmAll(all),
    rest: async () => {
      await Promise.all(all.map((pool) => pool.rest()));
    },
    renew: async (declared) => {
      const changed = declared.filter(({ name, handlerFile }) => !isSameCode(code.get(name), handlerFile));
      await Promise.all(changed.map((one) => at(one.name).renew(one)));
      for (const one of changed) code.set(one.name, one.handlerFile);
      return changed.map(({ label }) => label);
    },
    feed: (isMeant) => {
      for (const source of declared.eventSources) {
        const queue = around.queueAt(source.queueArn);
        const pool = at(source.functionArn);
        const isFed = sources.some((one) => one.queue === queue);
        if (isFed || !isMeant(pool.settings.label)) continue;
        sources.push(startEventSource({ ...source, queue, pool, region: REGION }, around));
      }
    },
    idle,
    settled: () => idle() && sources.every(({ queue }) => queue.counts().held === 0),
    hurry: () => {
      const filling = sources.filter((source) => source.filling());
      const others = sources.filter((source) => !source.filling());
      if (!others.every(isAtRest) || all.some((pool) => pool.running() > 0)) return false;
      for (const source of filling) source.hurry();
      return filling.length > 0;
    },
    finish: async () => {
      for (const source of sources) source.stop();
      const last = performance.now() + LONGEST_FINISH_MS;
      const isRunning = (): boolean => all.some((pool) => pool.running() > 0);
      while (isRunning() && performance.now() < last) await sleep(LOOK_AGAIN_MS);
    },
    stop: async () => {
      for (const source of sources) source.stop();
      await Promise.all(all.map((pool) => pool.stop()));
    },
  };
}

/** A function's files are its bundle and what lies beside it, in folders too. */
const isSameCode = (before: string | undefined, after: string): boolean =>
  before !== undefined && textOfCode(before) === textOfCode(after);
const textOfCode = (handlerFile: string): string => {
  const entries = readdirSync(new URL(".", handlerFile), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return files
    .sort()
    .map(
      (file) => `${relative(fileURLToPath(new URL(".", handlerFile)), file)}\n${readFileSync(file, "utf8")}`,
    )
    .join("\n");
};

/** As many starts at once as there are cores: more would only raise the peak of memory. */
async function warmAll(pools: readonly FunctionPool[]): Promise<void> {
  const waiting = [...pools];
  const startNext = async (): Promise<void> => {
    for (let pool = waiting.shift(); pool !== undefined; pool = waiting.shift()) await pool.warm();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, startNext));
}
