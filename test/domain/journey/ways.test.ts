import { describe, expect, it } from "vitest";
import { editedSteps } from "#domain/journey/edited.ts";
import { homeOf, runIdOf, slotIn } from "#domain/journey/ids.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";
import { virtualHub } from "../../support/journeys/virtual.ts";

const hubOf = async (steps: string, head?: string) => virtualHub(await journeyPlaybook(steps, head));
const chain = (names: readonly string[]): string =>
  names.map((name, index) => `${name}: { wait: P1D, next: ${names[index + 1] ?? "stop"} }`).join("\n");
const LETTERS = [..."abcdefghi"];

describe("where a run goes on when its step is taken away", () => {
  it.each([
    ["the first of the next five that is still there", ["g", "f"], "f"],
    ["it ends where only a later one is", ["g", "h"], "(journeyChanged)"],
  ])("%s", async (_what, left, at) => {
    const hub = await hubOf(chain(LETTERS));
    hub.tell("Signed Up");
    expect(hub.run().goesOn).toEqual(["b", "c", "d", "e", "f"]);
    hub.publish(await journeyPlaybook(chain([...left].sort())));
    hub.command("journey.due", { runId: hub.run().runId });
    expect(hub.at()).toBe(at);
  });

  it("it is finished where nothing but the end followed", async () => {
    const hub = await hubOf("a: { wait: P1D }");
    hub.tell("Signed Up");
    hub.publish(await journeyPlaybook("z: { wait: P1D }"));
    hub.command("journey.due", { runId: hub.run().runId });
    expect(hub.at()).toBe("(finished)");
  });

  it.each([
    ["the one that took its name, in the same visit and since the same moment", "moved: { a: y }", "y"],
    ["the end, where the file says so", "moved: { a: stop }", "(finished)"],
  ])("%s", async (_what, moved, at) => {
    const hub = await hubOf("a: { wait: P5D, next: b }\nb: { wait: P1D }");
    hub.tell("Signed Up");
    hub.advance("P1D");
    const { visit, since } = hub.run();
    const next = await journeyPlaybook(
      "y: { wait: P5D, next: z }\nz: { wait: P1D }",
      `enter: { on: Signed Up }\n${moved}`,
    );
    hub.publish(next);
    hub.command("journey.due", { runId: hub.run().runId });
    expect(hub.at()).toBe(at);
    expect(hub.run()).toMatchObject({ visit, since });
    if (at === "y") expect(hub.run()).toMatchObject({ goesOn: ["z", "stop"], playbook: next.version });
    if (at === "y")
      expect(hub.history.at(-1)?.body).toMatchObject({
        name: "journey.moved",
        properties: { from: "a", step: "y" },
      });
  });

  it("nobody is inside a journey that is gone", async () => {
    const hub = await hubOf("a: { wait: P1D }");
    hub.tell("Signed Up");
    const { runId } = hub.run();
    hub.publish(
      await journeyPlaybook("a: { wait: P1D }", undefined, {
        "journeys/first-weeks.yaml": "enter: { on: Order Shipped }\nsteps:\n  a: { wait: P1D }\n",
        "journeys/other.yaml": "enter: { on: Signed Up }\nsteps:\n  a: { wait: P1D }\n",
      }),
    );
    hub.command("journey.due", { runId });
    expect(hub.at()).toBe("a");
  });

  it("a way round leads no further than once", async () => {
    const hub = await hubOf("a: { wait: P1D, next: b }\nb: { wait: P1D, next: a }");
    hub.tell("Signed Up");
    expect(hub.run().goesOn).toEqual(["b", "a"]);
  });

  it("is told past ways that part by what they usually lead to", async () => {
    const hub = await hubOf(
      "a: { wait: P1D, next: s }\ns: { split: { x: 1, y: 1 }, x: b, y: c }\nb: { wait: P1D, next: d }\nc: { wait: P1D }\nd: { branch: [{ if: customer.orders > 1, next: c }], otherwise: e }\ne: { wait: P1D }",
    );
    hub.tell("Signed Up");
    expect(hub.run().goesOn).toEqual(["s", "b", "d", "e", "stop"]);
  });
});

describe("a run", () => {
  it("remembers its last twenty steps", async () => {
    const hub = await hubOf(
      "a: { wait: P1D, next: b }\nb: { wait: P1D, next: a }",
      "enter: { on: Signed Up }\nmaxAge: P60D",
    );
    hub.tell("Signed Up");
    hub.advance("P18D");
    expect(hub.run().path).toHaveLength(19);
    hub.advance("P10D");
    const { path, since, visit } = hub.run();
    expect(path).toHaveLength(20);
    expect(path.at(-1)?.at).toBe(since);
    expect(visit).toBe(29);
  });

  it("leaves by a step that says how, and what is still to leave goes on", async () => {
    const hub = await hubOf("a: { wait: P1D, next: out }\nout: { exit: { as: bored } }");
    hub.tell("Signed Up");
    hub.advance("P1D");
    expect(hub.run().ended).toEqual({ as: "bored", at: "2026-03-03T10:00:00.000Z" });
    expect(hub.state()?.runs).toMatchObject({ live: [], left: {} });
  });

  it.each([
    ["let out by a rule", "converted", true],
    ["cancelled", "cancelled", true],
    ["moved to the end", "finished", undefined],
  ])("that is %s recalls what was said on its way, or not", async (how, as, recalls) => {
    const hub = await hubOf(
      "a: { wait: P9D }",
      "enter: { on: Signed Up }\nexit: [{ on: Order Completed, as: converted }]",
    );
    hub.tell("Signed Up");
    const { runId } = hub.run();
    if (how === "cancelled") hub.command("journey.cancel", { runId });
    else if (how === "moved to the end") hub.command("journey.move", { runId, step: "stop" });
    else hub.tell("Order Completed");
    expect(hub.run().ended).toEqual({ as, at: hub.now(), ...(recalls && { recalls }) });
    expect(Object.keys(hub.state()?.runs?.left ?? {})).toHaveLength(recalls ? 1 : 0);
    expect(hub.timers()).toEqual([]);
  });

  it("is not let out by the event that led in", async () => {
    const hub = await hubOf(
      "a: { wait: P9D }",
      "enter: { on: Signed Up }\nexit: [{ on: Signed Up, as: again }]",
    );
    hub.tell("Signed Up");
    expect(hub.at()).toBe("a");
    hub.tell("Signed Up");
    expect(hub.at()).toBe("(again)");
  });

  it("says what it does itself as an event of its own: whose word it is, how deep, once", async () => {
    const hub = await hubOf(
      "mark: { set: { onboarded: true }, next: tell }\ntell: { emit: Onboarded, properties: { plan: gold }, next: a }\na: { wait: P1D }",
    );
    hub.tell("Signed Up", {}, { depth: 2 });
    expect(hub.state()?.traits.onboarded).toMatchObject({ value: true });
    const told = hub.history.find(({ body }) => "name" in body && body.name === "Onboarded");
    expect(told).toMatchObject({
      at: "2026-03-02T10:00:00.000Z",
      body: { type: "track", depth: 3, properties: { plan: "gold" } },
    });
  });
});

describe("of two runs with one key, which a merge brought together,", () => {
  it("the one that came in first stays where both came as far", async () => {
    const hub = await hubOf("a: { wait: P9D }");
    hub.visit("Signed Up");
    hub.advance("PT1H");
    hub.tell("Signed Up");
    const [first, second] = hub.runs();
    hub.identify({}, { anonymousId: "x" });
    const byId = new Map(hub.runs().map((run) => [run.runId, run.ended?.as]));
    expect(first?.enteredAt).toBe("2026-03-02T10:00:00.000Z");
    expect([byId.get(first?.runId ?? ""), byId.get(second?.runId ?? "")]).toEqual([undefined, "merged"]);
  });

  it("the lesser id stays where they came in at one moment", async () => {
    const hub = await hubOf("a: { wait: P9D }");
    hub.visit("Signed Up");
    hub.tell("Signed Up");
    const ids = hub
      .runs()
      .map(({ runId }) => runId)
      .sort();
    hub.identify({}, { anonymousId: "x" });
    expect(hub.runs().find(({ ended }) => ended === undefined)?.runId).toBe(ids[0]);
    expect(hub.counts).toEqual(["first-weeks entered", "first-weeks entered", "first-weeks merged"]);
  });
});

it("ids of runs hold as whom somebody came in, and what tells runs apart", () => {
  const slot = { journey: "first-weeks", key: "7" };
  const id = runIdOf("cus_01", slot);
  expect(id).toMatch(/^run_01_[0-9a-f]{16}$/);
  expect(homeOf(id)).toBe("cus_01");
  expect(homeOf("run_01")).toBeNull();
  expect(slotIn(id)).toBe(slotIn(runIdOf("cus_02", slot)));
  expect(slotIn(id)).toHaveLength(16);
  const others = [
    { ...slot, key: "8" },
    { ...slot, journey: "other" },
    { ...slot, eventId: "evt_1" },
  ];
  expect(new Set([slot, ...others].map((one) => runIdOf("cus_01", one))).size).toBe(4);
});

describe("steps at which a new version may move somebody", () => {
  const edited = async (
    [steps, head]: readonly [steps: string, head?: string],
    [now, nowHead]: readonly [steps: string, head?: string],
  ) => {
    const [was, is] = [await journeyPlaybook(steps, head), await journeyPlaybook(now, nowHead)];
    return editedSteps(was.document, is.document).map(({ journey, step }) => `${journey} ${step}`);
  };
  const A = "a: { wait: P1D, next: b }\nb: { wait: P1D }";
  const HEAD = "enter: { on: Signed Up }";
  it.each<readonly [what: string, now: string, head: string, steps: readonly string[]]>([
    ["none, where nothing changed", A, HEAD, []],
    ["none, where only the way in did", A, "enter: { on: Signed Up, again: always }", []],
    ["those that changed", A.replace("P1D }", "P2D }"), HEAD, ["b"]],
    ["those that are gone", "a: { wait: P1D, next: c }\nc: { wait: P1D }", HEAD, ["a", "b"]],
    [
      "none for one that came",
      `${A}\nc: { wait: P1D, next: b }`.replace("next: b }\nb", "next: b }\nb"),
      HEAD,
      [],
    ],
    ["all, where it lasts no longer as it did", A, `${HEAD}\nmaxAge: P5D`, ["a", "b", "holdout"]],
    [
      "all, where it lets out otherwise",
      A,
      `${HEAD}\nexit: [{ on: Order Completed }]`,
      ["a", "b", "holdout"],
    ],
  ])("%s", async (_what, now, head, steps) => {
    expect(await edited([A, HEAD], [now, head])).toEqual(steps.map((step) => `first-weeks ${step}`));
  });

  it("all of a journey that is gone", async () => {
    const { document } = await journeyPlaybook(A);
    const without: Pick<PlaybookDocument, "journeys"> = { journeys: [] };
    expect(editedSteps(document, without).map(({ step }) => step)).toEqual(["a", "b", "holdout"]);
    expect(editedSteps(without, document)).toEqual([]);
  });
});
