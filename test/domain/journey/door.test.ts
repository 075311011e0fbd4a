import { describe, expect, it } from "vitest";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";
import { START, virtualHub } from "../../support/journeys/virtual.ts";

const hubOf = async (steps: string, head?: string) => virtualHub(await journeyPlaybook(steps, head));
const ago = (ms: number): string => new Date(Date.parse(START) - ms).toISOString();
const HOUR = 3_600_000;

describe("somebody who comes in", () => {
  it("has a run that says how, when, as whom and where, and everybody is told once", async () => {
    const hub = await hubOf(
      "tell: { emit: Onboarded, next: ways }\nways: { split: { a: 1 }, a: first }\nfirst: { wait: P2D, next: second }\nsecond: { wait: P3D }",
      "enter: { on: Order Completed, key: event.order_id }\nmaxAge: P4D",
    );
    hub.tell("Order Completed", { order_id: "7", total: 12 }, { at: ago(60_000), depth: 1 });
    const { runId, entryId, home, playbook, entry } = hub.run();
    const { customerId = "" } = hub.state() ?? {};
    const arrived = ago(60_000);
    expect(hub.run()).toEqual({
      runId,
      home: customerId,
      journey: "first-weeks",
      key: "7",
      entryId,
      entry: { id: entry.id, name: "Order Completed", at: arrived, properties: { order_id: "7", total: 12 } },
      enteredAt: START,
      depth: 1,
      step: "first",
      visit: 3,
      since: arrived,
      by: { id: entry.id, at: arrived },
      due: new Date(Date.parse(arrived) + 48 * HOUR).toISOString(),
      choices: { ways: "a" },
      goesOn: ["second", "stop"],
      path: ["tell", "ways", "first"].map((step) => ({ step, at: arrived, playbook })),
      playbook,
    });
    expect(runId).toMatch(/^run_[0-9A-Za-z]+_[0-9a-f]{16}$/);
    expect(home).toBe(`cus_${runId.split("_")[1]}`);
    expect(hub.counts).toEqual(["first-weeks entered"]);
    expect(hub.state()?.runs).toEqual({
      live: [{ id: runId, journey: "first-weeks", step: "first" }],
      left: {},
      homes: [customerId],
    });
    expect(hub.timers().map(({ due }) => due)).toEqual([hub.run().due]);
    const told = hub.history.filter(({ body }) => "type" in body && body.type === "journey");
    expect(told.map(({ body, at }) => ({ ...body, at }))).toMatchObject([
      {
        name: "journey.entered",
        at: START,
        depth: 1,
        properties: { journey: "first-weeks", runId, step: "ways" },
      },
      { name: "journey.moved", at: START, depth: 1, properties: { from: "ways", step: "first" } },
    ]);
    // The journey ends before the second wait would: its time falls due then.
    hub.advance("P3D");
    expect(hub.run()).toMatchObject({
      step: "second",
      visit: 4,
      due: new Date(Date.parse(START) + 96 * HOUR).toISOString(),
    });
    hub.advance("P1D");
    expect(hub.at()).toBe("(maxAge)");
    expect(hub.run().due).toBeUndefined();
    expect(hub.timers()).toEqual([]);
    expect(hub.counts).toEqual(["first-weeks entered", "first-weeks maxAge"]);
    expect(hub.history.at(-1)?.body).toMatchObject({ name: "journey.left", properties: { as: "maxAge" } });
  });

  it.each([
    ["an hour old", HOUR, "a"],
    ["a millisecond older", HOUR + 1, "nobody"],
  ])("does so by an event that is %s", async (_age, ms, at) => {
    const hub = await hubOf("a: { wait: P1D }");
    hub.tell("Signed Up", {}, { at: ago(ms) });
    expect(hub.at()).toBe(at);
  });

  it.each([
    ["one day before the ten", "P9D", "(finished)"],
    ["ten days after it ended", "P10D", "a"],
  ])("again %s", async (_when, later, at) => {
    const hub = await hubOf("a: { wait: PT1H }", "enter: { on: Signed Up, again: after P10D }");
    hub.tell("Signed Up");
    hub.advance("PT1H");
    hub.advance(later);
    hub.tell("Signed Up");
    expect(hub.at()).toBe(at);
  });

  it.each(["again: always", "again: always, whileInside: restart", "again: always, whileInside: parallel"])(
    "does so once by one event, however often it is told: %s",
    async (how) => {
      const hub = await hubOf("a: { wait: PT1H }", `enter: { on: Signed Up, ${how} }`);
      const event = hub.track("Signed Up");
      hub.apply([event]);
      const { entryId } = hub.run();
      // Told once more where nobody remembers that it was applied.
      hub.forget(event.id);
      hub.apply([event]);
      hub.advance("PT1H");
      hub.forget(event.id);
      hub.apply([event]);
      expect(hub.runs().map((run) => [run.entryId, run.ended?.as])).toEqual([[entryId, "finished"]]);
      expect(hub.counts.filter((one) => one.endsWith("entered"))).toHaveLength(1);
    },
  );

  it.each([
    ["a text of 200 characters", "x".repeat(200), "x".repeat(200)],
    ["a longer one in part", "x".repeat(201), "x".repeat(200)],
  ])("is told apart by %s", async (_what, order_id, key) => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { on: Order Completed, key: event.order_id }");
    hub.tell("Order Completed", { order_id });
    expect(hub.run().key).toBe(key);
  });

  it("is told apart by a number as it is written", async () => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { on: Order Completed, key: event.total }");
    hub.tell("Order Completed", { total: 12.5 });
    expect(hub.run().key).toBe("12.5");
  });

  it("by a segment does so where it becomes one of that segment's, and of no other", async () => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { segment: buyer }");
    hub.tell("Product Viewed");
    expect(hub.at()).toBe("nobody");
    hub.apply([hub.track("segment.entered", { segment: "friend" })]);
    expect(hub.at()).toBe("nobody");
  });

  it("is not let in whom an exit would let out at once", async () => {
    const hub = await hubOf(
      "a: { wait: P1D }",
      'enter: { on: Signed Up }\nexit: [{ if: customer.note = "bye", as: lost }]',
    );
    hub.identify({ note: "bye" });
    hub.tell("Signed Up");
    expect(hub.at()).toBe("nobody");
    expect(hub.state()?.runs).toBeUndefined();
  });

  it("keeps as much of the event as a run has room for", async () => {
    const hub = await hubOf("a: { wait: P1D }");
    hub.tell("Signed Up", { plan: "tea", notes: "x".repeat(5_000), last: 1 });
    expect(hub.run().entry.properties).toEqual({ plan: "tea" });
  });
});

describe("a share of people who are kept out", () => {
  it("is as large as the file says, the same for the same person, and others go in", async () => {
    const playbook = await journeyPlaybook("a: { wait: P1D }", "enter: { on: Signed Up }\nholdout: 0.5");
    const ways = Array.from({ length: 100 }, (_, index) => {
      const hub = virtualHub(playbook);
      for (let made = 0; made < index; made += 1) hub.track("Product Viewed");
      hub.tell("Signed Up");
      return { heldOut: hub.run().heldOut, step: hub.run().step };
    });
    const out = ways.filter(({ step }) => step === "holdout");
    expect(out.every(({ heldOut }) => heldOut === true)).toBe(true);
    expect(ways.filter(({ step, heldOut }) => step === "a" && heldOut === undefined)).toHaveLength(
      100 - out.length,
    );
    expect(out.length).toBeGreaterThan(30);
    expect(out.length).toBeLessThan(70);
  });

  it("leaves when the journey would have lasted too long, goes nowhere by hand, and counts apart", async () => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { on: Signed Up }\nholdout: 1\nmaxAge: P5D");
    hub.tell("Signed Up");
    const { runId } = hub.run();
    expect(hub.run()).toMatchObject({ heldOut: true, step: "holdout", due: "2026-03-07T10:00:00.000Z" });
    hub.command("journey.move", { runId, step: "a" });
    hub.publish(
      await journeyPlaybook("b: { wait: P1D }", "enter: { on: Signed Up }\nholdout: 1\nmaxAge: P5D"),
    );
    hub.advance("P4D");
    hub.tell("Product Viewed");
    expect(hub.at()).toBe("holdout");
    hub.advance("P1D");
    expect(hub.at()).toBe("(maxAge)");
    expect(hub.history.at(-1)?.body).toMatchObject({ properties: { heldOut: true, as: "maxAge" } });
  });
});
