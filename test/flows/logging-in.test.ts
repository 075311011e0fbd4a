import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { Experiments } from "#functions/measure/models-api/operations.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

const PEOPLE = 6;

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "contact-policy.yaml":
        "categories:\n  marketing: { consent: none }\n  transactional: { consent: none, transactional: true }\n",
      "experiments.yaml": `
home page:
  placements: [web.home.hero]
  variants: { as ever: {}, louder: { levers: { hero: 2 } } }
  goals: { Order Completed: 1 }
`,
    }),
  );
});

const experiment = async () => {
  const { body } = await hub.call("GET", "/v1/experiments");
  const { variants = [] } = Experiments.parse(body).items[0] ?? {};
  return {
    customers: variants.map(({ customers }) => customers),
    sum: variants.reduce((sum, { customers }) => sum + customers, 0),
    orders: variants.reduce((sum, { customers, mean }) => sum + customers * mean, 0),
    switched: variants.reduce((sum, { switched }) => sum + switched, 0),
  };
};
type Decided = { readonly experiments: Readonly<Record<string, string>> };
const decide = async (customer: string): Promise<string | undefined> => {
  const { body } = await hub.call("POST", "/v1/decisions", { customer, placement: "web.home.hero" });
  return (body as Decided).experiments["home page"];
};
const collect = (path: string, who: object, more: object = {}) =>
  hub.collect(path, { ...who, messageId: randomUUID(), ...more });

describe("visitors who were decided about before they log in", () => {
  const people = Array.from({ length: PEOPLE }, (_, number) => ({
    userId: `login-user-${number}`,
    anonymousId: `login-visitor-${number}`,
  }));
  const before: (string | undefined)[] = [];

  beforeAll(async () => {
    for (const { anonymousId } of people)
      await collect("track", { anonymousId }, { event: "Product Viewed" });
    await hub.settle();
    for (const { anonymousId } of people) before.push(await decide(`anonymousId:${anonymousId}`));
    for (const { userId } of people) await collect("identify", { userId });
    await hub.settle();
    for (const person of people) await collect("identify", person);
    await hub.settle();
    for (const { userId } of people) {
      await collect("track", { userId }, { event: "Order Completed", properties: { total: 5 } });
    }
    await hub.settle();
  });

  it("count once each, with what they do once they are known, in the variant they had and keep", async () => {
    const counted = await experiment();
    expect(counted).toMatchObject({ sum: PEOPLE, orders: PEOPLE, switched: 0 });
    for (const [index, { userId }] of people.entries()) {
      expect(await decide(`userId:${userId}`)).toBe(before[index]);
    }
    await hub.settle();
    expect(await experiment()).toEqual(counted);
  });

  it("show in a simulation what they did, wherever it lies by now", async () => {
    const goal = { outcome: "Order Completed", days: 1 };
    const asked = await hub.call("POST", "/v1/playbooks/current/simulate", {
      placement: "web.home.hero",
      goal,
    });
    const { simulationId } = asked.body as { simulationId: string };
    await hub.settle();
    const { body } = await hub.call("GET", `/v1/simulations/${simulationId}`);
    expect(body).toMatchObject({
      status: "done",
      report: { decisions: 2 * PEOPLE, estimate: { samples: 2 * PEOPLE, logged: { value: 0.5 } } },
    });
  });
});

describe("customers known for longer who come as visitors", () => {
  const people = Array.from({ length: PEOPLE }, (_, number) => ({
    userId: `return-user-${number}`,
    anonymousId: `return-visitor-${number}`,
  }));

  it("count once in the variant of the visit; who is shown another one from then on shows", async () => {
    const before = await experiment();
    for (const { userId } of people) await collect("identify", { userId });
    await hub.settle();
    for (const { anonymousId } of people)
      await collect("track", { anonymousId }, { event: "Product Viewed" });
    await hub.settle();
    const visits: (string | undefined)[] = [];
    for (const { anonymousId } of people) visits.push(await decide(`anonymousId:${anonymousId}`));
    for (const person of people) await collect("identify", person);
    await hub.settle();
    let switched = 0;
    for (const [index, { userId }] of people.entries()) {
      if ((await decide(`userId:${userId}`)) !== visits[index]) switched += 1;
    }
    await hub.settle();
    const after = await experiment();
    expect(after).toMatchObject({ sum: before.sum + PEOPLE, switched: before.switched + switched });
    const names = ["as ever", "louder"];
    expect(after.customers).toEqual(
      names.map((name, at) => (before.customers[at] ?? 0) + visits.filter((visit) => visit === name).length),
    );
  });
});
