import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import type { JourneyContext, JourneyEvent } from "#domain/journey/context.ts";
import { admit, type Entering, enteringBy } from "#domain/journey/enter.ts";
import type { CompiledJourney } from "#domain/playbook/model/journeys.ts";
import type { JourneyRun } from "#domain/records/journey.ts";
import { FeelLimitError } from "#feel/index.ts";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();
const playbook = await journeyPlaybook("rest: { wait: P1D }");
const [written] = playbook.journeys.values();
if (written === undefined) throw new Error("no journey");
const context = (more: Partial<JourneyContext> = {}): JourneyContext =>
  ({
    playbook,
    now: NOW,
    state: newState("cus_1", iso(NOW)),
    still: new Set(),
    customer: () => ({}),
    ...more,
  }) as unknown as JourneyContext;
const event = (more: Partial<JourneyEvent> = {}): JourneyEvent =>
  ({
    id: "evt_1",
    name: "Signed Up",
    at: iso(NOW),
    properties: {},
    depth: 1,
    mayMove: true,
    ...more,
  }) as JourneyEvent;
const journey = (more: object = {}): CompiledJourney => ({ ...written, ...more });
const run = (more: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: "run_1",
  home: "cus_1",
  journey: written.name,
  key: "",
  entryId: "ent_0",
  entry: { id: "evt_0", name: "Signed Up", at: iso(NOW - 1), properties: {} },
  enteredAt: iso(NOW - 1),
  depth: 0,
  step: "rest",
  visit: 1,
  since: iso(NOW - 1),
  by: { id: "evt_0", at: iso(NOW - 1) },
  choices: {},
  goesOn: [],
  path: [],
  playbook: "v1",
  ...more,
});
const over = (at: number, more: Partial<JourneyRun> = {}) =>
  run({ ended: { at: iso(at), as: "finished" }, ...more });

describe("whom an event leads in", () => {
  const leads = (rules: object, by: JourneyEvent = event(), standing?: "public" | "trusted") => {
    const journeysByEvent = new Map([
      ["Signed Up", [journey({ rules, enter: { on: "Signed Up", maxAgeMs: 1_000 } })]],
    ]);
    return enteringBy(by, standing, context({ playbook: { ...playbook, journeysByEvent } }));
  };
  const keyed = (value: () => unknown) => ({ key: { evaluate: value } });

  it.each([
    ["an event that may move nothing", event({ mayMove: false }), 0],
    ["an event as old as may be", event({ at: iso(NOW - 1_000) }), 1],
    ["an older event", event({ at: iso(NOW - 1_001) }), 0],
    ["another event", event({ name: "Product Viewed" }), 0],
  ])("is told by %s", (_what, by, count) => {
    expect(leads({}, by)).toHaveLength(count);
  });

  it.each([
    ["a text", () => "gold", ["gold"]],
    ["a number", () => 7, ["7"]],
    ["nothing", () => null, []],
    [
      "a formula that takes too long",
      () => {
        throw Object.create(FeelLimitError.prototype);
      },
      [],
    ],
  ])("has the key that is %s", (_what, value, keys) => {
    expect(leads(keyed(value)).map(({ key }) => key)).toEqual(keys);
  });

  it("hides no mistake in a formula", () => {
    const broken = () => {
      throw new Error("broken");
    };
    expect(() => leads(keyed(broken))).toThrow("broken");
  });

  it("is as much trusted as who said it", () => {
    expect(leads({}, event(), "public")[0]?.standing).toBe("public");
    expect(leads({})[0]).not.toHaveProperty("standing");
  });
});

describe("at the door of a journey", () => {
  const lets = (
    more: object,
    known: readonly JourneyRun[] = [],
    live = 0,
    entering: Partial<Entering> = {},
  ) =>
    admit({ journey: journey(more), key: "", event: event(), ...entering }, known, {
      context: context(),
      live,
    });
  const once = { again: "never", whileInside: "ignore" };

  it("somebody comes in for the first time", () => {
    expect(lets(once)?.run).toMatchObject({
      home: "cus_1",
      journey: written.name,
      entry: { id: "evt_1", name: "Signed Up", at: iso(NOW), properties: {} },
      enteredAt: iso(NOW),
      depth: 1,
      step: "rest",
      visit: 1,
      since: iso(NOW),
      by: { id: "evt_1", at: iso(NOW) },
      playbook: playbook.version,
    });
    expect(lets(once)).not.toHaveProperty("replaces");
    expect(lets(once)?.run).not.toHaveProperty("heldOut");
  });

  it.each<[string, object, readonly JourneyRun[], boolean]>([
    ["again, never", once, [over(NOW - 9)], false],
    ["again, always", { ...once, again: "always" }, [over(NOW - 9)], true],
    ["again, after a time", { ...once, again: { afterMs: 9 } }, [over(NOW - 9)], true],
    ["again, before that time", { ...once, again: { afterMs: 10 } }, [over(NOW - 9)], false],
    [
      "again, by the last of several",
      { ...once, again: { afterMs: 9 } },
      [over(NOW - 99), over(NOW - 8)],
      false,
    ],
    ["while inside", once, [run()], false],
    ["while inside, anew", { ...once, whileInside: "restart" }, [run()], true],
    [
      "by an event that led in before",
      { ...once, again: "always" },
      [over(NOW - 9, { entry: { ...run().entry, id: "evt_1" } })],
      false,
    ],
    [
      "by the event that led in",
      { ...once, whileInside: "restart" },
      [run({ entry: { ...run().entry, id: "evt_1" } })],
      false,
    ],
    [
      "by an event that led in before one that is inside",
      { ...once, whileInside: "restart" },
      [run(), over(NOW - 9, { entry: { ...run().entry, id: "evt_1" } })],
      false,
    ],
  ])("somebody comes in: %s", (_what, more, known, isIn) => {
    expect(lets(more, known) !== null).toBe(isIn);
  });

  it("who comes in anew takes the place of who is inside, under the same id and with the same choices", () => {
    const inside = run({ choices: { split: "a" }, home: "cus_0" });
    const { run: made, replaces } = lets({ ...once, whileInside: "restart" }, [inside]) ?? {};
    expect(replaces).toBe(inside);
    expect(made).toMatchObject({ runId: "run_1", home: "cus_0", choices: { split: "a" } });
    expect(made?.entryId).not.toBe("ent_0");
  });

  it("nobody comes in past fifty who are inside, but who takes somebody's place", () => {
    expect([lets(once, [], 49) === null, lets(once, [], 50) === null]).toEqual([false, true]);
    expect(lets({ ...once, whileInside: "restart" }, [run()], 50)).not.toBeNull();
  });

  it("what is told late counts from when it happened, and what is told early from now", () => {
    const since = (at: number) => lets(once, [], 0, { event: event({ at: iso(at) }) })?.run.since;
    expect([since(NOW - 5), since(NOW + 5)]).toEqual([iso(NOW - 5), iso(NOW)]);
  });

  it("a run is no more trusted than who led it in", () => {
    expect(lets(once, [], 0, { standing: "public" })?.run.standing).toBe("public");
    expect(lets(once, [], 0, { standing: "trusted" })?.run).not.toHaveProperty("standing");
  });

  it("some are kept out, by who they are", () => {
    expect(lets({ ...once, holdout: 1 })?.run).toMatchObject({ heldOut: true });
    expect(lets({ ...once, holdout: 0 })?.run).not.toHaveProperty("heldOut");
  });
});
