import { describe, expect, it } from "vitest";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { decisionCalls } from "#functions/decide/api/decisions.ts";
import { DecisionAnswer, operations } from "#functions/decide/api/operations.ts";
import { RapportError } from "#kernel/errors.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { action, customer, HOUR, NOON, playbookOf } from "../../support/decisions/decision.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";

const web = (name: string, changes = {}) =>
  action(name, {
    placements: ["web.home.hero", "web.side"],
    treatments: [{ name: `${name}-banner`, channel: "web", weight: 1, content: { headline: name } }],
    ...changes,
  });
const playbook = playbookOf({
  actions: [web("spring"), web("vip", { value: 50, eligible: ["customer.age > 30"] }), action("cart")],
  placements: [
    { name: "web.home.hero", limit: 1, channels: [] },
    { name: "web.side", limit: 2, channels: [] },
    { name: "trigger.cart", limit: 1, channels: [] },
  ],
  contactPolicy: {
    caps: [{ name: "hero", max: 2, windowMs: HOUR, channels: ["web"], categories: [], actions: ["vip"] }],
  },
});

const known = (): CustomerRecord => {
  const record = customer({ traits: { age: 40 } });
  return {
    ...record,
    state: { ...record.state, identifiers: [{ type: "email", value: "ada@example.com" }] },
  };
};
const hub = () => {
  const world = memoryDeciding(playbook, NOON);
  world.add(known());
  const call = callerOf(operations, decisionCalls(world.dependencies));
  const ask = async (body: unknown) => (await call("POST /v1/decisions", { body })).json;
  const show = async (id: string) => (await call("GET /v1/decisions/{id}", { params: { id } })).json;
  return { world, ask, show };
};

describe("asking what another version would decide", () => {
  it("is answered by that version, in a dry run alone", async () => {
    const { world } = hub();
    const other = { ...playbookOf({ ...playbook.document, actions: [web("winter")] }), version: "v2" };
    const playbooks = {
      ...world.dependencies.playbooks,
      get: async (version: string) => {
        if (version === "v2") return other;
        throw new RapportError("not_found", "there is no such playbook version");
      },
    };
    const call = callerOf(operations, decisionCalls({ ...world.dependencies, playbooks }));
    const body = { customer: "cus_1", placement: "web.home.hero", playbook: "v2" };
    const { json } = await call("POST /v1/decisions", { body: { ...body, dryRun: true } });
    expect(json).toMatchObject({ playbook: "v2", dryRun: true, actions: [{ action: "winter" }] });
    await expect(call("POST /v1/decisions", { body })).rejects.toMatchObject({ code: "invalid_request" });
    const unknown = { ...body, dryRun: true, playbook: "v3" };
    await expect(call("POST /v1/decisions", { body: unknown })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("asking for a decision", () => {
  it("answers in the contract's shape and keeps the record", async () => {
    const { ask, show } = hub();
    const answer = DecisionAnswer.parse(await ask({ customer: "cus_1", placement: "web.home.hero" }));
    expect(answer).toMatchObject({
      customerId: "cus_1",
      placement: "web.home.hero",
      playbook: "v1",
      at: "2026-03-11T11:00:00.000Z",
      dryRun: false,
      actions: [
        {
          action: "vip",
          treatment: "vip-banner",
          channel: "web",
          content: { headline: "vip" },
          rank: 1,
          propensity: 0.5,
          value: 30,
          score: 15,
        },
      ],
    });
    expect(answer.rejected).toBeUndefined();
    const record = DecisionAnswer.parse(await show(answer.decisionId));
    expect(record.rejected).toEqual([
      {
        action: "spring",
        stage: "arbitration",
        reason: "outranked",
        by: "vip",
        factors: { score: 5, propensity: 0.5, value: 10, contextWeight: 1, lever: 1 },
        detail: '"vip" is worth more.',
      },
    ]);
    expect(record.actions).toEqual(answer.actions);
    expect(record.explanation).toBe(
      '"vip" was chosen: of the 2 that were considered it is allowed, and worth most to the customer and us.',
    );
  });

  it("finds the customer by identifier, however it is written", async () => {
    const { ask } = hub();
    const answer = await ask({ customer: "email: ADA@example.com ", placement: "web.home.hero" });
    expect(answer).toMatchObject({ customerId: "cus_1" });
  });

  it.each([
    ["an identifier nobody has", "anonymousId:a9", "anonymousId:a9"],
    ["an id that does not exist", "cus_nobody", undefined],
    ["an address nobody has, which is not kept", "email:eve@example.com", undefined],
    ["a text that is no address", "email:nonsense", undefined],
  ])("decides anonymously for %s", async (_, ref, kept) => {
    const { ask, world } = hub();
    const answer = DecisionAnswer.parse(await ask({ customer: ref, placement: "web.home.hero" }));
    expect(answer).toMatchObject({ customerId: null, actions: [{ action: "spring" }] });
    const record = await world.dependencies.decisions.get(answer.decisionId);
    expect(record?.customerId).toBeNull();
    expect(record?.ref).toBe(kept);
  });

  it("explains everything considered on request", async () => {
    const { ask } = hub();
    const body = { customer: "anonymousId:a9", placement: "web.home.hero", explain: true };
    expect(await ask(body)).toMatchObject({
      rejected: [{ action: "vip", stage: "eligibility", reason: "rule", by: "1" }],
    });
  });

  it("explains from the record in the words of the version that decided, or without them when it is gone", async () => {
    const { ask, show, world } = hub();
    const record = DecisionAnswer.parse(
      await ask({ customer: "anonymousId:a9", placement: "web.home.hero" }),
    );
    const detailIn = (answer: unknown) => DecisionAnswer.parse(answer).rejected?.[0]?.detail;
    expect(detailIn(await show(record.decisionId))).toBe(
      "Its condition does not hold for the customer: customer.age > 30.",
    );
    const get = () => Promise.reject(new RapportError("unavailable", "of an older form"));
    const later = callerOf(
      operations,
      decisionCalls({
        ...world.dependencies,
        playbooks: { ...world.dependencies.playbooks, get },
      }),
    );
    const params = { id: record.decisionId };
    const { status, json } = await later("GET /v1/decisions/{id}", { params });
    expect(status).toBe(200);
    expect(detailIn(json)).toBe("Condition 1 of it does not hold for the customer.");
  });

  it("records nothing on a dry run", async () => {
    const { ask, show, world } = hub();
    const answer = DecisionAnswer.parse(
      await ask({ customer: "cus_1", placement: "web.home.hero", dryRun: true }),
    );
    expect(answer).toMatchObject({ dryRun: true, actions: [{ action: "vip" }] });
    expect((await errorOf(show(answer.decisionId))).code).toBe("not_found");
    expect(world.contacts.get("cus_1")?.version).toBe(0);
  });

  it("answers several placements at once, nothing twice, and counts what it showed", async () => {
    const { ask, world } = hub();
    const body = { customer: "cus_1", placements: ["web.side", "web.home.hero"] };
    expect(await ask(body)).toMatchObject({
      decisions: [
        { placement: "web.side", actions: [{ action: "vip" }, { action: "spring" }] },
        { placement: "web.home.hero", actions: [] },
      ],
    });
    expect(world.contacts.get("cus_1")).toMatchObject({ version: 1, entries: [{}] });
    const hero = { customer: "cus_1", placement: "web.home.hero" };
    expect(await ask(hero)).toMatchObject({ actions: [{ action: "vip" }] });
    expect(await ask(hero)).toMatchObject({ actions: [{ action: "spring" }] });
  });

  it("never sends, not even at a trigger's placement", async () => {
    const { ask, world } = hub();
    expect(await ask({ customer: "cus_1", placement: "trigger.cart" })).toMatchObject({
      actions: [{ action: "cart", channel: "email" }],
    });
    expect(world.messages.size).toBe(0);
    expect(world.published).toEqual([]);
  });

  it("keeps to the limit and the channel", async () => {
    const { ask } = hub();
    const side = { customer: "cus_1", placement: "web.side" };
    expect(await ask({ ...side, limit: 1 })).toMatchObject({ actions: [{ action: "vip" }] });
    expect(await ask({ ...side, channel: "email" })).toMatchObject({ actions: [] });
  });

  it("tells of every candidate why it is not there on the channel that was asked for", async () => {
    const body = { customer: "cus_1", placement: "web.side", channel: "email", explain: true };
    const detail = "There is nothing made for this place and channel.";
    const none = { stage: "channel", reason: "no-address", by: "no treatment", detail };
    expect(await hub().ask(body)).toMatchObject({
      actions: [],
      rejected: [
        { action: "spring", ...none },
        { action: "vip", ...none },
      ],
    });
  });

  it("holds a cap under concurrent pages", async () => {
    const { ask, world } = hub();
    const body = { customer: "cus_1", placement: "web.home.hero" };
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(body)));
    const shown = answers.filter((answer) => DecisionAnswer.parse(answer).actions[0]?.action === "vip");
    expect(shown).toHaveLength(2);
    expect(world.contacts.get("cus_1")?.entries).toHaveLength(2);
  });
});

describe("a wrong request", () => {
  it.each([
    ["no customer", { placement: "web.home.hero" }, "customer"],
    ["neither placement nor placements", { customer: "cus_1" }, "placement"],
    ["both", { customer: "cus_1", placement: "web.side", placements: ["web.side"] }, "placement"],
    ["no placement in the list", { customer: "cus_1", placements: [] }, "placements"],
    ["an unknown placement", { customer: "cus_1", placement: "web.hoem" }, "placement"],
    ["an undeclared identifier type", { customer: "passport:1", placement: "web.side" }, "customer"],
    ["an unknown channel", { customer: "cus_1", placement: "web.side", channel: "fax" }, "channel"],
    ["a limit of zero", { customer: "cus_1", placement: "web.side", limit: 0 }, "limit"],
    ["a context that is a text", { customer: "cus_1", placement: "web.side", context: "x" }, "context"],
  ])("with %s is refused at its field, and nothing is recorded", async (_, body, path) => {
    const { ask, world } = hub();
    const error = await errorOf(ask(body));
    expect(error.code).toBe("invalid_request");
    expect(error.errors[0]?.path).toBe(path);
    expect(world.contacts.get("cus_1")?.version).toBe(0);
  });

  it("for a decision that does not exist is 404", async () => {
    expect((await errorOf(hub().show("dec_nothing"))).code).toBe("not_found");
  });
});
