import { describe, expect, it } from "vitest";
import { hintAfter, mergeRuns } from "#domain/journey/hint.ts";
import type { JourneyRun, RunsHint } from "#domain/records/journey.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const THREE_DAYS = 3 * 86_400_000;
const iso = (time: number): string => new Date(time).toISOString();
const run = (id: string, more: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: `run_${id}`,
  home: "cus_1",
  journey: "welcome",
  key: "",
  entryId: `ent_${id}`,
  entry: { id: "evt_1", name: "Signed Up", at: iso(NOW), properties: {} },
  enteredAt: iso(NOW),
  depth: 0,
  step: "wait",
  visit: 1,
  since: iso(NOW),
  by: { id: "evt_1", at: iso(NOW) },
  choices: {},
  goesOn: [],
  path: [],
  playbook: "v1",
  ...more,
});
const hint = (more: Partial<RunsHint> = {}): RunsHint => ({ live: [], left: {}, homes: [], ...more });
const live = (id: string, step = "wait") => ({ id: `run_${id}`, journey: "welcome", step });
const over = (recalls: boolean) => ({
  ended: { at: iso(NOW), as: "done", ...(recalls ? { recalls: true as const } : {}) },
});

describe("what a state says of its runs", () => {
  it.each<[string, JourneyRun | null, JourneyRun, RunsHint]>([
    ["one that began", null, run("a"), hint({ live: [live("a")], homes: ["cus_1"] })],
    [
      "one at another step",
      run("a"),
      run("a", { step: "ask" }),
      hint({ live: [live("a", "ask")], homes: ["cus_1"] }),
    ],
    ["one that ended", run("a"), run("a", over(false)), hint({ homes: ["cus_1"] })],
    [
      "one that ended and takes back what it said",
      run("a"),
      run("a", over(true)),
      hint({ left: { ent_a: iso(NOW) }, homes: ["cus_1"] }),
    ],
    [
      "one that began anew before its end",
      run("a", { entryId: "ent_old" }),
      run("a"),
      hint({ live: [live("a")], left: { ent_old: iso(NOW) }, homes: ["cus_1"] }),
    ],
    [
      "one that began anew after its end",
      run("a", { entryId: "ent_old", ...over(false) }),
      run("a"),
      hint({ live: [live("a")], homes: ["cus_1"] }),
    ],
  ])("tells of %s", (_what, before, after, expected) => {
    expect(hintAfter(undefined, [{ before, after }], NOW)).toEqual(expected);
  });

  it("keeps what did not change, and homes by name", () => {
    const before = hint({ live: [live("a"), live("b")], left: { ent_x: iso(NOW - 1) }, homes: ["cus_2"] });
    const after = hintAfter(before, [{ before: run("b"), after: run("b", { step: "ask" }) }], NOW);
    expect(after).toEqual({
      live: [live("a"), live("b", "ask")],
      left: { ent_x: iso(NOW - 1) },
      homes: ["cus_1", "cus_2"],
    });
  });

  it("forgets after three days what a run left behind, and all but the fifty latest", () => {
    const left = { now: iso(NOW), almost: iso(NOW - THREE_DAYS + 1), over: iso(NOW - THREE_DAYS) };
    expect(Object.keys(hintAfter(hint({ left }), [], NOW).left)).toEqual(["now", "almost"]);
    const many = Array.from({ length: 51 }, (_, index) => [`ent_${index}`, iso(NOW - 51 + index)]);
    const kept = Object.keys(hintAfter(hint({ left: Object.fromEntries(many) }), [], NOW).left);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, "ent_50", "ent_1"]);
  });
});

describe("the runs of two people who are one", () => {
  const one = hint({
    live: [live("b"), live("c")],
    left: { ent_2: iso(NOW), ent_1: iso(NOW) },
    homes: ["cus_2", "cus_1"],
  });
  const other = hint({
    live: [live("a"), live("c", "ask")],
    left: { ent_1: iso(NOW + 1), ent_2: iso(NOW - 1), ent_0: iso(NOW) },
    homes: ["cus_1"],
  });

  it("are those of both, each once, and what was left last counts", () => {
    const { runs } = mergeRuns({ runs: one }, { runs: other });
    expect(runs).toEqual({
      live: [live("a"), live("b"), live("c", "ask")],
      left: { ent_0: iso(NOW), ent_1: iso(NOW + 1), ent_2: iso(NOW) },
      homes: ["cus_1", "cus_2"],
    });
    expect(Object.keys(runs?.left ?? {})).toEqual(["ent_0", "ent_1", "ent_2"]);
  });

  it("are the one's, by name, where the other never had any", () => {
    const sorted = { ...one, homes: ["cus_1", "cus_2"] };
    expect(mergeRuns({ runs: one }, {})).toEqual({ runs: sorted });
    expect(mergeRuns({}, { runs: one })).toEqual({ runs: sorted });
    expect(mergeRuns({}, {})).toEqual({});
  });
});
