import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { proofOf } from "#domain/identity/proof.ts";
import { operations, SlotsAnswer } from "#functions/decide/slots/operations.ts";
import { slotCalls } from "#functions/decide/slots/slots.ts";
import type { DecisionWrite } from "#ports/decision-store.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { customer, HOUR, NOON } from "../../support/decisions/decision.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { TEST_FILES, testPlaybook } from "../../support/playbook/files.ts";

const shown = (name: string, rest: string): [string, string] => [
  `actions/${name}.yaml`,
  `category: marketing\nplacements: [web.home.hero]\ntreatments: [{ channel: web, content: { headline: "${name} {{ customer.firstName }}" } }]\n${rest}\n`,
];
const playbook = await testPlaybook({
  "playbook.yaml": `${TEST_FILES["playbook.yaml"]?.replace("{ limit: 2, channels: [web] }", "{ channels: [web], public: true }")}  web.side: { channels: [web] }\n  web.note: { channels: [web], public: true }\n`,
  "contact-policy.yaml": `${TEST_FILES["contact-policy.yaml"]}coolDowns: [{ outcome: dismissed, for: P1D }]\n`,
  ...Object.fromEntries([
    shown("hero", "value: 1"),
    shown("gold", "value: 50\neligible: customer.age > 30"),
    shown("seats", "value: 90\nstock: { limit: 3, hold: PT20M }\neligible: customer.age > 60"),
    shown("note", "value: 1").map((text) =>
      text.replace("web.home.hero", "web.note").replace("customer.firstName", "context.page"),
    ) as [string, string],
    shown("aside", "value: 1").map((text) => text.replace("web.home.hero", "web.side")) as [string, string],
  ]),
});

const KEYS = ["the link key"];
const IDENTITY_KEYS = ["the next identity key", "the identity key"];
const kimAt = (at: number) => proofOf("the identity key", "kim", new Date(at).toISOString());
const person = (identifiers: readonly (readonly [string, string])[], age = 40) => {
  const record = customer({ traits: { age, firstName: "Kim" }, addresses: [] });
  return {
    ...record,
    state: { ...record.state, identifiers: identifiers.map(([type, value]) => ({ type, value })) },
  };
};

const Item = z.object({ decisionId: z.string(), token: z.string() });

const hub = () => {
  const world = memoryDeciding(playbook, NOON);
  const kept: (number | undefined)[] = [];
  const { decisions } = world.dependencies;
  const deps = {
    ...world.dependencies,
    decisions: {
      ...decisions,
      commit: (write: DecisionWrite) => {
        kept.push(write.keptUntil);
        return decisions.commit(write);
      },
    },
    linkKeys: async () => KEYS,
    identityKeys: async () => IDENTITY_KEYS,
  };
  const call = callerOf(operations, slotCalls(deps));
  const ask = async (body: object) => {
    const { json } = await call("POST /v1/slots", { body: { placements: ["web.home.hero"], ...body } });
    return SlotsAnswer.parse(json).items;
  };
  const tell = (token: string, outcome: string) =>
    call("POST /v1/slots/{token}", { params: { token }, body: { outcome } });
  return { world, kept, ask, tell };
};

/** An answer with the two members that differ blotted out, at their length. */
const blotted = (items: unknown): string =>
  JSON.stringify(items, (name, value) =>
    typeof value === "string" && ["decisionId", "token"].includes(name) ? "x".repeat(value.length) : value,
  );

describe("what a page is told", () => {
  it("should be what to show, and nothing of why", async () => {
    const { ask } = hub();
    expect(await ask({ anonymousId: "a1" })).toEqual([
      {
        placement: "web.home.hero",
        decisionId: expect.stringMatching(/^dec_/),
        action: "hero",
        content: { headline: "hero " },
        token: expect.stringMatching(/^[\w-]{60,}$/),
      },
    ]);
  });

  it("should heed what a browser of whom nobody knows whose it is has done itself", async () => {
    const { ask, world } = hub();
    world.add(person([["anonymousId", "a1"]]));
    expect(await ask({ anonymousId: "a1" })).toMatchObject([{ action: "gold" }]);
  });

  it("should be the same for 10,000 forged ids as for a visitor of whom nothing is known, byte for byte", async () => {
    const { ask, world } = hub();
    world.add(
      person([
        ["userId", "kim"],
        ["anonymousId", "kim's"],
        ["email", "kim@example.com"],
      ]),
    );
    const unknown = blotted(await ask({}));
    const now = new Date(NOON).toISOString();
    const forged = (index: number): object =>
      [
        { userId: "kim" },
        { userId: "kim", anonymousId: "kim's" },
        { anonymousId: "kim's" },
        { anonymousId: randomUUID() },
        { userId: `user-${index}`, anonymousId: `${index}` },
        { userId: index },
        { userId: "kim", at: now, proof: randomUUID() },
        { ...kimAt(NOON), userId: `kim${index}` },
        kimAt(NOON - 25 * HOUR),
        { userId: "kim", at: "", proof: "" },
        { userId: "", anonymousId: null },
        { anonymousId: "undefined" },
      ][index % 12] ?? {};
    const told = new Set<string>();
    for (let index = 0; index < 10_000; index += 1) told.add(blotted(await ask(forged(index))));
    expect([...told]).toEqual([unknown]);
  });

  it("should be what is decided for the customer whom the company's server proves", async () => {
    const { ask, tell, world } = hub();
    world.add(person([["userId", "kim"]], 70));
    const [item] = await ask({ ...kimAt(NOON - HOUR), anonymousId: "a1" });
    expect(item).toMatchObject({ action: "seats", content: { headline: "seats Kim" } });
    await tell(item?.token ?? "", "dismissed");
    expect(world.inboxed).toMatchObject([{ customerId: "cus_1", standing: "proven" }]);
    expect(world.contacts.get("cus_1")?.coolDowns).toHaveProperty("seats");
  });

  it("should be of one length, proven or not", async () => {
    const { ask, world } = hub();
    world.add(person([["userId", "kim"]], 10));
    expect(blotted(await ask(kimAt(NOON)))).toHaveLength(blotted(await ask({})).length + "Kim".length);
  });

  it("should keep of somebody known no name in the record that their browser's outcome could find", async () => {
    const { ask, tell, world } = hub();
    world.add(
      person([
        ["userId", "kim"],
        ["anonymousId", "kim's"],
      ]),
    );
    const [item] = await ask({ anonymousId: "kim's" });
    await tell(item?.token ?? "", "dismissed");
    expect(world.inboxed).toEqual([]);
    expect(world.contacts.get("cus_1")?.coolDowns).toEqual({});
  });

  it("should repeat of what a page says no address to go to", async () => {
    const { ask } = hub();
    const context = { page: "https://evil.example win" };
    const [item] = await ask({ placements: ["web.note"], context });
    expect(item?.content).toEqual({ headline: expect.stringContaining("win") });
    expect(JSON.stringify(item?.content)).not.toContain("evil.example");
  });

  it("should offer a visitor nothing of which there is only so much", async () => {
    const { ask, world } = hub();
    world.add(person([["anonymousId", "a1"]], 70));
    for (let times = 0; times < 5; times += 1)
      expect(await ask({ anonymousId: "a1" })).toMatchObject([{ action: "gold" }]);
  });

  it("should be kept for 90 days where it is about nobody known", async () => {
    const { ask, kept, world } = hub();
    world.add(person([["userId", "kim"]]));
    await ask({ anonymousId: "a1" });
    await ask({ userId: "kim" });
    await ask(kimAt(NOON));
    const until = NOON + 90 * 24 * HOUR;
    expect(kept).toEqual([until, until, undefined]);
  });

  it.each([
    [{ placements: ["web.side"] }, "a placement that is not public"],
    [{ placements: ["nowhere"] }, "one that does not exist"],
    [{ placements: ["web.home.hero", "web.side"] }, "one of several"],
    [{ placements: [] }, "none"],
    [{ placements: Array.from({ length: 6 }, () => "web.home.hero") }, "more than five"],
    [{ anonymousId: "a".repeat(601) }, "an id that is none"],
    [{ context: { page: "x".repeat(17_000) } }, "more than it may be"],
  ])("should be refused for %j: %s", async (body, _) => {
    const { ask, world } = hub();
    expect(await errorOf(ask(body))).toMatchObject({ code: "invalid_request" });
    expect(world.logged).toEqual([]);
  });
});

describe("what a page tells", () => {
  it.each([
    ["seen", "outcome.shown"],
    ["clicked", "outcome.clicked"],
    ["dismissed", "outcome.dismissed"],
  ])("should count %s once, however often it is told", async (outcome, name) => {
    const { ask, tell, world } = hub();
    const [item] = z.array(Item).parse(await ask({ anonymousId: "a1" }));
    for (let times = 0; times < 3; times += 1) {
      expect(await tell(item?.token ?? "", outcome)).toMatchObject({ status: 202, json: { accepted: true } });
    }
    expect(new Set(world.inboxed.map(({ id }) => id)).size).toBe(1);
    expect(world.inboxed[0]).toMatchObject({
      name,
      anonymousId: "a1",
      standing: "public",
      properties: { decisionId: item?.decisionId, action: "hero" },
    });
  });

  it("should let what a visitor dismissed rest", async () => {
    const { ask, tell, world } = hub();
    world.add(person([["anonymousId", "a1"]]));
    const [item] = await ask({ anonymousId: "a1" });
    await tell(item?.token ?? "", "dismissed");
    expect(await ask({ anonymousId: "a1" })).toMatchObject([{ action: "hero" }]);
  });

  it("should not move an offer away from somebody the visitor has become", async () => {
    const { ask, tell, world } = hub();
    world.add(person([["anonymousId", "a1"]]));
    const [item] = await ask({ anonymousId: "a1" });
    world.add(
      person([
        ["anonymousId", "a1"],
        ["userId", "kim"],
      ]),
    );
    await tell(item?.token ?? "", "dismissed");
    expect(world.contacts.get("cus_1")?.coolDowns).toEqual({});
  });

  it("should be refused with a token that is changed, or that came too late", async () => {
    const { ask, tell, world } = hub();
    const [item] = await ask({});
    const token = item?.token ?? "";
    const changed = token.slice(0, 30) + (token[30] === "A" ? "B" : "A") + token.slice(31);
    expect(await errorOf(tell(changed, "seen"))).toMatchObject({ code: "not_found" });
    world.moveTo(NOON + 8 * 24 * HOUR);
    expect(await errorOf(tell(token, "seen"))).toMatchObject({ code: "not_found" });
  });

  it("should be one of three things", async () => {
    const { ask, tell } = hub();
    const [item] = await ask({});
    expect(await errorOf(tell(item?.token ?? "", "converted"))).toMatchObject({ code: "invalid_request" });
  });
});
