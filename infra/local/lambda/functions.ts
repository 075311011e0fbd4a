import { availableParallelism } from "node:os";
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
  /** Begins to take messages from the queues. */
  readonly feed: () => void;
  /** No function runs and no queue that feeds one has anything to give. */
  readonly idle: () => boolean;
  /**
   * Where all that is left are batches waiting to fill, hands them over: nothing is under way that could fill them, and
   * whoever moves the clock must not wait for real seconds to pass. @returns whether there were any
   */
  readonly hurry: () => boolean;
  readonly stop: () => Promise<void>;
};

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
  let sources: readonly RunningEventSource[] = [];
  const at = (nameOrArn: string): FunctionPool => {
    const pool = pools.get(functionName(nameOrArn));
    if (pool === undefined) throw new Error(`no function named ${nameOrArn}`);
    return pool;
  };
  return {
    at,
    labels: all.map((pool) => pool.settings.label),
    warm: () => warmAll(all),
    feed: () => {
      sources = declared.eventSources.map((source) => {
        const queue = around.queueAt(source.queueArn);
        return startEventSource({ ...source, queue, pool: at(source.functionArn), region: REGION }, around);
      });
    },
    idle: () => sources.every(isAtRest) && all.every((pool) => pool.running() === 0),
    hurry: () => {
      const filling = sources.filter((source) => source.filling());
      const others = sources.filter((source) => !source.filling());
      if (!others.every(isAtRest) || all.some((pool) => pool.running() > 0)) return false;
      for (const source of filling) source.hurry();
      return filling.length > 0;
    },
    stop: async () => {
      for (const source of sources) source.stop();
      await Promise.all(all.map((pool) => pool.stop()));
    },
  };
}

/** As many starts at once as there are cores: more would only raise the peak of memory. */
async function warmAll(pools: readonly FunctionPool[]): Promise<void> {
  const waiting = [...pools];
  const startNext = async (): Promise<void> => {
    for (let pool = waiting.shift(); pool !== undefined; pool = waiting.shift()) await pool.warm();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, startNext));
}
