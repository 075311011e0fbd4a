import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { ended, goOn } from "#domain/journey/advance.ts";
import type { JourneyContext } from "#domain/journey/context.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString();
const playbook = await journeyPlaybook(
  [
    "mark: { set: { onboarded: true }, next: call }",
    "call: { emit: Onboarded, properties: { plan: tea }, next: look }",
    "look: { waitFor: Product Viewed, within: P2D, next: rest, otherwise: rest }",
    "rest: { wait: P1D }",
  ].join("\n"),
  "enter: { on: Signed Up }\nmaxAge: P30D",
);
const [journey = ""] = playbook.journeys.keys();
const run = (more: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: "run_1",
  home: "cus_1",
  journey,
  key: "",
  entryId: "ent_1",
  entry: { id: "evt_1", name: "Signed Up", at: iso(NOW), properties: {} },
  enteredAt: iso(NOW),
  depth: 1,
  step: "rest",
  visit: 1,
  since: iso(NOW),
  by: { id: "evt_1", at: iso(NOW) },
  choices: {},
  goesOn: [],
  path: [],
  playbook: playbook.version,
  ...more,
});
const viewed = { id: "evt_2", name: "Product Viewed", at: iso(NOW), properties: {}, depth: 0, mayMove: true };
const context = (more: Partial<JourneyContext> = {}): JourneyContext => ({
  playbook,
  now: NOW,
  state: newState("cus_1", iso(NOW)),
  customer: () => ({}),
  still: new Set(),
  ...more,
});
const moved = (more: Partial<JourneyRun> = {}, within: Partial<JourneyContext> = {}) =>
  goOn(run(more), context(within));

describe("a run that goes on", () => {
  it("rests where it waits, until that is over", () => {
    expect(moved()).toEqual({ run: run({ due: iso(NOW + DAY) }), asks: [], events: [] });
  });

  it("is over where it has ended, or its journey is gone", () => {
    const over = run({ ended: { at: iso(NOW), as: "finished" } });
    expect(goOn(over, context()).run).toBe(over);
    expect(moved({ journey: "gone" }).run.ended).toEqual({ at: iso(NOW), as: "journeyRemoved" });
  });

  it("is over at its greatest age, and not before", () => {
    const aged = (ms: number) => moved({ enteredAt: iso(NOW - ms), since: iso(NOW) }).run;
    expect(aged(30 * DAY).ended).toEqual({ at: iso(NOW), as: "maxAge" });
    expect(aged(30 * DAY - 1)).toMatchObject({ due: iso(NOW + 1) });
    expect(aged(30 * DAY - 1)).not.toHaveProperty("ended");
  });

  it("rests to the end where it is kept out, whatever its steps are", () => {
    expect(moved({ heldOut: true, step: "gone" }).run).toMatchObject({
      step: "gone",
      due: iso(NOW + 30 * DAY),
    });
  });

  it("stops for what it does itself, which the customer's own events follow from", () => {
    expect(moved({ step: "mark" })).toMatchObject({
      run: { step: "call", visit: 2, goesOn: ["look", "rest", "stop"] },
      events: [
        {
          type: "identify",
          name: "identify",
          customerId: "cus_1",
          traits: { onboarded: true },
          at: iso(NOW),
          receivedAt: iso(NOW),
          source: `journey:${journey}`,
          imported: false,
          depth: 2,
        },
      ],
    });
    const [event] = moved({ step: "call" }).events;
    expect(event).toMatchObject({ type: "track", name: "Onboarded", properties: { plan: "tea" }, depth: 2 });
    expect(event).not.toHaveProperty("standing");
    expect(moved({ step: "call", standing: "public" }).events[0]?.standing).toBe("public");
  });

  it("remembers no more than its last twenty steps", () => {
    const path = Array.from({ length: 20 }, (_, n) => ({ step: `s${n}`, at: iso(NOW), playbook: "v1" }));
    const after = moved({ step: "mark", path }).run.path;
    expect([after.length, after[0]?.step, after.at(-1)?.step]).toEqual([20, "s1", "call"]);
  });
});

describe("a run that is kept still", () => {
  const still = (more: Partial<JourneyRun>, within: Partial<JourneyContext> = {}) =>
    moved({ step: "look", due: iso(NOW), pausedAt: iso(NOW), ...more }, within).run;

  it("goes nowhere, and is due at no time", () => {
    expect(still({ since: iso(NOW - 3 * DAY) })).toEqual(
      run({ step: "look", pausedAt: iso(NOW), since: iso(NOW - 3 * DAY) }),
    );
    expect(still({ since: iso(NOW - 3 * DAY) })).not.toHaveProperty("met");
    expect(still({ step: "rest", since: iso(NOW - 3 * DAY) })).toMatchObject({ step: "rest" });
    expect(still({ step: "gone" })).toMatchObject({ step: "gone" });
  });

  it("notes that what it waits for came", () => {
    expect(still({}, { event: viewed }).met).toMatchObject({ id: "evt_2" });
    expect(still({}, { event: { ...viewed, name: "Signed Up" } })).not.toHaveProperty("met");
  });

  it("is one of a journey that is kept still as a whole, too", () => {
    const whole = moved({ step: "look", due: iso(NOW) }, { still: new Set([journey]), event: viewed });
    expect(whole.run).toMatchObject({ step: "look", met: { id: "evt_2" } });
  });
});

describe("the end of a run", () => {
  const full = run({
    due: iso(NOW),
    pausedAt: iso(NOW),
    met: { id: "e", at: iso(NOW) },
    asked: 1,
    answer: "made",
  });

  it.each<[string, boolean, { readonly recalls?: true }]>([
    ["finished", false, {}],
    ["restarted", false, { recalls: true }],
    ["cancelled", false, { recalls: true }],
    ["bought", true, { recalls: true }],
    ["merged", false, {}],
  ])("is %s, by a rule: %s", (as, isExit, more) => {
    expect(ended(full, as, NOW, isExit)).toEqual(run({ ended: { at: iso(NOW), as, ...more } }));
    if (!isExit) expect(ended(full, as, NOW)).toEqual(run({ ended: { at: iso(NOW), as, ...more } }));
  });
});
