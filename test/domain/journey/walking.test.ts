import { describe, expect, it } from "vitest";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";
import { virtualHub } from "../../support/journeys/virtual.ts";

const hubOf = async (steps: string, head?: string) => virtualHub(await journeyPlaybook(steps, head));

describe("waiting", () => {
  it("goes on when the time is over, counted from when the step began", async () => {
    const hub = await hubOf("settle: { wait: P3D, next: rest }\nrest: { wait: P1D }");
    hub.tell("Signed Up");
    hub.advance("P2D");
    expect(hub.at()).toBe("settle");
    hub.advance("P1D");
    expect(hub.at()).toBe("rest");
    expect(hub.run().since).toBe("2026-03-05T10:00:00.000Z");
    hub.advance("P1D");
    expect(hub.at()).toBe("(finished)");
    expect(hub.timers()).toEqual([]);
  });

  const LOOKED =
    "looked: { waitFor: Product Viewed, where: event.category = entry.plan, within: P7D, next: cart, otherwise: nudge }\ncart: { wait: P1D }\nnudge: { wait: P1D }";
  it("goes on by the event that it waits for, and by no other like it", async () => {
    const hub = await hubOf(LOOKED);
    hub.tell("Signed Up", { plan: "tea" });
    hub.tell("Product Viewed", { category: "coffee" });
    expect(hub.at()).toBe("looked");
    hub.tell("Product Viewed", { category: "tea" });
    expect(hub.at()).toBe("cart");
    expect(hub.timers()).toHaveLength(1);
  });
  it("goes otherwise when it does not come in time, even if it is told of it later", async () => {
    const hub = await hubOf(LOOKED);
    hub.tell("Signed Up", { plan: "tea" });
    hub.advance("P7D");
    expect(hub.at()).toBe("nudge");
    hub.tell("Product Viewed", { category: "tea" });
    expect(hub.at()).toBe("nudge");
  });
  it("counts an event of the same batch once, in whatever order the batch comes", async () => {
    const twice = `first: { waitFor: Product Viewed, next: second }\nsecond: { waitFor: Product Viewed, next: third }\nthird: { wait: P1D }`;
    for (const isTurned of [false, true]) {
      const hub = await hubOf(twice);
      const events = [
        hub.track("Signed Up"),
        hub.track("Product Viewed", {}, { at: "2026-03-02T10:00:01.000Z" }),
      ];
      hub.apply(isTurned ? events.reverse() : events);
      expect(hub.at()).toBe("second");
    }
  });
  it("does not take an event from before it came to wait", async () => {
    const hub = await hubOf("a: { wait: PT1H, next: b }\nb: { waitFor: Product Viewed, next: stop }");
    hub.tell("Signed Up");
    hub.tell("Product Viewed");
    hub.advance("PT1H");
    expect(hub.at()).toBe("b");
  });
  it("is moved by no imported event", async () => {
    const hub = await hubOf("a: { waitFor: Product Viewed, next: stop }");
    hub.tell("Signed Up");
    hub.tell("Product Viewed", {}, { imported: true });
    expect(hub.at()).toBe("a");
  });

  const RENEWAL =
    'renewal: { waitUntil: customer.renewal - @"P30D", next: offer, otherwise: none }\noffer: { wait: P1D }\nnone: { wait: P1D }';
  it.each([
    ["there is none", {}, "none"],
    ["it is null", { renewal: null }, "none"],
    ["it is no date", { renewal: "soon" }, "none"],
    ["it is no day of the calendar", { renewal: "2026-02-30" }, "none"],
    ["it is over", { renewal: "2026-03-15" }, "offer"],
    ["it is to come", { renewal: "2026-06-01" }, "renewal"],
  ])("until a moment: never now where %s", async (_what, traits, at) => {
    const hub = await hubOf(RENEWAL);
    hub.identify(traits);
    hub.tell("Signed Up");
    expect(hub.at()).toBe(at);
  });
  it("until a day begins where the customer is, the day on which clocks go forward too", async () => {
    const hub = await hubOf("renewal: { waitUntil: customer.renewal, next: offer }\noffer: { wait: P1D }");
    hub.identify({ renewal: "2026-03-29", timeZone: "Europe/Berlin" });
    hub.tell("Signed Up");
    expect(hub.run().due).toBe("2026-03-28T23:00:00.000Z");
    const far = await hubOf("renewal: { waitUntil: customer.renewal, next: offer }\noffer: { wait: P1D }");
    far.identify({ renewal: "2026-03-30", timeZone: "Europe/Berlin" });
    far.tell("Signed Up");
    expect(far.run().due).toBe("2026-03-29T22:00:00.000Z");
  });
});

describe("ways that part", () => {
  it("splits by the customer, and whoever changes the weights later moves nobody back", async () => {
    const steps = (a: number, b: number) =>
      `nudge: { split: { gentle: ${a}, bold: ${b} }, gentle: mild, bold: loud }\nmild: { wait: P1D, next: again }\nloud: { wait: P1D, next: again }\nagain: { wait: P1D, next: nudge }`;
    const hub = virtualHub(await journeyPlaybook(steps(1, 0)));
    hub.tell("Signed Up");
    expect(hub.at()).toBe("mild");
    hub.publish(await journeyPlaybook(steps(0, 1)));
    hub.advance("P2D");
    expect(hub.at()).toBe("mild");
    expect(hub.run().choices).toEqual({ nudge: "gentle" });
  });
  it("branches by what holds now, the first that does", async () => {
    const steps = `check: { branch: [{ if: customer.orders >= 2, next: many }, { if: customer.orders >= 1, next: one }], otherwise: none }\nmany: { wait: P1D }\none: { wait: P1D }\nnone: { wait: P1D }`;
    const hub = await hubOf(`first: { wait: P1D, next: check }\n${steps}`);
    hub.tell("Signed Up");
    hub.tell("Order Completed", { order_id: "1" });
    hub.advance("P1D");
    expect(hub.at()).toBe("one");
  });
  it("sees at once what it set itself, and what it told is heard by everything else", async () => {
    const hub = virtualHub(
      await journeyPlaybook(
        "mark: { set: { onboarded: true }, next: tell }\ntell: { emit: Onboarded, properties: { plan: gold }, next: check }\ncheck: { branch: [{ if: customer.onboarded, next: yes }], otherwise: stop }\nyes: { wait: P1D }",
        undefined,
        {
          "journeys/second.yaml":
            'enter: { on: Onboarded, if: event.plan = "gold" }\nsteps:\n  here: { wait: P1D }\n',
        },
      ),
    );
    hub.tell("Signed Up");
    expect(
      hub
        .runs()
        .map(({ journey, step }) => `${journey} ${step}`)
        .sort(),
    ).toEqual(["first-weeks yes", "second here"]);
    expect(hub.state()?.traits.onboarded?.value).toBe(true);
  });
});

describe("decisions", () => {
  it("asks and goes on where both ways are one", async () => {
    const hub = await hubOf("hello: { decide: journey.hello, next: settle }\nsettle: { wait: P1D }");
    hub.tell("Signed Up");
    expect(hub.asked()).toEqual(["trigger.welcome", "journey.hello"]);
    expect(hub.at()).toBe("settle");
  });
  const PARTED =
    "hello: { decide: journey.hello, next: said, otherwise: silent }\nsaid: { wait: P1D }\nsilent: { wait: P1D }";
  it.each([
    [true, "said"],
    [false, "silent"],
  ])("waits to hear what came of it: %s", async (made, at) => {
    const hub = await hubOf(PARTED);
    hub.tell("Signed Up");
    expect(hub.at()).toBe("hello");
    hub.tell("Product Viewed");
    expect(hub.asked().filter((one) => one === "journey.hello")).toHaveLength(1);
    hub.answer(made);
    expect(hub.at()).toBe(at);
    hub.answer(!made);
    expect(hub.at()).toBe(at);
  });
  it("asks again for an answer that does not come, and in the end takes it for nothing said", async () => {
    const hub = await hubOf(PARTED);
    hub.tell("Signed Up");
    const ids = new Set<string>();
    for (let count = 0; count < 3; count += 1) {
      hub.advance("PT15M");
      hub.command("journey.due", { runId: hub.run().runId });
      for (const { id } of hub.published) ids.add(id);
    }
    expect(hub.at()).toBe("silent");
    expect(hub.asked().filter((one) => one === "journey.hello")).toHaveLength(3);
    expect([...ids].filter((id) => id.startsWith("trg"))).toHaveLength(2);
  });
});

describe("leaving", () => {
  const WAITS = "settle: { wait: P30D }";
  it("leaves by an event, by a condition, and when the journey has lasted too long", async () => {
    const head =
      'enter: { on: Signed Up }\nexit: [{ on: Order Completed, if: event.total > 10, as: converted }, { if: customer.note = "bye", as: lost }]\nmaxAge: P60D';
    const bought = await hubOf(WAITS, head);
    bought.tell("Signed Up");
    bought.tell("Order Completed", { total: 5 });
    expect(bought.at()).toBe("settle");
    bought.tell("Order Completed", { total: 50 });
    expect(bought.at()).toBe("(converted)");
    expect(bought.timers()).toEqual([]);
    const gone = await hubOf(WAITS, head);
    gone.tell("Signed Up");
    gone.identify({ note: "bye" });
    expect(gone.at()).toBe("(lost)");
    const late = await hubOf("look: { waitFor: Product Viewed, next: stop }", head);
    late.tell("Signed Up");
    late.advance("P60D");
    expect(late.at()).toBe("(maxAge)");
  });
  it("is let out by what is imported, but not by what happened before", async () => {
    const hub = await hubOf(
      WAITS,
      "enter: { on: Signed Up }\nexit: [{ on: Order Completed, as: converted }]",
    );
    hub.tell("Signed Up");
    hub.tell("Order Completed", {}, { at: "2026-03-01T10:00:00.000Z", imported: true });
    expect(hub.at()).toBe("settle");
    hub.advance("PT1H");
    hub.tell("Order Completed", {}, { imported: true });
    expect(hub.at()).toBe("(converted)");
    expect(hub.state()?.runs?.left).toEqual({ [hub.run().entryId]: hub.now() });
  });
});

describe("coming in", () => {
  it("once by default, and again as the file says", async () => {
    const never = await hubOf("a: { wait: P1D }");
    never.tell("Signed Up");
    never.advance("P2D");
    never.tell("Signed Up");
    expect(never.at()).toBe("(finished)");
    const after = await hubOf("a: { wait: P1D }", "enter: { on: Signed Up, again: after P10D }");
    after.tell("Signed Up");
    after.advance("P5D");
    after.tell("Signed Up");
    expect(after.at()).toBe("(finished)");
    after.advance("P10D");
    after.tell("Signed Up");
    expect(after.at()).toBe("a");
    after.advance("P1D");
    expect(after.at()).toBe("(finished)");
    expect(after.counts.filter((one) => one.endsWith("entered"))).toHaveLength(2);
  });
  it("for each key by itself: the run of the order that was shipped moves, the other waits", async () => {
    const hub = await hubOf(
      "ship: { waitFor: Order Shipped, where: event.order_id = entry.order_id, next: review }\nreview: { wait: P7D }",
      "enter: { on: Order Completed, key: event.order_id }",
    );
    hub.tell("Order Completed", { order_id: "one" });
    hub.tell("Order Completed", { order_id: "two" });
    hub.tell("Order Shipped", { order_id: "two" });
    expect(hub.runs().map(({ key, step }) => `${key} ${step}`)).toEqual(["one ship", "two review"]);
  });
  it("nobody where the key is nothing, the event is old, imported, or caused by too long a chain", async () => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { on: Order Completed, key: event.order_id }");
    hub.tell("Order Completed", {});
    hub.tell("Order Completed", { order_id: "1" }, { imported: true });
    hub.tell("Order Completed", { order_id: "1" }, { at: "2026-03-02T08:00:00.000Z" });
    hub.tell("Order Completed", { order_id: "1" }, { depth: 6 });
    expect(hub.at()).toBe("nobody");
  });
  it("two entries of one batch make one run; restart begins anew; parallel takes both", async () => {
    const twice = (hub: Awaited<ReturnType<typeof hubOf>>) =>
      hub.apply([hub.track("Signed Up"), hub.track("Signed Up")]);
    const ignore = await hubOf("a: { wait: P1D }");
    twice(ignore);
    expect(ignore.runs()).toHaveLength(1);
    const restart = await hubOf(
      "a: { wait: P1D, next: b }\nb: { wait: P5D }",
      "enter: { on: Signed Up, whileInside: restart }",
    );
    restart.tell("Signed Up");
    restart.advance("P2D");
    expect(restart.at()).toBe("b");
    restart.tell("Signed Up");
    expect(restart.at()).toBe("a");
    expect(restart.counts).toEqual(["first-weeks entered", "first-weeks restarted", "first-weeks entered"]);
    const parallel = await hubOf(
      "a: { wait: P1D }",
      "enter: { on: Signed Up, whileInside: parallel, again: always }",
    );
    twice(parallel);
    expect(parallel.runs()).toHaveLength(2);
  });
  it("by a segment, and by the API", async () => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { segment: buyer }");
    hub.tell("Order Completed", { order_id: "1" });
    expect(hub.at()).toBe("a");
    const api = await hubOf("a: { wait: P1D }", "maxAge: P5D");
    api.tell("Product Viewed");
    api.command("journey.enter", { journey: "first-weeks" });
    expect(api.at()).toBe("a");
  });
  it("at most fifty at once", async () => {
    const hub = await hubOf("a: { wait: P1D }", "enter: { on: Order Completed, key: event.order_id }");
    for (let order = 0; order < 60; order += 1) hub.tell("Order Completed", { order_id: String(order) });
    expect(hub.state()?.runs?.live).toHaveLength(50);
  });
  it("keeps out a share of people, who leave as the others do and are told nothing", async () => {
    const hub = await hubOf(
      "hello: { decide: journey.hello, next: settle }\nsettle: { wait: P1D }",
      "enter: { on: Signed Up }\nholdout: 1\nexit: [{ on: Order Completed, as: converted }]",
    );
    hub.tell("Signed Up");
    expect(hub.asked()).toEqual(["trigger.welcome"]);
    expect(hub.at()).toBe("holdout");
    hub.tell("Order Completed");
    expect(hub.at()).toBe("(converted)");
  });
});

describe("merging", () => {
  it("goes on with an anonymous visitor's wait after they log in", async () => {
    const hub = await hubOf("a: { waitFor: Product Viewed, next: b }\nb: { wait: P1D }");
    hub.visit("Signed Up");
    hub.identify({ firstName: "Kim" });
    hub.identify({}, { anonymousId: "x" });
    hub.tell("Product Viewed");
    expect(hub.run().step).toBe("b");
    hub.advance("P1D");
    expect(hub.at()).toBe("(finished)");
  });
  it("of two runs with one key the further one stays", async () => {
    const hub = await hubOf("a: { wait: P1D, next: b }\nb: { wait: P9D }");
    hub.visit("Signed Up");
    hub.advance("P2D");
    hub.tell("Signed Up");
    hub.identify({}, { anonymousId: "x" });
    expect(
      hub
        .runs()
        .map(({ step, ended }) => ended?.as ?? step)
        .sort(),
    ).toEqual(["b", "merged"]);
    expect(hub.state()?.runs?.live).toHaveLength(1);
    hub.tell("Signed Up");
    expect(hub.state()?.runs?.live).toHaveLength(1);
  });
});

describe("commands", () => {
  it("keeps a run still, and lets it go on from where it was without a burst of all that it missed", async () => {
    const hub = await hubOf("a: { wait: P1D, next: b }\nb: { wait: P1D, next: c }\nc: { wait: P1D }");
    hub.tell("Signed Up");
    const { runId } = hub.run();
    hub.command("journey.pause", { runId });
    hub.advance("P10D");
    expect(hub.at()).toBe("a");
    hub.command("journey.resume", { runId });
    expect(hub.at()).toBe("b");
    expect(hub.run().due).toBe("2026-03-13T10:00:00.000Z");
  });
  it("remembers what it waited for while it was kept still", async () => {
    const hub = await hubOf(
      "a: { waitFor: Product Viewed, within: P1D, next: b, otherwise: c }\nb: { wait: P1D }\nc: { wait: P1D }",
    );
    hub.tell("Signed Up");
    const { runId } = hub.run();
    hub.command("journey.pause", { runId });
    hub.tell("Product Viewed");
    hub.advance("P3D");
    hub.command("journey.resume", { runId });
    expect(hub.at()).toBe("b");
  });
  it("moves, cancels, and takes no heed of a step or a run that there is not", async () => {
    const hub = await hubOf("a: { wait: P1D, next: b }\nb: { wait: P5D }");
    hub.tell("Signed Up");
    const { runId } = hub.run();
    hub.command("journey.move", { runId, step: "nowhere" });
    hub.command("journey.cancel", { runId: "run_1_00" });
    hub.command("journey.unheard", { runId });
    expect(hub.at()).toBe("a");
    hub.command("journey.move", { runId, step: "b" });
    expect(hub.at()).toBe("b");
    hub.command("journey.cancel", { runId });
    expect(hub.at()).toBe("(cancelled)");
    expect(hub.timers()).toEqual([]);
  });
});
