import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SET_DIRECTLY_MS } from "#adapters/dynamodb/timers/timers.ts";
import { memoryTimers } from "#adapters/memory/timers.ts";
import type { DomainEvent, Timer } from "#domain/records/effects.ts";
import type { TimerRef, TimerTable } from "#ports/timers.ts";
import { fire } from "#usecases/fire/fire-timer.ts";
import { moveDue } from "#usecases/fire/move-due.ts";

const START = Date.parse("2026-03-11T11:00:00.000Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Crash = (step: string) => void;

/** A small world: a clock one can move, a due queue with delays, a bus, and a tick every minute. */
const world = (crash: Crash = () => {}) => {
  let now = START;
  const clock = { now: () => now };
  let queue: { readonly ref: TimerRef; readonly visibleAt: number }[] = [];
  const fired: { readonly event: DomainEvent; readonly at: number }[] = [];
  const due = {
    send: async (refs: readonly TimerRef[]) => {
      crash("before send");
      for (const ref of refs) {
        const delay = Math.min(900 * SECOND, Math.max(0, Date.parse(ref.due) - now));
        queue.push({ ref, visibleAt: now + Math.ceil(delay / SECOND) * SECOND });
      }
      crash("after send");
    },
  };
  const timers = memoryTimers({ due, clock, soonMs: SET_DIRECTLY_MS });
  const table: TimerTable = {
    ...timers,
    advance: async (minute) => {
      crash("before advance");
      await timers.advance(minute);
    },
    remove: async (ref) => {
      crash("before remove");
      await timers.remove(ref);
    },
  };
  const bus = {
    publish: async (events: readonly DomainEvent[]) => {
      crash("before publish");
      for (const event of events) fired.push({ event, at: now });
    },
  };
  const inbox = { send: async () => {} };
  const deps = { table, due, bus, inbox, clock };
  const tick = () => moveDue(deps, now).catch(() => undefined);
  /** What is visible is received; what fails comes again a second later. */
  const drain = async () => {
    const visible = queue.filter(({ visibleAt }) => visibleAt <= now);
    queue = queue.filter(({ visibleAt }) => visibleAt > now);
    for (const { ref } of visible) {
      await fire(deps, ref).catch(() => queue.push({ ref, visibleAt: now + SECOND }));
    }
  };
  const advance = async (ms: number, options: { readonly ticking: boolean } = { ticking: true }) => {
    const end = now + ms;
    while (now < end) {
      now += SECOND;
      if (options.ticking && now % MINUTE === 0) await tick();
      await drain();
    }
  };
  return { timers, fired, advance, clock, tick };
};

const timer = (id: string, due: number): Timer => ({
  id,
  due: new Date(due).toISOString(),
  event: { id: `trg_${id}`, name: "trigger.fired", detail: {} },
});

describe("a tick that has no time for all of a minute", () => {
  it("is gone on with by the next where it stopped", async () => {
    const clock = { now: () => START };
    const sent: string[] = [];
    let left = 0;
    const due = {
      send: async (refs: readonly TimerRef[]) => {
        if (left === 0) throw new Error("the function's time is over");
        left -= 1;
        sent.push(...refs.map(({ id }) => id));
      },
    };
    const table = memoryTimers({ due, clock, soonMs: 0, pageSize: 2 });
    const ids = Array.from({ length: 20 }, (_, index) => `t${String(index).padStart(2, "0")}`);
    await table.set(ids.map((id) => timer(id, START + MINUTE)));
    let ticks = 0;
    let isOver = false;
    while (!isOver && ticks < 10) {
      ticks += 1;
      left = 3;
      isOver = await moveDue({ table, due }, START).then(
        () => true,
        () => false,
      );
    }
    expect(ticks).toBeLessThanOrEqual(6);
    expect(new Set(sent)).toEqual(new Set(ids));
    // One page at most was handed over again by each tick that went on.
    expect(sent.length).toBeLessThanOrEqual(ids.length + 2 * (ticks - 1));
    expect(table.all()).toHaveLength(20);
    expect(await table.buckets("9999")).toHaveLength(1);
  });

  it("never forgets a marked minute whose timers have not fired, however late", async () => {
    let now = START;
    const due = { send: async () => {} };
    const table = memoryTimers({ due, clock: { now: () => now }, soonMs: 0, pageSize: 2 });
    const timers = ["a", "b", "c"].map((id) => timer(id, START + MINUTE));
    await table.set(timers);
    const [bucket] = await table.buckets("9999");
    const last = timers.at(-1);
    if (bucket === undefined || last === undefined) throw new Error("nothing was set");
    await table.mark(bucket, last);
    now = START + HOUR;
    await moveDue({ table, due }, now);
    expect(await table.buckets("9999")).toHaveLength(1);
  });
});

describe("timers", () => {
  it("fire in the second they are due, whenever they were set", async () => {
    const { timers, fired, advance } = world();
    const dues = [5 * SECOND, 61 * SECOND, 3 * MINUTE, 4 * MINUTE + 500, 10 * MINUTE, HOUR + 17 * SECOND];
    await timers.set(dues.map((offset, index) => timer(`t${index}`, START + offset)));
    await advance(2 * HOUR);
    expect(fired.map(({ event }) => event.id)).toEqual(dues.map((_, index) => `trg_t${index}`));
    for (const [index, offset] of dues.entries()) {
      const late = (fired[index]?.at ?? 0) - (START + offset);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(SECOND);
    }
    expect(timers.all()).toEqual([]);
  });

  it("fire once each, in their second, at any times of setting", async () => {
    const offset = fc.integer({ min: 0, max: 40 * 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(offset, offset), { maxLength: 12 }), async (plan) => {
        const { timers, fired, advance, clock } = world();
        const sorted = plan
          .map(([set, wait], index) => ({ set, timer: timer(`t${index}`, START + (set + wait) * SECOND) }))
          .sort((a, b) => a.set - b.set);
        for (const { set, timer: one } of sorted) {
          await advance(START + set * SECOND - clock.now());
          await timers.set([one]);
        }
        await advance(90 * MINUTE);
        expect(fired).toHaveLength(plan.length);
        for (const { timer: one } of sorted) {
          const at = fired.find(({ event }) => event.id === one.event.id)?.at ?? 0;
          expect(at - Date.parse(one.due)).toBeLessThanOrEqual(SECOND);
          expect(at).toBeGreaterThanOrEqual(Date.parse(one.due));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("never fire once cancelled, even when they already wait in the due queue", async () => {
    const { timers, fired, advance } = world();
    const [soon, later] = [timer("soon", START + MINUTE), timer("later", START + HOUR)];
    await timers.set([soon, later]);
    await advance(30 * SECOND);
    await timers.cancel([soon]);
    await advance(HOUR - 2 * MINUTE);
    await timers.cancel([later]);
    await advance(HOUR);
    expect(fired).toEqual([]);
  });

  it("all fire at once, oldest first, after an outage of the tick", async () => {
    const { timers, fired, advance } = world();
    await advance(5 * MINUTE);
    await timers.set([timer("b", START + 40 * MINUTE), timer("a", START + 20 * MINUTE)]);
    await advance(3 * HOUR, { ticking: false });
    expect(fired).toEqual([]);
    await advance(MINUTE);
    expect(fired.map(({ event }) => event.id)).toEqual(["trg_a", "trg_b"]);
  });

  it("fire although the message in the due queue was lost", async () => {
    let lose = true;
    const { timers, fired, advance } = world((step) => {
      if (step === "before send" && lose) throw new Error("lost");
    });
    const one = timer("a", START + 10 * SECOND);
    await timers.set([one]).catch(() => undefined);
    await advance(30 * SECOND);
    lose = false;
    await advance(10 * MINUTE);
    expect(fired.map(({ event }) => event.id)).toEqual(["trg_a"]);
  });

  it.each(["before send", "after send", "before advance", "before publish", "before remove"])(
    "fire with the same event, and at most once more, when the process dies %s",
    async (step) => {
      let left = 1;
      const { timers, fired, advance } = world((reached) => {
        if (reached !== step || left === 0) return;
        left -= 1;
        throw new Error("killed");
      });
      await timers.set([timer("a", START + 20 * MINUTE)]);
      await advance(40 * MINUTE);
      expect(left).toBe(0);
      const ids = fired.map(({ event }) => event.id);
      expect(new Set(ids)).toEqual(new Set(["trg_a"]));
      expect(ids.length).toBeLessThanOrEqual(step === "before remove" ? 2 : 1);
      expect(timers.all()).toEqual([]);
    },
  );

  it("leave no minute behind", async () => {
    const { timers, advance } = world();
    await timers.set([timer("a", START + 10 * MINUTE), timer("b", START + 15 * MINUTE)]);
    await timers.cancel([timer("b", START + 15 * MINUTE)]);
    await advance(30 * MINUTE);
    expect(await timers.buckets("9999")).toEqual([]);
  });
});
