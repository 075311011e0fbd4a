import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

const SEATS = 100;

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
  offers: { consent: none }
caps:
  - { name: two a day, max: 2, window: P1D, categories: [marketing] }
`,
      "playbook.yaml":
        `${testFiles()["playbook.yaml"]}  web.seats: { channels: [web] }\n  call.seats: { channels: [call] }\n`.replace(
          "  web: {}\n",
          "  web: {}\n  call: {}\n",
        ),
      "triggers.yaml": `${testFiles()["triggers.yaml"]}seats: { on: Seats Asked }\n`,
      "data-model.yaml": `${testFiles()["data-model.yaml"]}  Seats Asked: {}\n`,
      "actions/seats.yaml": `
category: offers
placements: [web.seats, call.seats, trigger.seats]
stock: { limit: ${SEATS}, hold: PT1H }
treatments:
  - { channel: web, name: seats, content: { headline: A seat for you } }
  - { channel: call, name: seats, content: { say: A seat for you } }
  - { channel: email, name: seats, template: seats }
`,
      "templates/seats/email.html": "---\nsubject: Your seat\n---\n<p>It is yours.</p>\n",
    }),
  );
});

const atOnce = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const order = (to: string, category: string) => ({
  to,
  category,
  channel: "email",
  content: { subject: "News", text: "Something new" },
});
/** What a client does that is told to come again. */
const untilTaken = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await hub.call("POST", path, body, headers);
    if (answer.status < 300) return answer.body;
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
  }
  throw new Error("never taken");
};
const sendUntilTaken = async (body: unknown, key: string) =>
  (await untilTaken("/v1/messages", body, { "idempotency-key": key })) as {
    messageId: string;
    status: string;
    reasons: string[];
  };

describe("many at once", () => {
  it("50 requests under one idempotency key are one message, and all hear the same", async () => {
    const { userId, email } = await newReader(hub, "many");
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
    const { userId, email } = await newReader(hub, "many");
    const body = order(`userId:${userId}`, "marketing");
    const answers = await atOnce(64, () => sendUntilTaken(body, randomUUID()));
    await hub.settle();
    expect(answers.filter(({ status }) => status === "requested")).toHaveLength(2);
    const refused = answers.filter(({ status }) => status === "rejected");
    expect(new Set(refused.flatMap(({ reasons }) => reasons))).toEqual(new Set(["cap"]));
    expect(await hub.outbox({ to: email })).toHaveLength(2);
  });

  it("200 events of one customer, each worth a message, are 200 messages", async () => {
    const { userId, email } = await newReader(hub, "many");
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

describe("a hundred seats and a thousand customers we know, all asking at once", () => {
  const people = Array.from({ length: 1_000 }, (_, n) => `seat-${randomUUID()}-${n}`);
  const emailOf = (userId: string) => `${userId}@example.com`;
  const shown = async (customer: string, placement: string): Promise<boolean> => {
    const body = await untilTaken("/v1/decisions", { customer, placement });
    return (body as { actions: { action: string }[] }).actions.length === 1;
  };
  const ordered = async (to: string): Promise<string> => {
    const order = { to, category: "offers", treatment: "seats", channel: "email" };
    const { status, reasons } = await sendUntilTaken(order, randomUUID());
    return [status, ...reasons].join(" ");
  };

  it("are promised exactly a hundred times: on a page, to an agent, by a trigger, by an application", async () => {
    await hub.collect("batch", {
      batch: people.map((userId) => ({ type: "identify", userId, traits: { email: emailOf(userId) } })),
    });
    await hub.settle();
    const answers: boolean[] = [];
    const orders: string[] = [];
    const ask = async (userId: string, way: number): Promise<void> => {
      if (way === 0) answers.push(await shown(`userId:${userId}`, "web.seats"));
      if (way === 1) answers.push(await shown(`email:${emailOf(userId)}`, "call.seats"));
      if (way === 2) await hub.collect("track", { userId, event: "Seats Asked" });
      if (way === 3) orders.push(await ordered(`userId:${userId}`));
    };
    // One of each way first, so that none comes too late for all seats while its function still starts.
    for (const [way, userId] of people.slice(0, 4).entries()) await ask(userId, way);
    await hub.settle();
    await Promise.all(people.slice(4).map((userId, n) => ask(userId, n % 4)));
    await hub.settle();

    const mails = (await hub.outbox({ channel: "email" })).filter(({ subject }) => subject === "Your seat");
    expect(new Set(mails.map(({ to }) => to)).size).toBe(mails.length);
    expect(answers.filter((isPromised) => isPromised).length + mails.length).toBe(SEATS);
    expect([answers.length, orders.length]).toEqual([500, 250]);
    expect(orders.filter((order) => !["requested", "rejected stock"].includes(order))).toEqual([]);
  });
});
