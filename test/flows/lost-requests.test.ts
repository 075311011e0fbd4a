import { GetQueueUrlCommand, PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: FILES });
  hub = hubAt(cloud.url);
});
afterEach(() => cloud.faults.clear());

const FOR_EVER = 1_000_000;
const breakDown = (target: string, of?: string): void =>
  cloud.faults.add({
    target,
    kind: "error",
    at: "before",
    times: FOR_EVER,
    ...(of === undefined ? {} : { function: of }),
  });

/** A playbook in which one marketing mail a week is allowed. */
const FILES = testFiles({
  "contact-policy.yaml": `
categories:
  marketing: { consent: express }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
caps:
  - { name: one a week, max: 1, window: P7D, categories: [marketing] }
`,
});

const ask = (userId: string, category = "transactional", more: object = {}) =>
  hub.call("POST", "/v1/messages", {
    to: `userId:${userId}`,
    category,
    channel: "email",
    content: { subject: "Hello", text: "Hello" },
    ...more,
  });
const idOf = ({ status, body }: { status: number; body: unknown }): string => {
  expect(status).toBe(202);
  return (body as { messageId: string }).messageId;
};
const copies = async (userId: string): Promise<number> =>
  (await hub.outbox({ to: `${userId}@example.com` })).length;

describe("a message that was accepted while nobody could be told of it", () => {
  it("is sent once, as soon as the bus takes events again", async () => {
    const { userId } = await newReader(hub, "lost");
    breakDown("events:PutEvents");
    const messageId = idOf(await ask(userId));
    await hub.advance("PT10M");
    expect(await hub.message(messageId)).toMatchObject({ status: "requested" });
    cloud.faults.clear();
    await hub.advance("PT2M");
    expect(await hub.message(messageId)).toMatchObject({ status: "sent" });
    await hub.advance("P1D");
    expect(await copies(userId)).toBe(1);
  });

  it("is sent by the sweep when no timer could be set either", async () => {
    const { userId } = await newReader(hub, "lost");
    breakDown("events:PutEvents", "send/api");
    breakDown("dynamodb:BatchWriteItem", "send/api");
    const messageId = idOf(await ask(userId));
    cloud.faults.clear();
    await hub.advance("PT2M");
    expect(await copies(userId)).toBe(0);
    await hub.advance("PT2M");
    expect(await copies(userId)).toBe(1);
    await hub.advance("P1D");
    expect(await copies(userId)).toBe(1);
    expect(await hub.message(messageId)).toMatchObject({ status: "sent" });
  });

  it("is sent at its time when the timer of a later one could not be set", async () => {
    const { userId } = await newReader(hub, "lost");
    breakDown("dynamodb:BatchWriteItem", "send/api");
    const sendAt = new Date((await hub.now()) + 3_600_000).toISOString();
    idOf(await ask(userId, "transactional", { sendAt }));
    cloud.faults.clear();
    await hub.advance("PT59M");
    expect(await copies(userId)).toBe(0);
    await hub.advance("PT6M");
    expect(await copies(userId)).toBe(1);
  });

  it("is sent once when its request vanishes from the sender's queue", async () => {
    const { userId } = await newReader(hub, "lost");
    breakDown("send/email");
    idOf(await ask(userId));
    await hub.advance("PT1S");
    const aws = new SQSClient(awsAt(cloud));
    const name = { QueueName: "rapport-local-send-email-transactional" };
    const { QueueUrl } = await aws.send(new GetQueueUrlCommand(name));
    await hub.advance("PT30S");
    await aws.send(new PurgeQueueCommand({ QueueUrl }));
    aws.destroy();
    cloud.faults.clear();
    await hub.advance("PT10M");
    expect(await copies(userId)).toBe(1);
  });
});

describe("a sweep that dies", () => {
  it.each(
    ["dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:UpdateItem", "events:PutEvents"].flatMap(
      (target) => [[target, "before"] as const, [target, "after"] as const],
    ),
  )("%s, %s, is made up for: the message is sent once", async (target, at) => {
    const { userId } = await newReader(hub, "lost");
    breakDown("events:PutEvents", "send/api");
    breakDown("dynamodb:BatchWriteItem", "send/api");
    const messageId = idOf(await ask(userId));
    cloud.faults.clear();
    cloud.faults.add({ target, kind: "crash", at, times: 1, function: "timers/fire" });
    await hub.advance("PT10M");
    expect(cloud.faults.list()).toEqual([]);
    expect(await hub.message(messageId)).toMatchObject({ status: "sent" });
    expect(await copies(userId)).toBe(1);
  });
});

describe("a message that no sender takes", () => {
  it("ends at its deadline with the reason, is never sent, and uses up no room under caps", async () => {
    const { userId } = await newReader(hub, "lost");
    breakDown("send/email");
    const first = idOf(await ask(userId, "marketing"));
    expect(await ask(userId, "marketing")).toMatchObject({ body: { status: "rejected", reasons: ["cap"] } });
    await hub.advance("PT25H");
    const { status, history } = await hub.message(first);
    expect({ status, reason: history.at(-1)?.reason }).toEqual({
      status: "failed",
      reason: "deadline: nobody took it in time",
    });
    const second = idOf(await ask(userId, "marketing"));
    cloud.faults.clear();
    await hub.advance("PT30M");
    expect(await hub.message(second)).toMatchObject({ status: "sent" });
    expect(await copies(userId)).toBe(1);
  });
});
