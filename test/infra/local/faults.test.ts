import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { clientSettings, type Shop, startShop } from "./shop-cloud.ts";

vi.setConfig({ hookTimeout: 180_000, testTimeout: 60_000 });

let shop: Shop;
let cloud: LocalCloud;
beforeAll(async () => {
  shop = await startShop();
  cloud = shop.cloud;
});
afterAll(() => shop.stop());
beforeEach(() => cloud.faults.clear());

describe("faults", () => {
  const inject = async (fault: object): Promise<void> => {
    expect((await shop.call("POST", "/_local/faults", fault)).status).toBe(201);
  };

  it("throttle an operation: the client tries again and the mail leaves once", async () => {
    await inject({ target: "ses:SendEmail", kind: "throttle", at: "before", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(1);
  });

  it("fail after the call was made: the client tries again and the outbox tells of both", async () => {
    await inject({ target: "ses:SendEmail", kind: "error", at: "after", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(2);
  });

  it("fail before the call: nothing was done, and the answer says so with 503", async () => {
    await inject({ target: "dynamodb:GetItem", kind: "error", at: "before", times: 1 });
    const once = new DynamoDBClient({ ...clientSettings, endpoint: cloud.awsUrl, maxAttempts: 1 });
    const call = once.send(
      new GetItemCommand({ TableName: "shop", Key: { pk: { S: "1" }, sk: { S: "1" } } }),
    );
    await expect(call).rejects.toMatchObject({
      name: "ServiceUnavailable",
      $metadata: { httpStatusCode: 503 },
    });
    once.destroy();
  });

  it("throttle before the call, whatever they say of before and after", async () => {
    await inject({ target: "ses:SendEmail", kind: "throttle", at: "after", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(1);
  });

  it("double an operation", async () => {
    await inject({ target: "ses:SendEmail", kind: "duplicate", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(2);
  });

  it("deliver a batch twice", async () => {
    await inject({ target: "shop/mail", kind: "duplicate", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(2);
  });

  it("crash the function before its call: nothing was sent, and its message comes back", async () => {
    await inject({ target: "ses:SendEmail", kind: "crash", at: "before", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(0);
    await shop.call("POST", "/_local/clock", { advance: "PT61S" });
    expect(shop.mailsTo(id)).toHaveLength(1);
  });

  it("crash the function after its call: the message comes back and is sent again", async () => {
    await inject({ target: "ses:SendEmail", kind: "crash", at: "after", times: 1 });
    const id = await shop.order();
    await cloud.time.idle();
    expect(shop.mailsTo(id)).toHaveLength(1);
    await shop.call("POST", "/_local/clock", { advance: "PT61S" });
    expect(shop.mailsTo(id)).toHaveLength(2);
  });

  it("pass over calls that they are told to skip, and other functions", async () => {
    await inject({
      target: "dynamodb:PutItem",
      kind: "error",
      at: "before",
      times: 9,
      function: "shop/watch",
    });
    const id = await shop.order();
    await cloud.time.idle();
    expect(await shop.rows(`order#${id}`)).toHaveLength(1);
  });

  it("shuffle what queues deliver: every mail leaves once, in another order than its order came", async () => {
    await inject({ target: "*", kind: "shuffle", times: 1_000, seed: 3 });

    const ids = await Promise.all(Array.from({ length: 20 }, () => shop.order()));
    await cloud.time.idle();

    const recipients = ids.map((id) => `${id}@example.com`);
    const sent = cloud.outbox
      .list({})
      .flatMap(({ to }) => recipients.filter((recipient) => String(to).includes(recipient)))
      .reverse();
    expect(sent.toSorted()).toEqual(recipients.toSorted());
    expect(sent).not.toEqual(recipients);
  });

  it("refuse an operation by the service's own name for it: nothing was done, and the caller reads why", async () => {
    const fault = {
      target: "sqs:SendMessage",
      kind: "refuse",
      code: "AccessDenied",
      status: 403,
      message: "Not you",
    };
    await inject({ ...fault, times: 1, details: { Reason: "POLICY" } });
    const once = new SQSClient({ ...clientSettings, endpoint: cloud.awsUrl, maxAttempts: 1 });
    const QueueUrl = `${cloud.awsUrl}/000000000000/shop-mail`;
    const call = once.send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" }));
    await expect(call).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Not you",
      Reason: "POLICY",
      $metadata: { httpStatusCode: 403 },
    });
    once.destroy();
    const nameless = { target: "sqs:SendMessage", kind: "refuse" };
    expect((await shop.call("POST", "/_local/faults", nameless)).status).toBe(400);
  });

  it("with an unknown kind are refused", async () => {
    expect(
      (await shop.call("POST", "/_local/faults", { target: "ses:SendEmail", kind: "explode" })).status,
    ).toBe(400);
  });
});

describe("usage", () => {
  it("counts requests by who made them, units by item size and dollars", async () => {
    await shop.call("DELETE", "/_local/usage");
    await shop.order();
    await cloud.time.idle();
    const usage = cloud.usage.report(1);
    expect(usage.requests.functions.byOperation).toEqual({
      "sqs:SendMessage": 1,
      "dynamodb:PutItem": 1,
      "events:PutEvents": 1,
      "ses:SendEmail": 1,
    });
    expect(usage.requests.services.byOperation).toEqual({
      "sqs:ReceiveMessage": 2,
      "sqs:DeleteMessageBatch": 2,
      "sqs:SendMessage": 1,
    });
    expect(usage.byFunction["shop/keep"]).toEqual({ "dynamodb:PutItem": 1, "events:PutEvents": 1 });
    // One unit for the item and one for its index entry.
    expect(usage.dynamodb).toEqual({ readUnits: 0, writeUnits: 2 });
    expect(usage.functions["shop/mail"]?.invocations).toBe(1);
    expect(usage.dollars.byService.ses).toBeCloseTo(0.0001, 10);
    expect(usage.dollarsPerMillion).toBeCloseTo(usage.dollars.total * 1_000_000, 6);
  });
});
