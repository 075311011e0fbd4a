import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryJobStore } from "#adapters/memory/job-store.ts";
import { type Job, progressOf, SEEN } from "#domain/audience/job.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { Timer } from "#domain/records/effects.ts";
import { JobTurn } from "#events/job-turn.ts";
import { RapportError } from "#kernel/errors.ts";
import type { CustomerScan } from "#ports/customer-scan.ts";
import { beginJob, steerJob } from "#usecases/audience/begin-job.ts";
import { type Step, walkSlice } from "#usecases/audience/walk-slice.ts";

const NOBODY = { count: () => undefined, log: { info: () => 0, warn: () => 0, error: () => 0 } };

/** Customers by number; a page is as many as were asked for. */
const people = (total: number): CustomerScan => ({
  page: async ({ slice, slices, cursor = "-1", limit }) => {
    const own = Array.from({ length: total }, (_, at) => at).filter(
      (at) => at % slices === slice && at > Number(cursor),
    );
    const some = own.slice(0, limit);
    const records = some.map((at) => ({ state: { customerId: `cus_${at}` } }) as CustomerRecord);
    return { records, cursor: own.length > limit ? String(some.at(-1)) : null, units: some.length };
  },
  after: (customerId) => customerId.slice("cus_".length),
});

/** A hub with one walker, whose messages are delivered in whatever order `pick` says, and which dies where `dies` says. */
const world = (total: number, dies: (call: number) => boolean = () => false) => {
  let now = Date.parse("2026-11-21T10:00:00.000Z");
  let calls = 0;
  const kept = memoryJobStore();
  const queue: JobTurn[] = [];
  const timers: Timer[] = [];
  const effects = new Map<string, number>();
  const mayDie = (): void => {
    calls += 1;
    if (dies(calls)) throw new RapportError("internal", "died");
  };
  const read = (detail: unknown): JobTurn => JobTurn.schema.parse(detail);
  const jobs = {
    ...kept,
    saveSlice: async (...args: Parameters<typeof kept.saveSlice>) => {
      mayDie();
      const result = await kept.saveSlice(...args);
      mayDie();
      return result;
    },
  };
  const step: Step = async ({ records }) => {
    for (const { state } of records) effects.set(state.customerId, (effects.get(state.customerId) ?? 0) + 1);
    now += 2_000;
    mayDie();
    return { counts: { [SEEN]: records.length } };
  };
  const deps = {
    jobs,
    customers: people(total),
    kinds: {
      send: async () => step,
      sizes: async () => step,
      members: async () => step,
      preview: async () => step,
    },
    bus: {
      publish: async (events: readonly { detail: unknown }[]) => {
        mayDie();
        queue.push(...events.map(({ detail }) => read(detail)));
      },
    },
    timers: {
      set: async (all: readonly Timer[]) => {
        timers.push(...all);
      },
      cancel: async () => undefined,
    },
    clock: { now: () => now },
    telemetry: NOBODY,
  };
  /** Delivers until nothing waits: what fails comes again, later. */
  const run = async (pick: (of: number) => number = () => 0): Promise<void> => {
    for (let turns = 0; turns < 10_000; turns += 1) {
      if (queue.length === 0) {
        const next = timers.sort((a, b) => (a.due < b.due ? -1 : 1)).shift();
        if (next === undefined) return;
        now = Math.max(now, Date.parse(next.due));
        queue.push(read(next.event.detail));
      }
      const [turn] = queue.splice(pick(queue.length), 1);
      if (turn === undefined) return;
      try {
        await walkSlice(deps, turn);
      } catch {
        now += 7_000;
        queue.push(turn);
      }
    }
    throw new Error("it never ends");
  };
  return { deps, run, effects, queue, timers, at: () => now };
};

const asked = { jobId: "job_1", kind: "sizes", input: {}, expected: 0 } as const;
const shown = async (jobs: {
  read: (id: string) => Promise<{ job: Job; slices: readonly never[] } | null>;
}) => {
  const kept = await jobs.read("job_1");
  if (kept === null) throw new Error("there is no such job");
  return { status: kept.job.status, ...progressOf(kept.job, kept.slices) };
};

describe("a walk over all customers", () => {
  it("does each of them once and counts them, whoever dies where, and however often a turn is delivered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 900 }),
        fc.uniqueArray(fc.integer({ min: 3, max: 60 }), { maxLength: 8 }),
        fc.array(fc.nat(5), { maxLength: 30 }),
        fc.boolean(),
        async (total, deaths, order, twice) => {
          const { deps, run, effects, queue } = world(total, (call) => deaths.includes(call));
          await beginJob(deps, asked).catch(() => beginJob(deps, asked));
          if (twice) queue.push(...queue);
          let at = 0;
          await run((of) => {
            at += 1;
            return (order[at % Math.max(1, order.length)] ?? 0) % of;
          });
          const { status, done, counts, failed } = await shown(deps.jobs as never);
          expect({ status, done, failed, seen: counts[SEEN] }).toEqual({
            status: "done",
            done: total,
            failed: 0,
            seen: total,
          });
          expect(effects.size).toBe(total);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is asked for whole by a second try, where the first died when its beginning was heard of and its end was not", async () => {
    const { deps, run } = world(1_000);
    const { bus } = deps;
    const torn = async ([first]: Parameters<typeof bus.publish>[0]): Promise<void> => {
      await bus.publish([first ?? { detail: null }]);
      throw new RapportError("unavailable", "died");
    };
    await expect(beginJob({ ...deps, bus: { publish: torn } }, asked)).rejects.toThrow("died");
    await run();
    expect(await shown(deps.jobs as never)).toMatchObject({ status: "running" });
    await beginJob(deps, asked);
    await run();
    expect(await shown(deps.jobs as never)).toMatchObject({ status: "done", done: 1_000 });
  });

  it("keeps to its rate, over all its parts", async () => {
    const { deps, run, at } = world(1_000);
    const began = at();
    await beginJob(deps, { ...asked, rate: 150 });
    await run();
    const seconds = (at() - began) / 1_000;
    // The last stretch is not waited for.
    expect(1_000 / (seconds + 10)).toBeLessThanOrEqual(150);
    expect(await shown(deps.jobs as never)).toMatchObject({ status: "done", done: 1_000, total: 1_000 });
  });

  it("stands still while it is paused, goes on where it was, and is over for good once it is cancelled", async () => {
    const { deps, run, effects } = world(1_000);
    await beginJob(deps, { ...asked, rate: 10, slices: 1 });
    await steerJob(deps, "job_1", "pause");
    await run();
    expect(effects.size).toBe(0);
    await steerJob(deps, "job_1", "resume");
    await run();
    expect(effects.size).toBe(1_000);
    expect([...effects.values()].every((times) => times === 1)).toBe(true);
    expect((await steerJob(deps, "job_1", "cancel"))?.job.status).toBe("done");
  });

  it("ends, and says why, at what will never succeed", async () => {
    const { deps, run } = world(10);
    const never = async (): Promise<Step> => {
      throw new RapportError("not_found", "there is no such segment any more");
    };
    await beginJob({ ...deps }, asked);
    const failing = { ...deps, kinds: { ...deps.kinds, sizes: never } };
    Object.assign(deps, failing);
    await run();
    const kept = await deps.jobs.read("job_1");
    expect(kept?.job).toMatchObject({ status: "failed", reason: "there is no such segment any more" });
  });
});
