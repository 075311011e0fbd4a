import { randomUUID } from "node:crypto";
import {
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { awsAt } from "../../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../../support/hub/client.ts";
import { startTestCloud } from "../../support/hub/local-cloud.ts";
import { kindsOf, newUserId } from "../../support/hub/people.ts";
import { expectProblem } from "../../support/hub/problem.ts";
import { testFiles } from "../../support/playbook/files.ts";

const KB = 1_024;
const basic = { authorization: `Basic ${btoa("local-write-key:")}` };

let cloud: LocalCloud;
let hub: Hub;
let sqs: SQSClient;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
  sqs = new SQSClient(awsAt(cloud));
});

describe("collect", () => {
  const filler = "x".repeat(33 * KB);
  const refusals: readonly (readonly [
    what: string,
    path: string,
    (userId: string) => unknown,
    code: string,
  ])[] = [
    ["malformed JSON", "track", () => '{"userId": "u", "event": ', "malformed_json"],
    ["a list", "track", () => [], "invalid_request"],
    ["an event without a name", "track", (userId) => ({ userId }), "invalid_request"],
    ["an event of nobody", "track", () => ({ event: "X" }), "invalid_request"],
    ["an object for a userId", "identify", () => ({ userId: { id: 1 } }), "invalid_request"],
    ["text for traits", "identify", (userId) => ({ userId, traits: "none" }), "invalid_request"],
    ["an alias without the former id", "alias", (userId) => ({ userId }), "invalid_request"],
    ["a group without its id", "group", (userId) => ({ userId }), "invalid_request"],
    [
      "an event of 33 KB",
      "track",
      (userId) => ({ userId, event: "X", properties: { filler } }),
      "event_too_large",
    ],
    ["an object for a batch", "batch", () => ({ batch: {} }), "invalid_request"],
    [
      "a batch of 501 KB",
      "batch",
      (userId) => ({
        batch: Array.from({ length: 501 }, () => ({
          type: "track",
          userId,
          event: "X",
          properties: { filler: "y".repeat(KB) },
        })),
      }),
      "batch_too_large",
    ],
  ];
  it.each(refusals)("refuses %s with 400, and knows nobody by it", async (_what, path, body, code) => {
    const userId = newUserId("bad");
    expectProblem(await hub.call("POST", `/v1/${path}`, body(userId), basic), 400, code);
    await hub.settle();
    expectProblem(await hub.call("GET", `/v1/profiles/userId:${userId}`), 404, "not_found");
  });

  it("says where a value is wrong and what was expected, without repeating it", async () => {
    const { body } = await hub.call("POST", "/v1/identify", { userId: { secret: "4711" } }, basic);
    expect(body).toMatchObject({
      errors: [{ path: "userId", expected: "text or number or null", got: "object" }],
    });
    expect(JSON.stringify(body)).not.toContain("4711");
  });

  it("takes the good events of a batch and names those it drops", async () => {
    const userId = newUserId("bad");
    const event = { type: "track", userId, event: "Product Viewed" };
    const batch = [event, { ...event, properties: { filler } }, { ...event, type: "dance" }, event];
    const answer = await hub.call("POST", "/v1/batch", { batch }, basic);
    expect(answer.body).toEqual({
      success: true,
      rejected: [
        { index: 1, code: "event_too_large" },
        { index: 2, code: "invalid_request" },
      ],
    });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed.recentViews).toBe(2);
  });

  it("takes 2,500 events of a batch and names the one past them", async () => {
    const userId = newUserId("bad");
    const batch = Array.from({ length: 2_501 }, () => ({ type: "track", userId, event: "Product Viewed" }));
    const answer = await hub.call("POST", "/v1/batch", { batch }, basic);
    expect(answer.body).toEqual({ success: true, rejected: [{ index: 2_500, code: "batch_too_large" }] });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed.recentViews).toBe(2_500);
  });

  it("keeps an event whose traits are too many, and says in a counter that they were refused", async () => {
    const userId = newUserId("bad");
    const traits = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`trait${n}`, n]));
    await hub.collect("identify", { userId, traits });
    await hub.collect("track", { userId, event: "Order Completed", properties: { order_id: "1", total: 3 } });
    await hub.settle();
    expect(await kindsOf(hub, userId)).toEqual(expect.arrayContaining(["event", "event"]));
    const profile = await hub.profile(`userId:${userId}`);
    expect(Object.keys(profile.traits).length).toBeLessThanOrEqual(300);
    expect(profile.computed.orders).toBe(1);
    expect(cloud.metrics.list().some(({ name, sum }) => name === "FactsRefused" && sum > 0)).toBe(true);
  });
});

describe("what can never be worked through", () => {
  const urlOf = (name: string): string =>
    cloud.deployment.queues.find((queue) => queue.name === name)?.url ?? "";
  const put = (name: string, body: string, members: Partial<SendMessageCommandInput> = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody: body, ...members }));
  const deadLetters = async (name: string) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: urlOf(name),
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      }),
    );
    return Messages.map(({ Body, MessageAttributes }) => ({
      body: Body,
      reason: MessageAttributes?.reason?.StringValue,
      function: MessageAttributes?.function?.StringValue,
    }));
  };

  it("leaves the inbox with its reason and holds up nobody of its group", async () => {
    const group = randomUUID();
    const poison = `not JSON ${group}`;
    const userId = newUserId("bad");
    const at = new Date(await hub.now()).toISOString();
    const good = {
      id: `evt_${randomUUID()}`,
      type: "track",
      name: "Order Completed",
      userId,
      properties: { total: 5 },
      at,
      receivedAt: at,
      source: "test",
      imported: false,
      depth: 0,
    };
    const strange = { id: `evt_${group}`, type: "dance" };
    const bodies = [poison, JSON.stringify({ v: 1, group, events: [strange, good] })];
    for (const body of bodies) {
      await put("rapport-local-inbox.fifo", body, {
        MessageGroupId: group,
        MessageDeduplicationId: randomUUID(),
      });
    }
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).computed.orders).toBe(1);
    const dead = await deadLetters("rapport-local-inbox-dlq.fifo");
    expect(dead).toContainEqual({ body: poison, reason: "malformed_json", function: "profile/apply-events" });
    expect(dead).toContainEqual({
      body: JSON.stringify({ v: 1, group, events: [strange] }),
      reason: "poison_event",
      function: "profile/apply-events",
    });
  });

  it.each([
    ["decide/on-event", "rapport-local-decide-on-event"],
    ["timers/fire", "rapport-local-timers-fire"],
    ["measure/provider-events", "rapport-local-measure-provider-events"],
  ])("leaves %s with its reason", async (name, queue) => {
    const body = JSON.stringify({ nonsense: randomUUID() });
    await put(queue, body);
    await hub.settle();
    const dead = await deadLetters(`${queue}-dlq`);
    expect(dead).toEqual([{ body, reason: expect.stringMatching(/^[a-z_]+$/), function: name }]);
  });
});
