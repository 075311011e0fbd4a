import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub.ts";
import { testHub } from "../support/local-cloud.ts";
import { testFiles } from "../support/playbook.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
caps:
  - { name: two a day, max: 2, window: P1D, categories: [marketing] }
`,
    }),
  );
});

const customer = async () => {
  const userId = `many-${randomUUID()}`;
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email } });
  const properties = {
    channel: "email",
    topic: "marketing",
    status: "granted",
    kind: "express",
    source: "form",
  };
  await hub.collect("track", { userId, event: "Consent Changed", properties });
  await hub.settle();
  return { userId, email };
};
const atOnce = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const order = (to: string, category: string) => ({
  to,
  category,
  channel: "email",
  content: { subject: "News", text: "Something new" },
});
/** What a client does that is told to come again. */
const sendUntilTaken = async (body: unknown, key: string) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await hub.call("POST", "/v1/messages", body, { "idempotency-key": key });
    if (answer.status === 202) return answer.body as { messageId: string; status: string; reasons: string[] };
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
  }
  throw new Error("never taken");
};

describe("many at once", () => {
  it("50 requests under one idempotency key are one message, and all hear the same", async () => {
    const { userId, email } = await customer();
    const key = randomUUID();
    const body = order(`userId:${userId}`, "transactional");
    const answers = await atOnce(50, () => sendUntilTaken(body, key));
    await hub.settle();
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await hub.outbox({ to: email })).toHaveLength(1);
    const kinds = (await hub.timeline(`userId:${userId}`)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "message" || kind === "decision").toSorted()).toEqual([
      "decision",
      "message",
    ]);
  });

  it("50 requests to an address nobody knows make one customer and, under one key, one message", async () => {
    const email = `new-${randomUUID()}@example.com`;
    const key = randomUUID();
    const answers = await atOnce(50, () => sendUntilTaken(order(`email:${email}`, "transactional"), key));
    await hub.settle();
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await hub.outbox({ to: email })).toHaveLength(1);
    expect((await hub.profile(`email:${email}`)).identifiers).toEqual([{ type: "email", value: email }]);
  });

  it("64 decisions with a cap of two a day let exactly two messages leave", async () => {
    const { userId, email } = await customer();
    const body = order(`userId:${userId}`, "marketing");
    const answers = await atOnce(64, () => sendUntilTaken(body, randomUUID()));
    await hub.settle();
    expect(answers.filter(({ status }) => status === "requested")).toHaveLength(2);
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(new Set(refused.flatMap(({ reasons }) => reasons))).toEqual(new Set(["cap"]));
    expect(await hub.outbox({ to: email })).toHaveLength(2);
  });

  it("200 events of one customer, each worth a message, are 200 messages", async () => {
    const { userId, email } = await customer();
    await atOnce(200, (n) =>
      hub.collect("track", {
        userId,
        event: "Order Completed",
        properties: { order_id: `O-${n}`, total: 1 },
      }),
    );
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed).toMatchObject({ orders: 200, spent: 200 });
    const subjects = (await hub.outbox({ to: email })).map(({ subject }) => subject);
    expect(subjects).toHaveLength(200);
    expect(new Set(subjects).size).toBe(200);
  });
});
