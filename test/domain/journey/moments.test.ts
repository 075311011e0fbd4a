import { describe, expect, it } from "vitest";
import { journeyPlaybook } from "../../support/journeys/playbook.ts";
import { virtualHub } from "../../support/journeys/virtual.ts";

const hubOf = async (steps: string, head?: string) => virtualHub(await journeyPlaybook(steps, head));
const TWO = "a: { wait: P1D, next: b }\nb: { wait: P1D }";

describe("a wait that is over", () => {
  it.each([
    ["counts on from its end within a quarter of an hour", "P1DT15M", "2026-03-04T10:00:00.000Z"],
    ["counts from now past that", "P1DT15M1S", "2026-03-04T10:15:01.000Z"],
  ])("late %s", async (_what, late, due) => {
    const hub = await hubOf(TWO);
    hub.tell("Signed Up");
    // The timer is lost, and something else wakes the run.
    const { runId } = hub.run();
    hub.still.add("first-weeks");
    hub.advance(late);
    hub.still.clear();
    hub.command("journey.due", { runId });
    expect(hub.run()).toMatchObject({ step: "b", due });
  });

  it("counts from when the event happened, not from when it was told", async () => {
    const hub = await hubOf("a: { waitFor: Product Viewed, next: b }\nb: { wait: P1D }");
    hub.tell("Signed Up");
    hub.advance("PT1H");
    hub.tell("Product Viewed", {}, { at: "2026-03-02T10:50:00.000Z" });
    expect(hub.run()).toMatchObject({ step: "b", since: "2026-03-02T10:50:00.000Z" });
  });

  it("does not begin in the future, whatever a clock says", async () => {
    const hub = await hubOf(TWO);
    hub.tell("Signed Up", {}, { at: "2026-03-02T10:05:00.000Z" });
    expect(hub.run()).toMatchObject({ step: "a", since: "2026-03-02T10:00:00.000Z" });
  });
});

describe("waiting for an event", () => {
  const WITHIN =
    "a: { waitFor: Product Viewed, within: PT1H, next: b, otherwise: c }\nb: { wait: P1D }\nc: { wait: P1D }";
  it.each([
    ["as it begins to wait", "2026-03-02T10:00:00.000Z", "b"],
    ["before", "2026-03-02T09:59:59.999Z", "a"],
    ["as the time is over", "2026-03-02T11:00:00.000Z", "b"],
  ])("takes one that happened %s", async (_when, at, step) => {
    const hub = await hubOf(WITHIN);
    hub.tell("Signed Up");
    hub.tell("Product Viewed", {}, { at });
    expect(hub.at()).toBe(step);
  });

  it("does not take one that happened after the time, though it is told before the timer", async () => {
    const hub = await hubOf(WITHIN);
    hub.tell("Signed Up");
    hub.still.add("first-weeks");
    hub.advance("PT1H1S");
    hub.still.clear();
    hub.tell("Product Viewed");
    expect(hub.at()).toBe("c");
  });

  it("takes one that was applied just before it came to wait, and happened since", async () => {
    const hub = await hubOf(
      "a: { waitFor: Order Completed, next: b }\nb: { waitFor: Product Viewed, next: c }\nc: { wait: P1D }",
    );
    hub.tell("Signed Up");
    hub.advance("PT2M");
    hub.tell("Product Viewed", {}, { at: "2026-03-02T10:01:30.000Z" });
    hub.tell("Order Completed", {}, { at: "2026-03-02T10:01:00.000Z" });
    expect(hub.run()).toMatchObject({ step: "c", since: "2026-03-02T10:01:30.000Z" });
  });

  it("takes one without an end at any time", async () => {
    const hub = await hubOf(
      "a: { waitFor: Product Viewed, next: b }\nb: { wait: P1D }",
      "enter: { on: Signed Up }\nmaxAge: P300D",
    );
    hub.tell("Signed Up");
    hub.advance("P200D");
    hub.tell("Product Viewed");
    expect(hub.at()).toBe("b");
  });
});

describe("waiting until a moment", () => {
  const until = (rule: string): string =>
    `a: { waitUntil: '${rule}', next: b, otherwise: c }\nb: { wait: P1D }\nc: { wait: P1D }`;
  it.each([
    ["a day, at midnight where the customer is", "customer.renewal", "2026-03-09T23:00:00.000Z"],
    [
      "the next of a day of each year, and not the one after when it has come",
      "if date(now.year, 3, 10) > date(now) then date(now.year, 3, 10) else date(now.year + 1, 3, 10)",
      "2026-03-09T23:00:00.000Z",
    ],
    ["a time with its zone", '@"2026-03-10T12:30:15+02:00"', "2026-03-10T10:30:15.000Z"],
    ["a time with its fraction", '@"2026-03-10T12:30:15.25Z"', "2026-03-10T12:30:15.250Z"],
    ["a time without a zone, where the customer is", '@"2026-03-10T12:30:15"', "2026-03-10T11:30:15.000Z"],
    ["a time without a zone on the day clocks change", '@"2026-03-29T12:00:00"', "2026-03-29T10:00:00.000Z"],
  ])("takes %s", async (_what, rule, due) => {
    const hub = await hubOf(until(rule));
    hub.identify({ renewal: "2026-03-10", timeZone: "Europe/Berlin" });
    hub.tell("Signed Up");
    expect(hub.run()).toMatchObject({ step: "a", due });
    hub.advance("P40D");
    expect(hub.run().path).toContainEqual({ step: "b", at: due, playbook: hub.run().playbook });
  });

  it.each([
    ["now", '@"2026-03-02T10:00:00Z"', "b"],
    ["the next second", '@"2026-03-02T10:00:01Z"', "a"],
    ["what no calendar holds", '@"999999999-01-01T00:00:00Z"', "c"],
    ["nothing", "customer.signed", "c"],
  ])("%s is %s: %s", async (_what, rule, step) => {
    const hub = await hubOf(until(rule));
    hub.tell("Signed Up");
    expect(hub.at()).toBe(step);
  });

  it("that is over counts from when it came to the step", async () => {
    const hub = await hubOf(until('@"2026-03-01T10:00:00Z"'));
    hub.tell("Signed Up");
    expect(hub.run()).toMatchObject({ step: "b", since: "2026-03-02T10:00:00.000Z" });
  });
});

describe("an answer that is waited for", () => {
  const PARTED =
    "hello: { decide: journey.hello, next: said, otherwise: silent }\nsaid: { wait: P1D }\nsilent: { wait: P1D }";
  it("is asked for again past ten minutes and not before, three times in all", async () => {
    const hub = await hubOf(PARTED);
    hub.tell("Signed Up");
    const { runId } = hub.run();
    const asked = () => hub.asked().filter((one) => one === "journey.hello").length;
    expect(hub.run()).toMatchObject({ asked: 1, due: "2026-03-02T10:10:00.000Z" });
    expect(hub.timers()).toEqual([]);
    hub.advance("PT9M59S");
    hub.command("journey.due", { runId });
    expect([asked(), hub.run().asked]).toEqual([1, 1]);
    hub.advance("PT1S");
    hub.command("journey.due", { runId });
    expect([asked(), hub.run().asked]).toEqual([2, 2]);
    hub.advance("PT10M");
    hub.command("journey.due", { runId });
    expect([asked(), hub.run().asked]).toEqual([3, 3]);
    hub.advance("PT9M");
    hub.command("journey.due", { runId });
    expect(hub.at()).toBe("hello");
    hub.advance("PT1M");
    hub.command("journey.due", { runId });
    expect([asked(), hub.at(), hub.run().asked]).toEqual([3, "silent", undefined]);
  });

  it("for a step before, or of another run, is none", async () => {
    const hub = await hubOf(PARTED);
    hub.tell("Signed Up");
    hub.command("journey.decided", { runId: hub.run().runId, stepId: "stp_other", made: true });
    expect(hub.at()).toBe("hello");
  });

  it("says what it is about: the event that led there, its depth, and whether somebody waits", async () => {
    const hub = await hubOf(PARTED);
    hub.tell("Signed Up", {}, { depth: 2 });
    const fired = hub.published.find(({ detail }) => detail.placement === "journey.hello");
    const { entry, runId, entryId } = hub.run();
    expect(fired?.detail).toMatchObject({
      eventId: entry.id,
      run: { runId, entryId, isAwaited: true },
      depth: 2,
    });
  });
});

describe("a journey as a whole kept still", () => {
  it("moves nobody, sets no timer, and remembers what was waited for and nothing else", async () => {
    const hub = await hubOf(
      "a: { waitFor: Product Viewed, within: P1D, next: b, otherwise: c }\nb: { wait: P1D }\nc: { wait: P1D }",
    );
    hub.tell("Signed Up");
    hub.still.add("first-weeks");
    hub.tell("Order Completed");
    hub.command("journey.due", { runId: hub.run().runId });
    expect(hub.run()).toMatchObject({ step: "a" });
    expect(hub.run().due).toBeUndefined();
    expect(hub.run().met).toBeUndefined();
    hub.tell("Product Viewed");
    const { id } = hub.run().met ?? {};
    hub.advance("P2D");
    hub.still.clear();
    hub.command("journey.due", { runId: hub.run().runId });
    expect(hub.run()).toMatchObject({ step: "b", by: { id } });
    expect(hub.run().met).toBeUndefined();
  });

  it("does not take the end of the time for the event", async () => {
    const hub = await hubOf(
      "a: { waitFor: Product Viewed, within: PT1H, next: b, otherwise: c }\nb: { wait: P1D }\nc: { wait: P1D }",
    );
    hub.tell("Signed Up");
    const { runId } = hub.run();
    hub.command("journey.pause", { runId });
    hub.advance("PT2H");
    hub.command("journey.due", { runId });
    expect(hub.run().met).toBeUndefined();
    const since = hub.run().pausedAt;
    hub.command("journey.pause", { runId });
    expect(hub.run().pausedAt).toBe(since);
    hub.command("journey.resume", { runId });
    expect(hub.at()).toBe("c");
    const names = hub.history.flatMap(({ body }) => ("name" in body ? [String(body.name)] : []));
    expect(names.filter((name) => name.startsWith("journey."))).toEqual([
      "journey.entered",
      "journey.paused",
      "journey.resumed",
    ]);
  });
});
