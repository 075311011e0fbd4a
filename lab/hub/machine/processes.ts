import { RapportError } from "#kernel/errors.ts";
import type { Chance } from "./chance.ts";
import type { FaultKind, Faults } from "./faults.ts";
import type { Timeline } from "./timeline.ts";

/** One run of a worker or of a call, which may die at every call that it makes. */
export type Invocation = {
  readonly key: string;
  /** Milliseconds since the epoch, and the step of the run. */
  readonly startedAt: number;
  readonly startedStep: number;
  calls: number;
  isDead: boolean;
  /** Something went wrong with a call that it made. */
  isHurt: boolean;
  /** What it has under way: at its death some of it arrives all the same. */
  readonly underWay: Set<() => void>;
};

export type Call<T> = {
  readonly name: string;
  readonly possible: readonly FaultKind[];
  readonly perform: () => Promise<T>;
  /** The first half of what it does, where it can be torn. */
  readonly performHalf?: () => Promise<T>;
};

export type Processes = {
  /** Runs to its end, or dies on the way. Dead ones never end. */
  readonly begin: (key: string, run: (invocation: Invocation) => Promise<void>) => Promise<"done" | "died">;
  readonly call: <T>(invocation: Invocation, call: Call<T>) => Promise<T>;
  /** Waits within an invocation; nobody wakes the dead. */
  readonly sleep: (invocation: Invocation, ms: number) => Promise<void>;
};

/** A process of a function lives so long at most, in ms (the time-out of a worker's function). */
const LIFE_MS = 30_000;
const MOST_SLOW_MS = 40_000;
const ORPHANS_THAT_ARRIVE = 0.5;

/** Which service a port speaks with; all others with the tables. */
const SERVICES: Readonly<Record<string, string>> = {
  bus: "bus",
  inbox: "queues",
  due: "queues",
  log: "log",
  provider: "provider",
};

const unavailable = (name: string): RapportError =>
  new RapportError("unavailable", `${name} did not answer`, { retryAfter: 1 });

type Around = {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly chance: Chance;
  /** Told of each call that arrives, and of each death. */
  readonly trace: (invocation: Invocation, what: string, fault?: FaultKind) => void;
};

/** What the call does, by what befell it; throws where the caller is told to try again. */
const carryOut = async <T>({ name, perform, performHalf }: Call<T>, fault: FaultKind | null): Promise<T> => {
  if (fault === "error" || fault === "unheard") throw unavailable(name);
  if (fault === "torn") {
    await performHalf?.();
    throw unavailable(name);
  }
  const answer = await perform();
  if (fault === "lost answer") throw unavailable(name);
  return fault === "repeated" ? perform() : answer;
};

const newInvocation = (key: string, timeline: Timeline): Invocation => ({
  key,
  startedAt: timeline.clock.now(),
  startedStep: timeline.steps(),
  calls: 0,
  isDead: false,
  isHurt: false,
  underWay: new Set(),
});

type Drawing = Pick<Around, "timeline" | "faults" | "chance">;

const faultOf = (
  { timeline, faults }: Drawing,
  key: string,
  call: Pick<Call<unknown>, "name" | "possible">,
): FaultKind | null => {
  const service = SERVICES[call.name.slice(0, call.name.indexOf("."))] ?? "tables";
  return faults.isDown(service, timeline.clock.now()) ? "error" : faults.befall(key, call.possible);
};

const latencyOf = ({ chance }: Drawing, key: string, fault: FaultKind | null): number =>
  fault === "slow" ? chance("slow", key) * MOST_SLOW_MS : 1 + chance("latency", key) ** 3 * 40;

export const createProcesses = ({ trace, ...drawing }: Around): Processes => {
  const { timeline, chance } = drawing;
  const deaths = new WeakMap<Invocation, () => void>();

  const die = (invocation: Invocation, why: string): void => {
    if (invocation.isDead) return;
    invocation.isDead = true;
    invocation.isHurt = true;
    trace(invocation, why);
    for (const arrive of invocation.underWay) {
      if (chance("orphan", invocation.key, invocation.calls) < ORPHANS_THAT_ARRIVE) arrive();
    }
    deaths.get(invocation)?.();
  };

  const call = <T>(invocation: Invocation, made: Call<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // A dead process asks for nothing more.
      if (invocation.isDead) return;
      invocation.calls += 1;
      const key = `${invocation.key}/${invocation.calls}`;
      const fault = faultOf(drawing, key, made);
      if (fault !== null) invocation.isHurt = true;
      const arrive = (): void => {
        invocation.underWay.delete(arrive);
        trace(invocation, made.name, fault ?? undefined);
        carryOut(made, fault).then(
          (answer) => {
            if (fault === "crash after") die(invocation, "dies");
            else if (!invocation.isDead) resolve(answer);
          },
          (error: unknown) => {
            if (!invocation.isDead) reject(error);
          },
        );
      };
      invocation.underWay.add(arrive);
      timeline.after(latencyOf(drawing, key, fault), () => {
        if (!invocation.underWay.has(arrive)) return;
        if (!invocation.isDead && fault !== "crash before") return arrive();
        invocation.underWay.delete(arrive);
        die(invocation, `dies before ${made.name}`);
      });
    });

  return {
    call,
    begin: (key, run) => {
      const invocation = newInvocation(key, timeline);
      return new Promise((resolve, reject) => {
        const spare = timeline.after(LIFE_MS, () => die(invocation, "is out of time"));
        deaths.set(invocation, () => {
          spare();
          resolve("died");
        });
        run(invocation).then(() => {
          spare();
          resolve("done");
        }, reject);
      });
    },
    sleep: (invocation, ms) =>
      new Promise((resolve) => {
        timeline.after(ms, () => {
          if (!invocation.isDead) resolve();
        });
      }),
  };
};
