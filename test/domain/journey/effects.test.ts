import { describe, expect, it } from "vitest";
import { dueEvent, dueTimer, historyOf, journeyEvent, timersFor } from "#domain/journey/effects.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";

const NOW = "2026-03-11T11:00:00.000Z";
const LATER = "2026-03-11T12:00:00.000Z";
const LAST = "2026-03-11T13:00:00.000Z";
const playbook: CompiledPlaybook = await journeyPlaybook(
  "rest: { wait: P1D, next: tell }\ntell: { decide: journey.hello, next: stop }",
);
const [journey = ""] = playbook.journeys.keys();
const run = (more: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: "run_1_a",
  home: "cus_1",
  journey,
  key: "",
  entryId: "ent_1",
  entry: { id: "evt_1", name: "Signed Up", at: NOW, properties: {} },
  enteredAt: NOW,
  depth: 2,
  step: "rest",
  visit: 1,
  since: NOW,
  by: { id: "evt_1", at: NOW },
  choices: {},
  goesOn: [],
  path: [],
  playbook: "v1",
  ...more,
});
const due = (at: string) => run({ due: at });

describe("the timers of a run that changed", () => {
  const timersAt = (before: JourneyRun | null, after: JourneyRun, isFired = false) => {
    const now = Date.parse(NOW);
    const { timers, cancel } = timersFor("cus_1", [{ before, after }], { playbook, now, isFired });
    return { set: timers.map((one) => one.due), cancelled: cancel.map((one) => one.due) };
  };

  it.each<[string, JourneyRun | null, JourneyRun, boolean, readonly string[], readonly string[]]>([
    ["one that begins to wait", null, due(LATER), false, [LATER], []],
    ["one that does not wait", null, run(), false, [], []],
    ["one that waits on", due(LATER), due(LATER), false, [], []],
    ["one that waits on after its own timer", due(LATER), due(LATER), true, [LATER], []],
    ["one that waits for another time", due(LATER), due(LAST), false, [LAST], [LATER]],
    ["one that waits no more", due(LATER), run(), false, [], [LATER]],
    ["one whose time is now", due(NOW), due(LATER), false, [LATER], []],
    ["one that waits for an answer", null, run({ step: "tell", due: LATER }), false, [], []],
    [
      "one that comes to wait for an answer",
      due(LATER),
      run({ step: "tell", due: LATER }),
      false,
      [],
      [LATER],
    ],
  ])("are those of %s", (_what, before, after, isFired, set, cancelled) => {
    expect(timersAt(before, after, isFired)).toEqual({ set, cancelled });
  });

  it("are cancelled by the id by which they were set", () => {
    const { cancel } = timersFor("cus_1", [{ before: due(LATER), after: run() }], {
      playbook,
      now: Date.parse(NOW),
      isFired: false,
    });
    expect(cancel).toEqual([{ id: dueTimer("cus_1", run(), LATER).id, due: LATER }]);
  });
});

describe("a timer that is due", () => {
  const { id, event } = dueTimer("cus_1", run(), LATER);

  it("says whose it is, and of which run", () => {
    expect(event).toEqual({
      id,
      name: "journey.due",
      detail: { v: 1, id, customerId: "cus_1", runId: "run_1_a", due: LATER },
    });
    expect(dueEvent(event, NOW)).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: "journey",
      name: "journey.due",
      customerId: "cus_1",
      properties: { runId: "run_1_a", due: LATER },
      at: NOW,
      receivedAt: NOW,
      source: "journeys",
      imported: false,
      depth: 0,
    });
    expect(
      dueEvent({ ...event, detail: { customerId: "cus_1", runId: "run_1_a" } }, NOW)?.properties,
    ).toEqual({
      runId: "run_1_a",
      due: null,
    });
  });

  it.each([
    ["another name", { ...event, name: "trigger.due" }],
    ["no customer", { ...event, detail: { ...event.detail, customerId: 1 } }],
    ["no run", { ...event, detail: { ...event.detail, runId: null } }],
  ])("is none with %s", (_what, other) => {
    expect(dueEvent(other, NOW)).toBeNull();
  });
});

describe("what the timeline says of a run", () => {
  const told = (before: JourneyRun | null, after: JourneyRun) =>
    historyOf("cus_1", { before, after }, NOW)[0];
  const properties = { journey, runId: "run_1_a", step: "rest" };
  const done = { ended: { at: NOW, as: "done" } };
  const paused = { pausedAt: NOW };

  it.each<[string, JourneyRun | null, JourneyRun, string, object]>([
    ["that it began", null, run(), "journey.entered", properties],
    [
      "that it began held out",
      null,
      run({ heldOut: true }),
      "journey.entered",
      { ...properties, heldOut: true },
    ],
    ["that it began anew", run({ entryId: "ent_0", ...done }), run(), "journey.entered", properties],
    ["that it ended", run(), run(done), "journey.left", { ...properties, as: "done" }],
    ["that it is kept still", run(), run(paused), "journey.paused", properties],
    ["that it goes on", run(paused), run(), "journey.resumed", properties],
    ["that it moved", run({ step: "tell" }), run(), "journey.moved", { ...properties, from: "tell" }],
    ["that it came to its step again", run(), run({ visit: 2 }), "journey.moved", properties],
  ])("is %s", (_what, before, after, name, expected) => {
    expect(told(before, after)).toEqual({
      id: expect.stringMatching(/^jny_/),
      kind: "event",
      customerId: "cus_1",
      at: NOW,
      body: { type: "journey", name, properties: expected, depth: 2 },
    });
  });

  it("is nothing where it only waits on", () => {
    expect(historyOf("cus_1", { before: run(), after: due(LATER) }, NOW)).toEqual([]);
  });

  it("is told apart by when it was kept still and when it went on, and by nothing else", () => {
    const idOf = (before: JourneyRun, after: JourneyRun, at: string) =>
      historyOf("cus_1", { before, after }, at)[0]?.id;
    const resumed = [NOW, LATER].map((at) => idOf(run(paused), run(), at));
    expect(new Set(resumed).size).toBe(2);
    const left = [NOW, LATER].map((at) => idOf(run(), run(done), at));
    expect(new Set(left).size).toBe(1);
    const stopped = [NOW, LATER].map((pausedAt) => idOf(run(), run({ pausedAt }), NOW));
    expect(new Set(stopped).size).toBe(2);
  });
});

it("an event that tells a run something comes from nobody but the hub, and leads to nothing else", () => {
  expect(
    journeyEvent("journey.pause", { id: "evt_1", customerId: "cus_1", at: NOW }, { runId: "r" }),
  ).toEqual({
    id: "evt_1",
    type: "journey",
    name: "journey.pause",
    customerId: "cus_1",
    properties: { runId: "r" },
    at: NOW,
    receivedAt: NOW,
    source: "journeys",
    imported: false,
    depth: 0,
  });
});
