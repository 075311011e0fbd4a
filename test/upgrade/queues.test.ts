import { beforeAll, describe, expect, it } from "vitest";
import { type Hub, hubAt, type TimelineItem } from "../support/hub/client.ts";
import { get, getAll, type Models, pathsOf } from "./answers.ts";
import { lastRelease } from "./last-release.ts";
import { fillQueues, startOverLastRelease } from "./restored-cloud.ts";

// Today's hub goes on where the last release was stopped.
let hub: Hub;
beforeAll(async () => {
  const cloud = await startOverLastRelease();
  hub = hubAt(cloud.url);
  await fillQueues(cloud);
  await hub.advance("PT10M");
});

describe("what the last release left on its queues", () => {
  const placementsOf = (items: readonly TimelineItem[]): readonly unknown[] =>
    items.filter(({ kind }) => kind === "decision").map(({ placement }) => placement);

  it("is worked off, and nothing is dead-lettered that was not", async () => {
    type Queues = { items: { name: string; ready: number; held: number; delayed: number }[] };
    const { items } = (await get(hub, "/_local/queues")) as Queues;
    const left = items.filter(({ ready, held, delayed }) => ready + held + delayed > 0);
    expect(Object.fromEntries(left.map(({ name, ready }) => [name, ready]))).toEqual({
      "rapport-local-inbox-dlq.fifo": 1,
      "rapport-local-decide-on-event-dlq": 1,
    });
    expect(lastRelease.queues.size).toBe(16);
  });

  it("is applied, each event once", async () => {
    const inbox = (lastRelease.queues.get("rapport-local-inbox.fifo") ?? []).flatMap(
      ({ body }) => (JSON.parse(body) as { events: { id: string }[] }).events,
    );
    expect(inbox).toHaveLength(12);
    const people = ["kim", "sam", "rob", "nina", "ursula"];
    const seen = (await Promise.all(people.map((one) => hub.timeline(`userId:${one}`)))).flat();
    for (const { id } of inbox) expect(seen.filter((item) => item.id === id)).toHaveLength(1);
    expect((await hub.profile("userId:ursula")).computed).toMatchObject({ orders: 1, spent: 24.5 });
    expect((await hub.profile("userId:sam")).computed).toMatchObject({ orders: 3, spent: 168, views7d: 2 });
    expect((await hub.profile("userId:kim")).traits).toMatchObject({ loyaltyTier: "gold" });
  });

  it("merges who was to be merged", async () => {
    const { customerId } = await hub.profile("userId:sam");
    for (const visitor of ["visitor-sam", "visitor-alias"]) {
      expect((await hub.profile(`anonymousId:${visitor}`)).customerId).toBe(customerId);
    }
  });

  it("withdraws the consent that was withdrawn", async () => {
    const { consent } = await hub.profile("userId:kim");
    const texts = consent.filter(({ channel }) => channel === "sms");
    expect(texts).toMatchObject([{ topic: "marketing", status: "withdrawn" }]);
  });

  it("is decided: triggers that fired, at once or after a wait, and what cloud sources told", async () => {
    const [tom, ursula, kim] = [
      placementsOf(await hub.timeline("userId:tom")),
      placementsOf(await hub.timeline("userId:ursula")),
      placementsOf(await hub.timeline("userId:kim")),
    ];
    expect(tom.toSorted()).toEqual(["trigger.cart-abandoned", "trigger.welcome"]);
    expect(ursula).toEqual(["trigger.order-confirmed"]);
    expect(kim).toContain("trigger.machine-care");
  });

  it("is sent, each message once", async () => {
    const sent = (await hub.outbox()).map(({ channel, to, subject, text }) =>
      [channel, to, channel === "email" ? subject : text].join(" "),
    );
    expect(sent.toSorted()).toEqual([
      "email cleo@example.com Hello",
      "email rob@example.com Hello",
      "email rob@example.com Hello",
      "email rob@example.com Hello",
      "email sam@example.com Ihre Bestellung B-3",
      "email tom@example.com Was something unclear?",
      "email tom@example.com Welcome to Tamarack & Finch, Tom",
      "email ursula@example.com Your order U-1",
      "push token-pia Hello Pia",
      "push token-pia Hello Pia",
      "sms +12025550144 Hello Sue",
      "sms +12025550144 Hello Sue",
    ]);
  });

  it("is sent when its time comes, even if that is hours away", async () => {
    const before = (await hub.outbox({ to: "rob@example.com" })).length;
    await hub.advance("PT3H");
    expect(await hub.outbox({ to: "rob@example.com" })).toHaveLength(before + 1);
  });

  it("ends every message that was under way: marketing whose sender died is never sent again", async () => {
    type Shown = { status: string; channel: string; category: string };
    const open = pathsOf(/^\/v1\/messages\//).filter((path) =>
      ["requested", "sending"].includes((lastRelease.answers.get(path) as Shown).status),
    );
    const ends = Object.values(await getAll(hub, open)).map((message) => (message as Shown).status);
    expect(Object.fromEntries(Map.groupBy(ends, (status) => status).entries())).toEqual({
      sent: Array(9).fill("sent"),
      uncertain: ["uncertain"],
    });
  });

  it("is noted: deliveries that providers told of", async () => {
    type Shown = { status: string; channel: string };
    const delivered = Object.values(await getAll(hub, pathsOf(/^\/v1\/messages\//))).filter(
      (message) => (message as Shown).status === "delivered",
    );
    const channels = delivered.map((message) => (message as Shown).channel);
    expect(channels.toSorted()).toEqual(["email", "email", "sms"]);
  });

  it("is learnt from, each observation once", async () => {
    const reported = (lastRelease.queues.get("rapport-local-measure-learn") ?? []).map(
      ({ body }) => (JSON.parse(body) as { detail: { action: string; outcome: string } }).detail,
    );
    expect(reported.map(({ outcome }) => outcome)).toEqual(["shown", "clicked"]);
    const evidenceIn = ({ items }: Models) =>
      items.find(({ action }) => action === reported[0]?.action)?.evidence ?? 0;
    const then = evidenceIn(lastRelease.answers.get("/v1/models") as Models);
    expect(evidenceIn((await get(hub, "/v1/models")) as Models) - then).toBeCloseTo(1, 1);
  });

  it("is simulated: every record of the log is opened and decided again", async () => {
    const [path] = pathsOf(/^\/v1\/simulations\//).filter(
      (one) => (lastRelease.answers.get(one) as { status: string }).status === "running",
    );
    const records = Object.values(lastRelease.logObjects).flat().length;
    expect(records).toBeGreaterThan(30);
    const { status, report } = (await get(hub, path ?? "")) as { status: string; report: object };
    expect({ status, report }).toMatchObject({ status: "done", report: { skipped: {} } });
    expect((report as { decisions: number }).decisions).toBeGreaterThanOrEqual(records);
  });
});
