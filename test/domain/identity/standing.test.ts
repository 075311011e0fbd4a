import { describe, expect, it } from "vitest";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { applyGroup } from "#usecases/apply/apply-group.ts";
import { event, identify, minutesAgo, track } from "../../support/customers/events.ts";
import { speakingTo } from "../../support/customers/speaking.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const playbook = await testPlaybook();
const KIM = "kim@shop.example";
const THIEF = "thief@evil.example";

const hub = (by: CompiledPlaybook = playbook) => speakingTo(by);

describe("the address that a customer has", () => {
  it("should not be replaced by what a public key says", async () => {
    const { company, anybody, reached, unproven, who, refusals } = hub();
    await company(identify({ email: KIM }, { userId: "kim" }));

    await anybody(identify({ email: THIEF }, { userId: "kim" }));

    expect(await reached("userId:kim")).toEqual([KIM]);
    expect(await unproven("userId:kim")).toEqual([{ type: "email", value: THIEF }]);
    expect((await who("userId:kim"))?.traits.email?.value).toBe(KIM);
    expect(await who(`email:${THIEF}`)).toBeUndefined();
    expect(refusals()).toEqual([
      { what: "email", reason: "unproven" },
      { what: "traits.email", reason: "unproven" },
    ]);
  });

  it.each<[string, () => CollectedEvent]>([
    [
      "in the context of a page view",
      () => event({ type: "page", userId: "kim", context: { traits: { email: THIEF } } }),
    ],
    [
      "in the context of an alias",
      () => event({ type: "alias", previousId: "x", userId: "kim", context: { traits: { email: THIEF } } }),
    ],
    [
      "in an alias to the customer from a visitor who has it",
      () => event({ type: "alias", previousId: "thief", userId: "kim" }),
    ],
    [
      "by a visitor who turns out to be the customer",
      () => identify({}, { userId: "kim", anonymousId: "thief" }),
    ],
    ["by the customer's own browser", () => identify({ email: THIEF }, { anonymousId: "kims-browser" })],
    ["in another spelling", () => identify({ email: ` ${THIEF.toUpperCase()} ` }, { userId: "kim" })],
    [
      "dated before the customer's",
      () => identify({ email: THIEF }, { userId: "kim", at: minutesAgo(9_000) }),
    ],
    ["by group", () => event({ type: "group", groupId: "g", userId: "kim", traits: { email: THIEF } })],
  ])("should not be replaced by one given %s", async (_, attack) => {
    const { company, anybody, reached } = hub();
    await anybody(identify({ email: THIEF }, { anonymousId: "thief" }));
    await company(identify({ email: KIM }, { userId: "kim", anonymousId: "kims-browser" }));

    await anybody(attack(), attack());

    expect(await reached("userId:kim")).toEqual([KIM]);
  });

  it("should not move where it is one of several, however often anybody says it again", async () => {
    const { company, anybody, reached } = hub();
    await company(
      identify({ email: "old@shop.example" }, { userId: "kim", at: minutesAgo(50) }),
      identify({ email: KIM }, { userId: "kim", at: minutesAgo(40) }),
    );

    await anybody(identify({ email: "old@shop.example" }, { userId: "kim", at: minutesAgo(1) }));

    expect(await reached("userId:kim")).toEqual([KIM, "old@shop.example"]);
  });

  it("should be replaced by what the company, or the customer with a proof, says", async () => {
    const { company, proven, reached, unproven, anybody } = hub();
    await company(identify({ email: KIM }, { userId: "kim", at: minutesAgo(50) }));
    await anybody(identify({ email: "new@shop.example" }, { userId: "kim", at: minutesAgo(45) }));

    await proven(identify({ email: "new@shop.example" }, { userId: "kim", at: minutesAgo(40) }));

    expect(await reached("userId:kim")).toEqual(["new@shop.example", KIM]);
    expect(await unproven("userId:kim")).toEqual([]);
  });

  it("should count as trusted where release 0.1 wrote it", async () => {
    const { release01, anybody, reached, shared } = hub();
    await release01(identify({ email: KIM }, { userId: "kim" }));
    for (const [id, state] of shared.states) {
      const { vouchedAt: _, ...written } = state;
      shared.states.set(id, written);
    }

    await anybody(identify({ email: THIEF, phone: "+15550100999" }, { userId: "kim" }));

    expect(await reached("userId:kim")).toEqual([KIM]);
    expect(await reached("userId:kim", "sms")).toEqual([]);
  });
});

describe("a public key", () => {
  it("should give somebody new their first address, as browsers do it", async () => {
    const { anybody, reached, who } = hub();

    await anybody(
      track("Product Viewed", { anonymousId: "a1" }),
      identify({}, { userId: "kim", anonymousId: "a1" }),
      identify({ email: KIM, phone: "+15550100200" }, { userId: "kim", anonymousId: "a1" }),
      identify({ email: KIM }, { userId: "kim" }),
    );

    expect(await reached("anonymousId:a1")).toEqual([KIM]);
    expect(await reached("userId:kim", "sms")).toEqual(["+15550100200"]);
    expect((await who(`email:${KIM}`))?.traits.email).toMatchObject({ value: KIM, standing: "public" });
  });

  it("should give a second address to nobody", async () => {
    const { anybody, reached, unproven, who } = hub();

    await anybody(identify({ email: KIM }, { userId: "kim" }), identify({ email: THIEF }, { userId: "kim" }));

    expect(await reached("userId:kim")).toEqual([KIM]);
    expect(await unproven("userId:kim")).toEqual([{ type: "email", value: THIEF }]);
    expect((await who("userId:kim"))?.traits.email?.value).toBe(KIM);
  });

  it("should give no address to whom the company has spoken of, whatever about", async () => {
    const { company, anybody, reached, unproven } = hub();
    await company(track("Order Completed", { userId: "kim" }));

    await anybody(identify({ email: THIEF, phone: "+15550100999" }, { userId: "kim" }));

    expect([...(await reached("userId:kim")), ...(await reached("userId:kim", "sms"))]).toEqual([]);
    expect(await unproven("userId:kim")).toHaveLength(2);
  });

  it("should have its address until somebody proves one, and no longer", async () => {
    const { company, anybody, reached, unproven } = hub();
    await anybody(identify({ email: THIEF }, { userId: "kim" }));
    await company(track("Order Completed", { userId: "kim" }));
    expect(await reached("userId:kim")).toEqual([THIEF]);

    await company(identify({ email: KIM }, { userId: "kim", at: minutesAgo(9_000) }));

    expect(await reached("userId:kim")).toEqual([KIM]);
    expect(await unproven("userId:kim")).toEqual([{ type: "email", value: THIEF }]);
  });

  it("should set other traits of anybody, with its standing", async () => {
    const { company, anybody, who } = hub();
    await company(identify({ firstName: "Kim", email: KIM }, { userId: "kim", at: minutesAgo(50) }));

    await anybody(identify({ firstName: "K." }, { userId: "kim", at: minutesAgo(40) }));

    expect((await who("userId:kim"))?.traits.firstName).toMatchObject({ value: "K.", standing: "public" });
    await company(identify({ firstName: "Kim" }, { userId: "kim", at: minutesAgo(30) }));
    expect((await who("userId:kim"))?.traits.firstName).not.toHaveProperty("standing");
  });

  it("should not take away the trait that says an address", async () => {
    const { company, anybody, who } = hub();
    await company(identify({ email: KIM }, { userId: "kim", at: minutesAgo(50) }));

    await anybody(
      identify({ email: null }, { userId: "kim" }),
      identify({ email: "nonsense" }, { userId: "kim" }),
    );

    expect((await who("userId:kim"))?.traits.email?.value).toBe(KIM);
  });

  it("should not say in a trait of whom the company spoke what is no address", async () => {
    const { company, anybody, who } = hub();
    await company(track("Order Completed", { userId: "kim" }));

    await anybody(identify({ email: "nonsense", firstName: "Kim" }, { userId: "kim" }));

    expect(Object.keys((await who("userId:kim"))?.traits ?? {})).toEqual(["firstName"]);
  });

  it("should give no address by a visitor who has one, to whom the company spoke of without", async () => {
    const { company, anybody, reached, who } = hub();
    await company(track("Order Completed", { userId: "kim" }));

    await anybody(
      identify({ email: THIEF }, { anonymousId: "thief" }),
      identify({}, { userId: "kim", anonymousId: "thief" }),
      identify({ email: THIEF }, { userId: "kim", anonymousId: "thief" }),
    );

    expect(await reached("userId:kim")).toEqual([]);
    expect((await who(`email:${THIEF}`))?.customerId).not.toBe((await who("userId:kim"))?.customerId);
    expect((await who("userId:kim"))?.contested).toContainEqual({ type: "anonymousId", value: "thief" });
  });

  it("should not take over a guest of whom the company spoke, by naming the guest's browser", async () => {
    const { company, anybody, reached, who } = hub();
    await anybody(identify({ email: THIEF }, { userId: "thief" }));
    await company(track("Order Completed", { anonymousId: "guests-browser" }));

    await anybody(identify({}, { userId: "thief", anonymousId: "guests-browser" }));

    expect(await reached("anonymousId:guests-browser")).toEqual([]);
    expect((await who("userId:thief"))?.contested).toEqual([
      { type: "anonymousId", value: "guests-browser" },
    ]);
  });

  it("should not count as spoken of by what the hub tells itself", async () => {
    const { release01, anybody, reached, who } = hub();
    await anybody(identify({}, { userId: "kim" }));
    const customerId = (await who("userId:kim"))?.customerId ?? "";
    await release01(
      track("Consent Changed", { customerId, properties: { channel: "email", status: "withdrawn" } }),
      event({ type: "outcome", name: "message.clicked", customerId }),
      event({ type: "outcome", name: "outcome.clicked", userId: "kim" }),
    );

    await anybody(identify({ email: KIM }, { userId: "kim" }));

    expect(await reached("userId:kim")).toEqual([KIM]);
  });

  it("should join no two known people: by an address, by alias, or by a user id", async () => {
    const { company, anybody, who, living, reached } = hub();
    await company(
      identify({ email: KIM }, { userId: "kim" }),
      track("Order Completed", { identifiers: [{ type: "email", value: "guest@shop.example" }] }),
    );

    await anybody(
      identify({ email: KIM }, { userId: "thief" }),
      event({ type: "alias", previousId: "kim", userId: "thief" }),
      identify({ email: "guest@shop.example" }, { userId: "thief" }),
      identify({ email: "guest@shop.example" }, { userId: "kim" }),
    );

    expect(living()).toBe(3);
    expect(await reached("userId:thief")).toEqual([]);
    expect(await reached("userId:kim")).toEqual([KIM]);
    expect((await who("userId:thief"))?.contested).toContainEqual({
      type: "email",
      value: "guest@shop.example",
    });
  });

  it("should not push out who somebody is by browsers and devices with long ids", async () => {
    const { company, anybody, who, reached } = hub();
    await company(
      identify({ email: KIM }, { userId: "kim", at: minutesAgo(50) }),
      identify({ email: THIEF }, { userId: "thief", at: minutesAgo(1) }),
    );
    const browsers = Array.from({ length: 20 }, (_, index) => `${index}-${"x".repeat(500)}`);
    for (const anonymousId of browsers) {
      const context = { traits: { email: KIM }, device: { token: `t-${anonymousId}` } };
      await anybody(track("Product Viewed", { anonymousId, context }));
    }

    await anybody(identify({}, { userId: "thief", anonymousId: browsers.at(-1) ?? "" }));

    expect((await who("userId:kim"))?.identifiers).toContainEqual(
      expect.objectContaining({ type: "userId" }),
    );
    expect((await who("userId:thief"))?.customerId).not.toBe((await who("userId:kim"))?.customerId);
    expect(await reached("userId:kim")).toEqual([KIM]);
  });

  it("should still link a browser to who logs in there, whoever vouched for them", async () => {
    const { company, anybody, who, living } = hub();
    await company(identify({ email: KIM }, { userId: "kim" }));

    await anybody(
      track("Product Viewed", { anonymousId: "a1" }),
      identify({}, { userId: "kim", anonymousId: "a1" }),
      track("Product Viewed", { anonymousId: "a2", context: { traits: { email: KIM } } }),
    );

    expect(living()).toBe(1);
    expect((await who("anonymousId:a1"))?.customerId).toBe((await who("userId:kim"))?.customerId);
    expect((await who("anonymousId:a2"))?.customerId).toBe((await who("userId:kim"))?.customerId);
  });

  it("should not make a visitor's address that of who signs up in the same browser with another", async () => {
    const { anybody, reached } = hub();

    await anybody(
      identify({ email: "lee@shop.example" }, { anonymousId: "shared" }),
      identify({ email: KIM }, { userId: "kim", anonymousId: "shared" }),
    );

    expect(await reached("userId:kim")).toEqual([KIM]);
    expect(await reached("anonymousId:shared")).toEqual(["lee@shop.example"]);
  });

  it("should give any address where the playbook lets it", async () => {
    const files = { "data-model.yaml": `publicKeys: { addresses: any }\n${TEST_FILES["data-model.yaml"]}` };
    const { company, anybody, reached, unproven } = hub(await testPlaybook(files));
    await company(identify({ email: KIM }, { userId: "kim", at: minutesAgo(50) }));

    await anybody(
      identify({ email: "new@shop.example" }, { userId: "kim", context: { device: { token: "t1" } } }),
    );

    expect(await reached("userId:kim")).toEqual(["new@shop.example", KIM]);
    expect(await unproven("userId:kim")).toEqual([{ type: "deviceToken", value: "t1" }]);
  });
});

describe("an address that is somebody else's", () => {
  const gift = {
    "data-model.yaml": `
identifiers:
  userId: { priority: 1, unique: true, from: [userId] }
  email: { priority: 2, normalize: email, channel: email, from: [traits.email, properties.email] }
  anonymousId: { priority: 3, from: [anonymousId] }
${TEST_FILES["data-model.yaml"]}`,
  };

  it.each(["public", "proven", "trusted"] as const)(
    "should not become the sender's by an event of theirs that names it, though the playbook looks there (%s)",
    async (standing) => {
      const { company, reached, who, ...hubs } = hub(await testPlaybook(gift));
      await company(
        identify({ email: KIM }, { userId: "giver", at: minutesAgo(50) }),
        identify({ email: "friend@shop.example" }, { userId: "friend" }),
      );
      const sent = track("Gift Sent", { userId: "giver", properties: { email: "friend@shop.example" } });

      await { public: hubs.anybody, proven: hubs.proven, trusted: company }[standing](sent);

      expect(await reached("userId:giver")).toEqual([KIM]);
      expect((await who("userId:giver"))?.contested).toEqual([
        { type: "email", value: "friend@shop.example" },
      ]);
    },
  );

  it("should be shared where the company, or the customer with a proof, says that both have it", async () => {
    const { company, proven, anybody, reached, living } = hub();
    await company(identify({ email: "family@shop.example" }, { userId: "kim" }));

    await proven(identify({ email: "family@shop.example" }, { userId: "lee" }));
    await anybody(identify({ email: "family@shop.example" }, { userId: "thief" }));

    expect(living()).toBe(3);
    expect(await reached("userId:lee")).toEqual(["family@shop.example"]);
    expect(await reached("userId:thief")).toEqual([]);
  });
});

describe("an address that only a public key gave somebody", () => {
  it("should go to whom the company says it is, though another was there first", async () => {
    const { company, anybody, reached, who } = hub();
    await anybody(identify({ email: KIM }, { userId: "thief" }));

    await company(identify({ email: KIM }, { userId: "kim" }));
    await anybody(identify({ email: KIM }, { userId: "thief" }));

    expect(await reached("userId:thief")).toEqual([]);
    expect(await reached("userId:kim")).toEqual([KIM]);
    expect((await who(`email:${KIM}`))?.customerId).toBe((await who("userId:kim"))?.customerId);
  });

  it("should stay with them when another customer proves to be somebody else", async () => {
    const { proven, anybody, reached, who } = hub();
    await anybody(identify({ email: KIM }, { userId: "kim" }));

    await proven(identify({ email: KIM }, { userId: "thief" }));

    expect(await reached("userId:kim")).toEqual([KIM]);
    expect((await who(`email:${KIM}`))?.customerId).toBe((await who("userId:kim"))?.customerId);
  });
});

describe("a device", () => {
  const device = (token: string) => ({ context: { device: { token } } });
  const devices = (one: ReturnType<typeof hub>, ref: string) => one.reached(ref, "push");

  it("should belong to who used it last, and leave at once who had it", async () => {
    const one = hub();
    await one.company(identify({}, { userId: "ada", ...device("t1"), at: minutesAgo(9) }));

    await one.company(identify({}, { userId: "bea", ...device("t1"), at: minutesAgo(8) }));
    expect(await devices(one, "userId:ada")).toEqual([]);
    expect(await devices(one, "userId:bea")).toEqual(["t1"]);
    expect((await one.who("deviceToken:t1"))?.customerId).toBe((await one.who("userId:bea"))?.customerId);

    await one.company(track("Product Viewed", { userId: "ada", ...device("t1"), at: minutesAgo(7) }));
    expect(await devices(one, "userId:ada")).toEqual(["t1"]);
    expect(await devices(one, "userId:bea")).toEqual([]);
  });

  it("should stay with who used it later, when an older event comes late", async () => {
    const one = hub();
    await one.company(
      identify({}, { userId: "bea", ...device("t1"), at: minutesAgo(8) }),
      identify({}, { userId: "ada", ...device("t1"), at: minutesAgo(9) }),
    );

    expect(await devices(one, "userId:bea")).toEqual(["t1"]);
    expect(await devices(one, "userId:ada")).toEqual([]);
  });

  it("should leave who had it by public speech too, and reach the other as an address would", async () => {
    const one = hub();
    await one.anybody(identify({}, { userId: "ada", ...device("t1"), at: minutesAgo(9) }));
    await one.company(track("Order Completed", { userId: "bea" }));

    await one.anybody(
      identify({}, { userId: "bea", ...device("t1"), at: minutesAgo(8) }),
      identify({}, { userId: "cleo", ...device("t2"), at: minutesAgo(7) }),
      identify({}, { userId: "cleo", ...device("t3"), at: minutesAgo(6) }),
    );

    expect(await devices(one, "userId:ada")).toEqual([]);
    expect(await devices(one, "userId:bea")).toEqual([]);
    expect(await one.unproven("userId:bea")).toEqual([{ type: "deviceToken", value: "t1" }]);
    const refusal = { what: "deviceToken", reason: "unproven" };
    expect(one.refusals()).toEqual([refusal, refusal]);
    expect(await devices(one, "userId:cleo")).toEqual(["t2"]);
    await one.proven(identify({}, { userId: "bea", ...device("t1"), at: minutesAgo(5) }));
    expect(await devices(one, "userId:bea")).toEqual(["t1"]);
  });

  it("should be swapped in one message", async () => {
    const one = hub();
    const said = (userId: string, token: string, minute: number) => ({
      ...identify({}, { userId, ...device(token), at: minutesAgo(minute) }),
      standing: "trusted" as const,
    });
    await one.company(said("ada", "t1", 9), said("bea", "t2", 9));

    const events = [said("ada", "t2", 8), said("bea", "t1", 7), said("cleo", "t2", 6)];
    await applyGroup(one.dependencies, { v: 1, group: "ada", events });

    expect(await devices(one, "userId:ada")).toEqual([]);
    expect(await devices(one, "userId:bea")).toEqual(["t1"]);
    expect(await devices(one, "userId:cleo")).toEqual(["t2"]);
  });

  it("should come along with a visitor who logs in", async () => {
    const one = hub();
    await one.anybody(
      identify({}, { anonymousId: "a1", ...device("t1"), at: minutesAgo(9) }),
      identify({ email: KIM }, { userId: "kim", anonymousId: "a1", ...device("t1"), at: minutesAgo(8) }),
    );

    expect(one.living()).toBe(1);
    expect(await devices(one, "userId:kim")).toEqual(["t1"]);
  });
});

describe("an event that only the company may say", () => {
  const files = {
    "data-model.yaml":
      TEST_FILES["data-model.yaml"]?.replace("Order Completed: { ", "Order Completed: { from: trusted, ") ??
      "",
    "learning.yaml": "outcomes: { clicked: 1 }\nconversions: { Order Completed: 1 }\n",
  };
  const bought = (members: Partial<CollectedEvent> = {}) =>
    track("Order Completed", { userId: "kim", properties: { order_id: "1", total: 9 }, ...members });
  const added = () => track("Product Added", { userId: "kim", properties: { name: "Kettle", price: 9 } });

  it.each(["public", "proven"] as const)("should be history and no more when it is %s", async (standing) => {
    const one = hub(await testPlaybook(files));
    const say = { public: one.anybody, proven: one.proven }[standing];
    await say(identify({ email: KIM }, { userId: "kim" }), added());
    expect(one.timers.size).toBe(1);

    await say(bought(), bought(), bought());
    await say(event({ ...bought(), id: "evt_page", type: "page" }));

    const state = await one.who("userId:kim");
    expect(state?.computed.orders).toBeUndefined();
    expect(state?.segments).toEqual({});
    expect(one.timers.size).toBe(1);
    expect(state?.pending).toHaveLength(1);
    expect(one.published.filter(({ name }) => name === "trigger.fired")).toEqual([]);
    const kept = [...one.facts.values()].filter(({ body }) => body.name === "Order Completed");
    expect(kept).toHaveLength(4);
    expect(kept[0]?.body).toMatchObject({ standing, refused: [{ what: "event", reason: "not-trusted" }] });
  });

  it("should count, trigger and call off when the company says it", async () => {
    const one = hub(await testPlaybook(files));
    await one.anybody(identify({ email: KIM }, { userId: "kim" }), added());

    await one.company(bought());

    const state = await one.who("userId:kim");
    expect(state?.computed.orders?.all).toEqual({ n: 1 });
    expect(state?.pending).toEqual([]);
    expect(one.timers.size).toBe(0);
    expect(one.published.map(({ detail }) => detail.trigger)).toContain("order-confirmed");
  });

  it.each([
    ["public", 0],
    ["trusted", 1],
  ] as const)("should be a success of the message before it %s: %i", async (standing, successes) => {
    const one = hub(await testPlaybook(files));
    await one.anybody(identify({ email: KIM }, { userId: "kim" }));
    const customerId = (await one.who("userId:kim"))?.customerId ?? "";
    const contact = { channel: "email", category: "marketing", action: "welcome", treatment: "welcome" };
    one.shared.contacts.set(customerId, {
      version: 1,
      entries: [{ ...contact, id: "c1", at: minutesAgo(30), kind: "message", decisionId: "dec_1" }],
      coolDowns: {},
    });

    await { public: one.anybody, trusted: one.company }[standing](bought());

    const facts = one.published.filter(({ detail }) => detail.outcome === "Order Completed");
    expect(facts).toHaveLength(successes);
  });

  it("should be applied once, when the queue delivers it again", async () => {
    const one = hub(await testPlaybook(files));
    const said = { ...bought(), standing: "public" as const };
    const message = { v: 1, group: "kim", events: [said] } as const;

    const first = await applyGroup(one.dependencies, message);
    const again = await applyGroup(one.dependencies, message);

    expect([first[0]?.counts.applied, again[0]?.counts.applied]).toEqual([1, 0]);
  });

  it.each(["message.clicked", "unsubscribed", "segment.entered", "outcome.accepted"])(
    "should be what the hub itself tells: %s by a public key triggers nothing",
    async (name) => {
      const one = hub(
        await testPlaybook({
          "triggers.yaml": `spoofed: { on: ${name} }\n`,
          "actions/welcome.yaml": `
category: marketing
placements: [trigger.spoofed]
treatments: [{ channel: email }]
`,
          "actions/cart-reminder.yaml":
            "category: marketing\nplacements: [web.home.hero]\ntreatments: [{ channel: web, content: {} }]\n",
          "actions/order-confirmation.yaml":
            "category: marketing\nplacements: [web.home.hero]\ntreatments: [{ channel: web, content: {} }]\n",
        }),
      );

      await one.anybody(track(name, { userId: "kim" }));
      expect(one.published).toEqual([]);

      await one.company(event({ type: "outcome", name, userId: "kim" }));
      expect(one.published.map(({ detail }) => detail.trigger)).toEqual(["spoofed"]);
    },
  );
});
