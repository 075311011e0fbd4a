import { describe, expect, it } from "vitest";
import { newState } from "#domain/customer/state.ts";
import { isCarriedOut, settleTimers, unsentEffects, withOthers } from "#domain/profile/unsent.ts";
import type { Effects } from "#domain/records/effects.ts";

const timer = (id: string) => ({ id, due: "2026-12-01T00:00:00.000Z" }) as never;
const effects = (more: Partial<Effects> = {}): Effects => ({
  historyGoes: "last",
  eventIds: ["evt_1"],
  history: [],
  cancel: [],
  timers: [],
  publish: [],
  consent: [],
  ...more,
});
const state = (customerId: string, unsent: Readonly<Record<string, Effects>> = {}, mergedInto?: string) => ({
  ...newState(customerId, "2026-01-01T00:00:00.000Z"),
  unsent,
  ...(mergedInto === undefined ? {} : { mergedInto }),
});

describe("what an earlier write still owes", () => {
  const owing = state("cus_1", { g1: effects(), g2: effects({ eventIds: ["evt_2", "evt_3"] }) });
  const owed = (group: string, ids: readonly string[], rewritten: boolean) =>
    unsentEffects(owing, group, new Set(ids), rewritten).map(({ owner, mayWait }) => [owner, mayWait]);

  it("is carried out first where the message in hand is that one again, or its place is written over", () => {
    expect(owed("g1", [], false)).toEqual([]);
    expect(owed("g1", ["evt_1"], false)).toEqual([["g1", false]]);
    expect(owed("g1", ["evt_3"], false)).toEqual([["g2", false]]);
    expect(owed("g1", [], true)).toEqual([["g2", true]]);
    expect(owed("g3", ["evt_1"], true)).toEqual([
      ["g1", false],
      ["g2", true],
    ]);
  });

  it("goes on being kept by whom its customer became part of, less the timers that were decided since", () => {
    const stored = (customerId: string, owner: string, more: Partial<Effects>) => ({
      ...{ customerId, owner, effects: effects(more), mayWait: true },
    });
    const own = effects({ eventIds: ["evt_9"], timers: [timer("t1")], cancel: [timer("t2")] });
    const states = [state("cus_1", { g9: own }), state("cus_2", {}, "cus_3"), state("cus_3", {}, "cus_1")];
    const [survivor, ...absorbed] = withOthers(states, [
      stored("cus_1", "g1", { timers: [timer("t1"), timer("t3")], cancel: [timer("t2"), timer("t4")] }),
      stored("cus_2", "g1", { eventIds: ["evt_2"], historyGoes: "first", timers: [timer("t5")] }),
      stored("cus_9", "g2", {}),
    ]);
    expect(survivor?.unsent).toEqual({
      g1: effects({
        historyGoes: "first",
        eventIds: ["evt_1", "evt_2"],
        timers: [timer("t3"), timer("t5")],
        cancel: [timer("t4")],
      }),
      g9: own,
    });
    expect(absorbed.map(({ unsent }) => unsent)).toEqual([{}, {}]);
  });

  it("waits for history only where all of it does", () => {
    const join = (one: Effects["historyGoes"], other: Effects["historyGoes"]) =>
      withOthers(
        [state("cus_1")],
        [one, other].map((historyGoes) => ({
          ...{ customerId: "cus_1", owner: "g", effects: effects({ historyGoes }), mayWait: true },
        })),
      )[0]?.unsent.g?.historyGoes;
    expect([join("last", "last"), join("first", "last"), join("last", "first")]).toEqual([
      "last",
      "first",
      "first",
    ]);
  });

  it("is known to be done by its facts in history, where those went last, or where it is nothing", () => {
    const facts = (...ids: string[]) => ids.map((id) => ({ id })) as never;
    const done = (more: Partial<Effects>) => isCarriedOut(effects(more), new Set(["h1", "h2"]));
    expect(done({ history: facts("h1", "h2") })).toBe(true);
    expect(done({ history: facts("h1", "h3") })).toBe(false);
    expect(done({ history: facts("h1"), historyGoes: "first" })).toBe(false);
    expect(done({})).toBe(true);
    const one = [timer("x")];
    for (const name of ["cancel", "timers", "publish", "consent"]) expect(done({ [name]: one })).toBe(false);
    expect(done({ cancel: one, timers: one })).toBe(false);
  });

  it("neither sets nor calls off a timer that one message sets and calls off", () => {
    const settled = settleTimers({ timers: [timer("a"), timer("b")], cancel: [timer("b"), timer("c")] });
    expect(settled).toEqual({ timers: [timer("a")], cancel: [timer("c")] });
  });
});
