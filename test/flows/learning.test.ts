import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { Experiments, Models } from "#functions/measure/models-api/operations.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo, newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

const HERO = (value: number) => `
category: service
placements: [web.home.hero]
value: ${value}
treatments: [{ channel: web, content: { headline: Hello } }]
`;

let hub: Hub;
beforeAll(async () => {
  const cloud = await startTestCloud({
    playbook: testFiles({
      "playbook.yaml": (testFiles()["playbook.yaml"] ?? "").replace("limit: 2", "limit: 1"),
      "actions/hero.yaml": HERO(3),
      "actions/other.yaml": HERO(2),
      "contact-policy.yaml": `${testFiles()["contact-policy.yaml"]}caps: [{ name: one mail a day, max: 1, window: P1D, channels: [email] }]
`,
      "learning.yaml": `
predictors: { orders: customer.orders }
outcomes: { clicked: 0.5 }
conversions: { Order Completed: 1 }
exploration: { method: none }
`,
      "experiments.yaml": `
heroes:
  placements: [web.home.hero]
  variants: { as ever: {}, other first: { levers: { hero: 0.1 } } }
  goals: { Order Completed: 1 }
`,
    }),
  });
  hub = hubAt(cloud.url);
});

const shopper = async () => {
  const userId = `learn-${randomUUID()}`;
  await hub.collect("identify", { userId, traits: { firstName: "Ada" } });
  await hub.settle();
  return userId;
};
const models = async () => Models.parse((await hub.call("GET", "/v1/models")).body);
const seen = async () => {
  const { items } = await models();
  return {
    evidence: Math.round(items.reduce((sum, { evidence }) => sum + evidence, 0) * 100) / 100,
    positives: Math.round(items.reduce((sum, { positives }) => sum + positives, 0) * 100) / 100,
  };
};
const experiment = async () => {
  const { items } = Experiments.parse((await hub.call("GET", "/v1/experiments")).body);
  const variants = items[0]?.variants ?? [];
  return {
    customers: variants.reduce((sum, { customers }) => sum + customers, 0),
    worth: variants.reduce((sum, { customers, mean }) => sum + customers * mean, 0),
  };
};

describe("what came of an answer", () => {
  it("is learnt once, from the report of a click and from an order alike", async () => {
    const userId = await shopper();
    const before = { learnt: await seen(), experiment: await experiment() };
    const decision = await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero" });
    const [shown] = decision.actions;
    if (shown === undefined) throw new Error("something is shown");
    await hub.settle();
    expect(await seen()).toEqual({ ...before.learnt, evidence: before.learnt.evidence + 1 });

    const report = { decisionId: decision.decisionId, action: shown.action, outcome: "clicked" };
    await hub.call("POST", "/v1/outcomes", report);
    await hub.call("POST", "/v1/outcomes", report);
    await hub.settle();
    expect((await seen()).positives).toBe(before.learnt.positives + 0.5);

    const order = { userId, event: "Order Completed", properties: { order_id: "L-1", total: 5 } };
    await hub.tell("track", { ...order, messageId: "order-1" });
    await hub.tell("track", { ...order, messageId: "order-1" });
    await hub.tell("track", { ...order, messageId: "order-2" });
    await hub.settle();
    expect(await seen()).toEqual({
      evidence: before.learnt.evidence + 1,
      positives: before.learnt.positives + 1,
    });
    expect(await experiment()).toEqual({
      customers: before.experiment.customers + 1,
      worth: before.experiment.worth + 1,
    });
  });

  it("is recorded with the decision: the variant, and what was known of the customer", async () => {
    const userId = await shopper();
    const asked = await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero" });
    const again = await hub.decide({ customer: `userId:${userId}`, placement: "web.home.hero" });
    expect(again.actions[0]?.action).toBe(asked.actions[0]?.action);
    // What is chosen at random may be the first of its kind: it is known once it has been learnt.
    await hub.settle();
    const { learner, items } = await models();
    expect(items.map(({ channel }) => channel)).toContain("web");
    expect(learner).toBe("auto");
    // Too few to follow one of the two alone; what each expected of them is known.
    const followed = items.find(({ action }) => action === asked.actions[0]?.action)?.learner;
    expect(followed).toMatchObject({ follows: "both", because: "undecided" });
    expect(followed?.errors).not.toBeNull();
  });
});

describe("what came of a message", () => {
  it("is learnt: sent is a trial, a click through its link a success, once", async () => {
    const { userId, email } = await newReader(hub, "learn");
    await hub.collect("track", { userId, event: "Signed Up" });
    await hub.settle();
    const welcome = async () => {
      const item = (await models()).items.find(({ action }) => action === "welcome");
      return {
        channel: item?.channel,
        evidence: item?.evidence.toFixed(2),
        positives: item?.positives.toFixed(2),
      };
    };
    expect(await welcome()).toEqual({ channel: "email", evidence: "1.00", positives: "0.00" });

    const [mail] = await hub.outbox({ to: email });
    const link = /https?:\/\/[^"\s<>]+(\/l\/[^"\s<>]+)/.exec(mail?.html ?? "")?.[1] ?? "";
    for (let n = 0; n < 2; n += 1) await hub.call("GET", link, undefined, { authorization: "" });
    await hub.settle();
    expect(await welcome()).toEqual({ channel: "email", evidence: "1.00", positives: "0.50" });
  });

  it("that never left is neither a trial nor a success, and takes no other's place under a cap", async () => {
    const { userId, email } = await newReader(hub, "learn");
    const mail = { to: `userId:${userId}`, category: "marketing", treatment: "welcome" };
    const before = await seen();
    const sendAt = new Date((await hub.now()) + 3_600_000).toISOString();
    const held = await hub.send({ ...mail, sendAt }, `${userId}-1`);
    const tell = (status: string) => {
      const consent = consentTo("email", userId);
      return hub.collect("track", { ...consent, properties: { ...consent.properties, status } });
    };
    await tell("withdrawn");
    await hub.advance("PT2H");
    expect((await hub.message(held.messageId)).status).toBe("rejected");
    await hub.tell("track", {
      userId,
      event: "Order Completed",
      properties: { order_id: "L-9", total: 5 },
    });
    await hub.settle();
    expect(await seen()).toEqual(before);

    await tell("granted");
    await hub.settle();
    await hub.send(mail, `${userId}-2`);
    await hub.settle();
    const subjects = (await hub.outbox({ to: email })).map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual(["Order L-9", "Welcome, friend"]);
    expect(await hub.send(mail, `${userId}-3`)).toMatchObject({ status: "rejected", reasons: ["cap"] });
  });
});
