import { fraction } from "#kernel/hash.ts";
import { LOCAL } from "#providers/all.local.ts";
import { parseDuration } from "./clock.ts";

/** A fault to inject; as `POST /_local/faults` takes it. */
export type Fault = {
  /**
   * A function (`collect/http`), an operation (`sqs:SendMessage`), a route (`POST /v1/batch`: throttle = 429, error = 503), or
   * all that a provider is asked (`provider:<name>`, `provider:<name>/<account>`).
   */
  readonly target: string;
  /**
   * `refuse`: a service answers an operation with the error `code`, as it would of itself.
   * `shuffle`: the queues of a function (`*`: of all) deliver in any order and in batches of any size, `times` batches long.
   */
  readonly kind: "throttle" | "error" | "delay" | "duplicate" | "crash" | "shuffle" | "refuse";
  readonly at: "before" | "after";
  /** Uses of it; infinite where only its time is bounded. */
  readonly times: number;
  /** How long it lasts by the local clock, ISO-8601 (`PT10M`). */
  readonly for?: string | undefined;
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

/** `until`: milliseconds since the epoch. */
type Active = { readonly fault: Fault; readonly until: number; left: number; skip: number };

const PROVIDER = /^provider:([^/]+)(?:\/(.+))?$/;
/** The account that every provider has here. */
const ACCOUNT = "default";

/** Whether a fault is about what is called. @param target a function, a route, or `<service>:<operation>` */
const isAbout = ({ target: meant }: Fault, target: string): boolean => {
  const [, provider = "", account = ACCOUNT] = PROVIDER.exec(meant) ?? [];
  if (provider === "") return meant === target;
  const service = LOCAL.get(provider)?.service;
  return service !== undefined && account === ACCOUNT && target.startsWith(`${service}:`);
};

const drawFrom = (seed: number, batch: number): Draw => {
  let drawn = 0;
  return () => {
    drawn += 1;
    return fraction("shuffle", String(seed), String(batch), String(drawn));
  };
};

/** @param now milliseconds since the epoch, by the clock that can be turned */
export function createFaults(now: () => number = Date.now): Faults {
  let active: Active[] = [];
  const use = (one: Active): void => {
    one.left -= 1;
    if (one.left <= 0) active = active.filter((other) => other !== one);
  };
  /** Those whose time is over. */
  const drop = (): void => {
    if (active.some(({ until }) => until <= now())) active = active.filter(({ until }) => until > now());
  };
  const shuffleOf = (label: string): Active | undefined =>
    active.find(({ fault }) => fault.kind === "shuffle" && (fault.target === label || fault.target === "*"));
  return {
    add: (fault) => {
      const lasts = fault.for === undefined ? null : parseDuration(fault.for);
      const until = lasts === null ? Number.POSITIVE_INFINITY : now() + lasts;
      active.push({ fault, until, left: fault.times, skip: fault.skip ?? 0 });
    },
    clear: () => {
      active = [];
    },
    list: () => {
      drop();
      return active.map((one) => ({ ...one.fault, left: one.left }));
    },
    take: (target, caller) => {
      if (active.length === 0) return null;
      drop();
      for (const one of active) {
        if (one.fault.kind === "shuffle" || !isAbout(one.fault, target)) continue;
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
