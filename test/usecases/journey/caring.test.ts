import { describe, expect, it } from "vitest";
import { memoryRunStore, memoryRuns } from "#adapters/memory/run-store.ts";
import type { Timer } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { METRICS } from "#ports/metric-names.ts";
import type { RunEdit } from "#ports/run-store.ts";
import { tendRuns } from "#usecases/journey/tend-runs.ts";
import { wakeEdited } from "#usecases/journey/wake-edited.ts";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";

const NOW = Date.parse("2026-03-02T10:00:00.000Z");
const iso = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

const run = (name: string, members: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: `run_${name}_0123456789abcdef`,
  home: `cus_${name}`,
  journey: "first-weeks",
  key: "",
  entryId: `ent_${name}`,
  entry: { id: "evt_1", name: "Signed Up", at: iso(0), properties: {} },
  enteredAt: iso(0),
  depth: 0,
  step: "a",
  visit: 1,
  since: iso(0),
  by: { id: "evt_1", at: iso(0) },
  due: iso(60),
  choices: {},
  goesOn: [],
  path: [],
  playbook: "pb_1",
  ...members,
});

const hubOf = (runs: readonly JourneyRun[]) => {
  const shared = memoryRuns();
  for (const one of runs) shared.runs.set(one.runId, one);
  const sent: CollectedEvent[] = [];
  const counted: string[] = [];
  const stores = memoryRunStore(shared);
  const deps = {
    care: stores,
    inbox: { send: async (events: readonly CollectedEvent[]) => void sent.push(...events) },
    clock: { now: () => NOW },
    telemetry: {
      log: { info: () => {}, warn: () => {}, error: () => {} },
      count: (name: string, by = 1) => void counted.push(`${name} ${by}`),
    },
  };
  return { deps, stores, sent, counted };
};

describe("runs that do not move by themselves", () => {
  it("are counted and told again five minutes after their time, the same within a minute however often", async () => {
    const { deps, sent, counted } = hubOf([run("late", { due: iso(-6) }), run("soon", { due: iso(-4) })]);
    await tendRuns(deps);
    await tendRuns(deps);
    expect(counted).toEqual([`${METRICS.runsOverdue} 1`, `${METRICS.runsOverdue} 1`]);
    expect(sent.map(({ customerId }) => customerId)).toEqual(["cus_late", "cus_late"]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });

  it("go on a number a minute once their journey is let go, and not before", async () => {
    const parked = Array.from({ length: 700 }, (_, at) => {
      const { due: _due, ...still } = run(`p${at}`);
      return still;
    });
    const { deps, stores, sent } = hubOf(parked);
    await stores.keepStill("first-weeks", iso(0));
    await tendRuns(deps);
    expect(sent).toEqual([]);
    await stores.letGo("first-weeks", iso(0));
    await tendRuns(deps);
    expect(sent).toHaveLength(500);
  });
});

describe("a version that says otherwise of where people rest", () => {
  const published = async (before: string, after: string, runs: readonly JourneyRun[]) => {
    const documents = new Map([
      ["pb_1", (await journeyPlaybook(before)).document],
      ["pb_2", (await journeyPlaybook(after)).document],
    ]);
    const { stores } = hubOf(runs);
    const timers: Timer[] = [];
    const open: RunEdit[] = [{ id: "edit", from: "pb_1", to: "pb_2", since: iso(0), at: 0 }];
    const edits = {
      open: async () => [...open],
      note: async () => {},
      done: async () => void open.pop(),
    };
    const document = async (version: string) => {
      const found = documents.get(version);
      if (found === undefined) throw new Error(version);
      return found;
    };
    const set = async (some: readonly Timer[]) => void timers.push(...some);
    const clock = { now: () => NOW };
    await wakeEdited({ edits, lists: stores, timers: { set, cancel: async () => {} }, document, clock });
    return { timers, open };
  };
  const STEPS = "a: { wait: P9D, next: b }\nb: { wait: P9D }";

  it("wakes them all within a quarter of an hour, and nobody else", async () => {
    const runs = Array.from({ length: 250 }, (_, at) => run(`r${at}`));
    const { timers, open } = await published(STEPS, STEPS.replace("a: { wait: P9D", "a: { wait: P2D"), [
      ...runs,
      run("elsewhere", { step: "b" }),
    ]);
    expect(timers).toHaveLength(250);
    expect(new Set(timers.map(({ due }) => due.slice(0, 16))).size).toBeGreaterThan(10);
    for (const { due } of timers) expect(due > iso(0) && due <= iso(16)).toBe(true);
    expect(open).toEqual([]);
  });

  it("wakes nobody where nothing changed for them", async () => {
    const after = STEPS.replace("b: { wait: P9D", "b: { wait: P2D");
    const { timers } = await published(STEPS, after, [run("one")]);
    expect(timers).toEqual([]);
  });
});
