import { describe, expect, it } from "vitest";
import type { CollectedEvent } from "#domain/records/event.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { event, identify, minutesAgo, track } from "../../support/customers/events.ts";
import { memoryProfiles } from "../../support/customers/profiles.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook({
  "triggers.yaml": `
welcome: { on: Signed Up }
cart-abandoned: { on: Product Added, after: PT1H, unless: Order Completed }
order-confirmed: { on: Order Completed, if: event.total > 0 }
became-vip: { on: segment.entered, if: event.segment = "vip", placement: trigger.welcome }
named: { on: identify, if: event.firstName = customer.firstName, placement: trigger.welcome }
`,
});

const hub = () => {
  const profiles = memoryProfiles(playbook);
  return {
    ...profiles,
    apply: async (...events: CollectedEvent[]) => {
      const results = [];
      for (const one of events) {
        const group = one.userId ?? one.anonymousId ?? "none";
        results.push(...(await applyGroup(profiles.dependencies, { v: 1, group, events: [one] })));
      }
      return results.map(({ counts }) => counts);
    },
    state: async (ref = "userId:u1") => {
      const record = await profiles.dependencies.customers.find(ref);
      if (record === null) throw new Error(`nobody is behind ${ref}`);
      return record.state;
    },
    consent: async () => (await profiles.dependencies.customers.find("userId:u1"))?.consent.entries ?? {},
    fired: () => profiles.published.map(({ detail }) => TriggerFired.schema.parse(detail)),
  };
};
const userId = "u1";
const added = (minutes: number) => track("Product Added", { userId, at: minutesAgo(minutes) });
const ordered = (minutes: number, total = 0) =>
  track("Order Completed", { userId, at: minutesAgo(minutes), properties: { total } });

describe("triggers", () => {
  it("should fire with what the rule asks of event and customer", async () => {
    const { apply, fired } = hub();

    await apply(ordered(3), ordered(2, 5), identify({ firstName: "Ada" }, { userId }));

    expect(fired().map(({ trigger }) => trigger)).toEqual(["order-confirmed", "named"]);
  });

  it.each([
    ["import", { imported: true }],
    ["age", { at: minutesAgo(61) }],
    ["depth", { depth: 6 }],
  ])("should fire nothing because of %s, and count it", async (reason, members) => {
    const { apply, fired, state } = hub();

    const [counts] = await apply(track("Signed Up", { userId, ...members }));

    expect(fired()).toEqual([]);
    expect(counts).toMatchObject({ applied: 1, fired: 0, skipped: [reason] });
    expect((await state()).recent).toHaveLength(1);
  });

  it("should fire at a depth of five and tell the depth on", async () => {
    const { apply, fired } = hub();

    await apply(track("Signed Up", { userId, depth: 5 }));

    expect(fired()).toMatchObject([{ trigger: "welcome", depth: 5 }]);
  });

  it("should not set a timer when what calls it off is known to have come later", async () => {
    const { apply, timers } = hub();

    await apply(ordered(10), added(20));

    expect(timers.size).toBe(0);
  });

  it("should set one when what would call it off came before", async () => {
    const { apply, timers, state } = hub();

    await apply(ordered(30), added(20));

    expect([...timers.values()].map(({ due }) => due)).toEqual([minutesAgo(-40)]);
    expect((await state()).pending).toMatchObject([{ trigger: "cart-abandoned", due: minutesAgo(-40) }]);
  });

  it("should restart the wait with a later event, leaving the timer that is set, and leave it with an earlier one", async () => {
    const { apply, timers, state } = hub();

    const counts = await apply(added(30), added(10), added(20));

    expect([...timers.values()].map(({ due }) => due)).toEqual([minutesAgo(-30)]);
    expect((await state()).pending).toMatchObject([
      { due: minutesAgo(-50), armedBy: { due: minutesAgo(-30) }, depth: 0 },
    ]);
    expect(counts.map(({ fired }) => fired)).toEqual([1, 1, 0]);
  });

  it("should set another timer where the one that is set may fire at any moment", async () => {
    const { apply, timers, state } = hub();

    await apply(added(59), added(10));

    expect([...timers.values()].map(({ due }) => due)).toEqual([minutesAgo(-50)]);
    expect((await state()).pending).toMatchObject([{ due: minutesAgo(-50) }]);
    expect((await state()).pending[0]).not.toHaveProperty("armedBy");
  });

  it("should set the timer of the last event at once where one message holds them all", async () => {
    const { dependencies, timers, state } = hub();

    await applyGroup(dependencies, { v: 1, group: "g", events: [added(30), added(10), added(20)] });

    expect([...timers.values()]).toMatchObject([
      { due: minutesAgo(-50), event: { detail: { placement: "trigger.cart-abandoned" } } },
    ]);
    const [wait] = (await state()).pending;
    expect(wait).toMatchObject({ timerId: [...timers.keys()][0], due: minutesAgo(-50) });
    expect(wait).not.toHaveProperty("armedBy");
  });

  it("should call off a wait that was restarted by cancelling the timer it was left to", async () => {
    const { apply, timers, state } = hub();

    await apply(added(30), added(10), ordered(5));

    expect(timers.size).toBe(0);
    expect((await state()).pending).toEqual([]);
  });

  it("should neither set nor cancel a timer for a wait that begins and ends in one message", async () => {
    const { dependencies, timers } = hub();
    let calls = 0;
    const counting = {
      set: async () => {
        calls += 1;
      },
      cancel: async () => {
        calls += 1;
      },
    };

    await applyGroup(
      { ...dependencies, timers: counting },
      { v: 1, group: "g", events: [added(9), ordered(8)] },
    );

    expect([calls, timers.size]).toEqual([0, 0]);
  });

  it("should call off one device's wait by what was bought on another, once they are one person", async () => {
    const { apply, timers } = hub();

    await apply(
      track("Product Added", { anonymousId: "a1", at: minutesAgo(20) }),
      ordered(10),
      identify({}, { userId, anonymousId: "a1" }),
    );

    expect(timers.size).toBe(0);
  });
});

describe("segments", () => {
  it("should tell on the timeline when somebody enters and leaves, and fire what listens", async () => {
    const { apply, facts, fired, state } = hub();

    await apply(ordered(9), ordered(8), ordered(7), ordered(6));

    expect(Object.keys((await state()).segments)).toEqual(["vip"]);
    expect(fired()).toMatchObject([{ trigger: "became-vip", depth: 1 }]);
    const told = [...facts.values()].filter(({ body }) => body.type === "segment");
    expect(told.map(({ body }) => body)).toMatchObject([
      { name: "segment.entered", properties: { segment: "vip" } },
    ]);
    expect(told[0]?.id).toBe(fired()[0]?.eventId);
  });

  it("should not tell again when two members turn out to be one person", async () => {
    const { apply, fired, state } = hub();
    const byDevice = (minutes: number) =>
      track("Order Completed", { anonymousId: "a1", at: minutesAgo(minutes) });

    await apply(ordered(9), ordered(8), ordered(7), byDevice(6), byDevice(5), byDevice(4));
    await apply(identify({}, { userId, anonymousId: "a1" }));

    expect(Object.keys((await state()).segments)).toEqual(["vip"]);
    const told = fired().filter(({ trigger }) => trigger === "became-vip");
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  });
});

describe("consent", () => {
  const changed = (status: string, minutes: number, more = {}) =>
    track("Consent Changed", {
      userId,
      at: minutesAgo(minutes),
      properties: { channel: "email", topic: "marketing", status, kind: "express", source: "form", ...more },
    });

  it("should hold what was said last, by event time", async () => {
    const { apply, consent } = hub();

    await apply(changed("withdrawn", 5, { text: "v2" }), changed("granted", 9));

    expect((await consent())["email|marketing"]).toEqual({
      channel: "email",
      topic: "marketing",
      status: "withdrawn",
      kind: "express",
      source: "form",
      text: "v2",
      at: minutesAgo(5),
    });
  });

  it("should hold the withdrawal of two said at the same moment", async () => {
    const { apply, consent } = hub();

    await apply(changed("withdrawn", 5), changed("granted", 5));

    expect((await consent())["email|marketing"]?.status).toBe("withdrawn");
  });

  it("should be for all topics when none is named", async () => {
    const { apply, consent } = hub();

    await apply(track("Consent Changed", { userId, properties: { channel: "sms", status: "granted" } }));

    expect((await consent())["sms|*"]).toMatchObject({ status: "granted", source: "test" });
  });

  it("should come from what a page's banner let the person choose", async () => {
    const { apply, consent } = hub();
    const context = {
      consent: { categoryPreferences: { Marketing: true, service: false, Analytics: false, odd: "yes" } },
    };

    await apply(track("Product Viewed", { userId, context }));

    const entries = Object.values(await consent()).map(({ topic, status }) => [topic, status]);
    expect(entries).toEqual([
      ["marketing", "granted"],
      ["service", "withdrawn"],
    ]);
  });

  it("should change nothing when it is not understood, and say so on the timeline", async () => {
    const { apply, consent, facts } = hub();

    const [counts] = await apply(changed("maybe", 5));

    expect(await consent()).toEqual({});
    expect(counts?.refused).toEqual(["invalid-consent"]);
    expect([...facts.values()][0]?.body.refused).toEqual([{ what: "consent", reason: "invalid-consent" }]);
  });

  it("should follow the person when devices are joined", async () => {
    const { apply, consent, state } = hub();
    await apply(
      track("Signed Up", { userId }),
      track("Consent Changed", { anonymousId: "a1", properties: { channel: "email", status: "granted" } }),
    );

    await apply(identify({}, { userId, anonymousId: "a1" }));

    expect((await consent())["email|*"]?.status).toBe("granted");
    expect((await state()).absorbed).toHaveLength(1);
  });
});

describe("addresses", () => {
  const outcome = (name: string, properties: NonNullable<CollectedEvent["properties"]>) =>
    event({ type: "outcome", name, userId, properties: { channel: "email", ...properties } });

  it("should list the latest first and keep those that failed out of use for good", async () => {
    const { apply, state } = hub();
    const known = (email: string, minutes: number) =>
      identify({ email }, { userId, at: minutesAgo(minutes) });

    await apply(
      known("old@shop.example", 30),
      known("new@shop.example", 20),
      outcome("message.bounced", { address: "New@Shop.example" }),
      known("new@shop.example", 0),
      outcome("message.bounced", { address: "old@shop.example", bounceType: "Transient" }),
    );

    const addresses = (await state()).addresses.map(({ value, status }) => [value, status]);
    expect(addresses).toContainEqual(["new@shop.example", "bounced"]);
    expect(addresses).toContainEqual(["old@shop.example", "active"]);
  });

  it("should take a complaint without an address as one about the latest", async () => {
    const { apply, state } = hub();

    await apply(identify({ email: "ada@shop.example" }, { userId }), outcome("message.complained", {}));

    expect((await state()).addresses).toMatchObject([{ value: "ada@shop.example", status: "complained" }]);
  });
});

describe("limits", () => {
  it("should refuse the 301st trait and keep the event", async () => {
    const { apply, state, facts } = hub();
    const traits = Object.fromEntries(Array.from({ length: 310 }, (_, index) => [`trait${index}`, index]));

    const [counts] = await apply(identify(traits, { userId }));

    expect(Object.keys((await state()).traits)).toHaveLength(300);
    expect(counts?.refused).toHaveLength(10);
    expect([...facts.values()][0]?.body.properties).toEqual(traits);
    await apply(identify({ trait0: "changed" }, { userId, at: minutesAgo(0) }));
    expect((await state()).traits.trait0?.value).toBe("changed");
  });

  it("should keep a profile within its 44 KB, whatever is put into it", async () => {
    const { apply, state } = hub();
    const big = (index: number) =>
      identify({ [`big${index}`]: "x".repeat(8_000), [`small${index}`]: index }, { userId });

    const counts = await apply(...Array.from({ length: 7 }, (_, index) => big(index + 1)));

    expect(counts.map(({ refused }) => refused)).toEqual([
      ...Array.from({ length: 5 }, () => []),
      ["profile-too-large"],
      ["profile-too-large"],
    ]);
    const { unsent: _, ...kept } = await state();
    expect(JSON.stringify(kept).length).toBeLessThan(44 * 1024);
    expect(kept.traits.small7?.value).toBe(7);
  });

  it("should keep two customers who become one within the 44 KB of one, and of their traits the latest", async () => {
    const { apply, state } = hub();
    const grown = (prefix: string, minute: number) =>
      Object.fromEntries(
        Array.from({ length: 5 }, (_, index) => [`${prefix}${minute}-${index}`, "x".repeat(8_000)]),
      );
    await apply(identify(grown("visit", 30), { anonymousId: "a1", at: minutesAgo(30) }));
    await apply(identify(grown("home", 20), { userId, at: minutesAgo(20) }));

    await apply(identify({ city: "Hamburg" }, { userId, anonymousId: "a1", at: minutesAgo(10) }));

    const { unsent: _, ...kept } = await state();
    expect(kept.absorbed).toHaveLength(1);
    expect(JSON.stringify(kept).length).toBeLessThan(44 * 1024);
    expect(Object.keys(kept.traits).sort()).toEqual(["city", ...Object.keys(grown("home", 20))]);
  });

  it("should refuse a trait larger than 8 KB alone, and say so on the timeline", async () => {
    const { apply, state, facts } = hub();

    const [counts] = await apply(identify({ story: "x".repeat(9_000), city: "Hamburg" }, { userId }));

    expect(counts?.refused).toEqual(["trait-too-large"]);
    expect(Object.keys((await state()).traits)).toEqual(["city"]);
    expect([...facts.values()][0]?.body.refused).toEqual([
      { what: "traits.story", reason: "trait-too-large" },
    ]);
  });

  it("should remove a trait set to null, and not let an earlier value bring it back", async () => {
    const { apply, state } = hub();
    const plan = (value: string | null, minutes: number) =>
      identify({ plan: value }, { userId, at: minutesAgo(minutes) });

    await apply(plan("gold", 9), plan(null, 5), plan("silver", 7));

    expect((await state()).traits.plan?.value).toBeNull();
  });

  it("should not take a group's traits for the person's", async () => {
    const { apply, state } = hub();

    await apply(event({ type: "group", userId, groupId: "g1", traits: { name: "Acme" } }));

    expect((await state()).traits).toEqual({});
  });
});
