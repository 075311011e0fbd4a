import { fraction } from "#kernel/hash.ts";

/** A fault to inject; as `POST /_local/faults` takes it. */
export type Fault = {
  /** A function (`collect/http`), an operation (`sqs:SendMessage`) or a route (`POST /v1/batch`: throttle = 429, error = 503). */
  readonly target: string;
  /**
   * `refuse`: a service answers an operation with the error `code`, as it would of itself.
   * `shuffle`: the queues of a function (`*`: of all) deliver in any order and in batches of any size, `times` batches long.
   */
  readonly kind: "throttle" | "error" | "delay" | "duplicate" | "crash" | "shuffle" | "refuse";
  readonly at: "before" | "after";
  readonly times: number;
  readonly delayMs?: number | undefined;
  /** Only calls of this function, when the target is an operation. */
  readonly function?: string | undefined;
  /** Lets this many matching calls pass first. */
  readonly skip?: number | undefined;
  /** Of a refusal: the error's name, what it says, its status (400), and what else its body holds. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  readonly details?: Readonly<Record<string, string>> | undefined;
  /** Of a shuffle: the same seed gives the same draws. */
  readonly seed?: number | undefined;
};
/** Numbers in [0, 1), one after the other. */
export type Draw = () => number;
export type Faults = {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  readonly list: () => readonly (Fault & { readonly left: number })[];
  /** Takes one use of the first fault that fits, or null. */
  readonly take: (target: string, caller: string | null) => Fault | null;
  /** Whether what the function's queues deliver is shuffled. */
  readonly shuffles: (label: string) => boolean;
  /** Takes one use of the shuffle: what to draw a batch by; null: there is none. */
  readonly takeShuffle: (label: string) => Draw | null;
};

/** What a caller gets instead of the result. */
type Injected<Result> = {
  readonly throttled: () => Result;
  readonly refused: () => Result;
  readonly failed: (at: Fault["at"]) => Result;
  /** Ends the thread that runs it, or that asked. */
  readonly crashed: () => Result | Promise<Result>;
};

/** Runs something with the fault that was injected into it. A throttled or refused call never began, whatever the fault's `at`. */
export async function runWithFault<Result>(
  { kind, at, delayMs = 0 }: Fault,
  run: () => Promise<Result>,
  injected: Injected<Result>,
): Promise<Result> {
  const ends = kind === "error" || kind === "crash";
  const end = async (): Promise<Result> => (kind === "error" ? injected.failed(at) : injected.crashed());
  if (kind === "throttle") return injected.throttled();
  if (kind === "refuse") return injected.refused();
  if (kind === "delay" && at === "before") await pause(delayMs);
  if (ends && at === "before") return end();
  const result = await run();
  if (kind === "duplicate") return run();
  if (kind === "delay" && at === "after") await pause(delayMs);
  return ends && at === "after" ? end() : result;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

type Active = { readonly fault: Fault; left: number; skip: number };

const drawFrom = (seed: number, batch: number): Draw => {
  let drawn = 0;
  return () => {
    drawn += 1;
    return fraction("shuffle", String(seed), String(batch), String(drawn));
  };
};

export function createFaults(): Faults {
  let active: Active[] = [];
  const use = (one: Active): void => {
    one.left -= 1;
    if (one.left <= 0) active = active.filter((other) => other !== one);
  };
  const shuffleOf = (label: string): Active | undefined =>
    active.find(({ fault }) => fault.kind === "shuffle" && (fault.target === label || fault.target === "*"));
  return {
    add: (fault) => {
      active.push({ fault, left: fault.times, skip: fault.skip ?? 0 });
    },
    clear: () => {
      active = [];
    },
    list: () => active.map((one) => ({ ...one.fault, left: one.left })),
    take: (target, caller) => {
      if (active.length === 0) return null;
      for (const one of active) {
        if (one.fault.target !== target || one.fault.kind === "shuffle") continue;
        if (one.fault.function !== undefined && one.fault.function !== caller) continue;
        if (one.skip > 0) {
          one.skip -= 1;
          continue;
        }
        use(one);
        return one.fault;
      }
      return null;
    },
    shuffles: (label) => shuffleOf(label) !== undefined,
    takeShuffle: (label) => {
      const one = shuffleOf(label);
      if (one === undefined) return null;
      use(one);
      return drawFrom(one.fault.seed ?? 1, one.left);
    },
  };
}
