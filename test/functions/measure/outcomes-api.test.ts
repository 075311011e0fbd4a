import { describe, expect, it } from "vitest";
import { NO_CONTACT } from "#domain/customer/state.ts";
import { decide } from "#domain/decision/decide.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import { decisionCalls } from "#functions/decide/api/decisions.ts";
import { DecisionAnswer, operations as decisions } from "#functions/decide/api/operations.ts";
import { OutcomeAnswer, operations as outcomes } from "#functions/measure/outcomes-api/operations.ts";
import { outcomeCalls } from "#functions/measure/outcomes-api/outcomes.ts";
import { memoryDeciding } from "../../support/decisions/deciding.ts";
import { action, customer, HOUR, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";
import { errorOf } from "../../support/handlers/errors.ts";
import { callerOf } from "../../support/handlers/requests.ts";

const playbook = playbookOf({
  actions: [
    action("spring", {
      placements: ["web.home.hero"],
      treatments: [{ name: "banner", channel: "web", weight: 1 }],
    }),
    action("seat", {
      placements: ["web.seats"],
      treatments: [{ name: "banner", channel: "web", weight: 1 }],
      stock: { limit: 1, holdMs: 2 * HOUR },
    }),
  ],
  contactPolicy: { coolDowns: [{ outcome: "dismissed", forMs: 48 * HOUR, actions: [] }] },
});

const hub = async (record: CustomerRecord | null = customer(), ref?: string) => {
  const world = memoryDeciding(playbook, NOON);
  if (record !== null) world.add(record);
  const { decision } = decide({
    playbook,
    record,
    placement: "web.home.hero",
    mode: "answer",
    decisionId: "dec_1",
    now: NOON - HOUR,
    depth: 1,
    ...(ref === undefined ? {} : { ref }),
  });
  await world.dependencies.decisions.commit({ decisions: [decision], messages: [] });
  const call = callerOf(outcomes, outcomeCalls(world.dependencies));
  const report = (body: unknown) => call("POST /v1/outcomes", { body });
  return { world, report };
};
/** One seat, and two customers who see it. */
const seats = async () => {
  const { world, report } = await hub();
  world.add(customer({ id: "cus_2" }));
  const ask = callerOf(decisions, decisionCalls(world.dependencies));
  const held = async (id: string) => {
    const body = { customer: id, placement: "web.seats" };
    const { json } = await ask("POST /v1/decisions", { body });
    const { decisionId, actions } = DecisionAnswer.parse(json);
    if (actions.length === 0) throw new Error("there was none left");
    return { decisionId };
  };
  const settle = (decisionId: string, outcome: string) => report({ decisionId, action: "seat", outcome });
  return { world, held, settle };
};
const clicked = { decisionId: "dec_1", action: "spring", outcome: "clicked" };

describe("reporting an outcome", () => {
  it("tells the profile of the decision's customer", async () => {
    const { world, report } = await hub();
    const at = iso(NOON - 1_000);
    expect(await report({ ...clicked, value: 12.5, at })).toMatchObject({ status: 202 });
    expect(world.inboxed).toMatchObject([
      {
        type: "outcome",
        name: "outcome.clicked",
        customerId: "cus_1",
        at,
        receivedAt: iso(NOON),
        source: "shop",
        imported: false,
        depth: 2,
        properties: {
          decisionId: "dec_1",
          action: "spring",
          outcome: "clicked",
          treatment: "banner",
          channel: "web",
          placement: "web.home.hero",
          value: 12.5,
        },
      },
    ]);
  });

  it("twice is the same event; another time is another", async () => {
    const { world, report } = await hub();
    await report(clicked);
    await report(clicked);
    await report({ ...clicked, at: "2026-03-11T11:30:00+01:00" });
    await report({ ...clicked, at: "2026-03-11T10:30:00Z" });
    const ids = world.inboxed.map(({ id }) => id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(ids[3]).toBe(ids[2]);
  });

  it("is never dated after its arrival", async () => {
    const { world, report } = await hub();
    await report({ ...clicked, at: iso(NOON + HOUR) });
    expect(world.inboxed[0]?.at).toBe(iso(NOON));
  });

  it("is never dated before its decision, so that what rests rests from then on", async () => {
    const { world, report } = await hub();
    await report({ ...clicked, outcome: "dismissed", at: iso(NOON - 21 * 24 * HOUR) });
    expect(world.inboxed[0]?.at).toBe(iso(NOON - HOUR));
    expect(world.contacts.get("cus_1")?.coolDowns).toEqual({ spring: iso(NOON + 47 * HOUR) });
  });

  it.each([
    ["anonymousId:a9", { anonymousId: "a9" }],
    ["userId:u:1", { userId: "u:1" }],
    ["loyaltyId:7", { identifiers: [{ type: "loyaltyId", value: "7" }] }],
  ])("of an anonymous decision finds its person by %s", async (ref, subject) => {
    const { world, report } = await hub(null, ref);
    await report(clicked);
    expect(world.inboxed).toMatchObject([subject]);
    expect(world.inboxed[0]?.customerId).toBeUndefined();
  });

  it("of a decision about nobody is taken, and there is no profile to tell", async () => {
    const { world, report } = await hub(null);
    expect(await report(clicked)).toMatchObject({ status: 202 });
    expect(world.inboxed).toEqual([]);
  });

  it("lets an action rest that was turned down, where the playbook says so", async () => {
    const { world, report } = await hub();
    await report(clicked);
    expect(world.contacts.get("cus_1")?.coolDowns).toEqual({});
    await report({ ...clicked, outcome: "dismissed" });
    expect(world.contacts.get("cus_1")?.coolDowns).toEqual({ spring: iso(NOON + 48 * HOUR) });
  });

  it.each(["dismissed", "refused", "rejected", "declined"])(
    "as %s gives back at once what was held for the customer, once",
    async (outcome) => {
      const { held, settle } = await seats();
      const { decisionId } = await held("cus_1");
      await expect(held("cus_2")).rejects.toThrow("none left");
      await settle(decisionId, outcome);
      await settle(decisionId, outcome);
      await held("cus_2");
      await settle(decisionId, outcome);
      await expect(held("cus_1")).rejects.toThrow("none left");
    },
  );

  it.each(["accepted", "converted"])("as %s keeps what was held, whatever is told later", async (outcome) => {
    const { held, settle } = await seats();
    const { decisionId } = await held("cus_1");
    await settle(decisionId, outcome);
    await settle(decisionId, "dismissed");
    await expect(held("cus_2")).rejects.toThrow("none left");
  });

  it("as clicked leaves held what is held", async () => {
    const { held, settle } = await seats();
    const { decisionId } = await held("cus_1");
    await settle(decisionId, "clicked");
    await expect(held("cus_2")).rejects.toThrow("none left");
  });

  it("gives back what was held for somebody who has become part of another customer", async () => {
    const { world, held, settle } = await seats();
    const { decisionId } = await held("cus_1");
    const { state } = customer();
    const contact = world.contacts.get("cus_1") ?? NO_CONTACT;
    world.add({ ...customer({ id: "cus_3" }), contact });
    world.add({ ...customer(), state: { ...state, mergedInto: "cus_3" } });
    await settle(decisionId, "dismissed");
    expect(world.contacts.get("cus_3")?.holds).toEqual({});
    await held("cus_2");
  });

  it.each(["clicked", "dismissed", "shown", "declined"])("as %s needs no further word", async (outcome) => {
    const { report } = await hub();
    expect(await report({ ...clicked, outcome })).toEqual({ status: 202, json: { accepted: true } });
  });

  it("by a name that nothing knows is taken, and told so with what was probably meant", async () => {
    const { world, report } = await hub();
    const told = async (outcome: string) => {
      const { status, json } = await report({ ...clicked, outcome });
      return { status, ...OutcomeAnswer.parse(json) };
    };
    const misspelt = await told("dissmissed");
    expect(misspelt).toMatchObject({ status: 202, accepted: true });
    expect(misspelt.warnings).toMatchObject([
      { path: "outcome", got: "a name that the playbook does not know" },
    ]);
    expect(misspelt.warnings?.[0]?.expected).toMatch(/^did you mean "dismissed"\? One of: /);
    expect((await told("brought a friend")).warnings?.[0]?.expected).toMatch(/^one of: /);
    expect(world.inboxed.map(({ name }) => name)).toEqual(["outcome.dissmissed", "outcome.brought a friend"]);
  });

  it.each([
    ["an unknown decision", { ...clicked, decisionId: "dec_2" }, "not_found"],
    ["an action that was not chosen", { ...clicked, action: "autumn" }, "invalid_request"],
    ["no outcome", { ...clicked, outcome: undefined }, "invalid_request"],
    ["a value that is no number", { ...clicked, value: "12" }, "invalid_request"],
    ["a time that is none", { ...clicked, at: "now" }, "invalid_request"],
  ])("of %s is refused and told nobody", async (_, body, code) => {
    const { world, report } = await hub();
    expect((await errorOf(report(body))).code).toBe(code);
    expect(world.inboxed).toEqual([]);
  });
});
