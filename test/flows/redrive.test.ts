import {
  CancelMessageMoveTaskCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import { TriggerFired } from "#events/trigger-fired.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

type Known = { readonly url: string; readonly arn: string; readonly deadLetters: string | undefined };

let cloud: LocalCloud;
let hub: Hub;
let sqs: SQSClient;
let queues: readonly Known[];

const attributesAt = async (url: string) => {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
  );
  return Attributes ?? {};
};
const waiting = async (url: string): Promise<number> =>
  Number((await attributesAt(url)).ApproximateNumberOfMessages);

beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
  sqs = new SQSClient({
    endpoint: cloud.awsUrl,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  queues = await Promise.all(
    QueueUrls.map(async (url) => {
      const { QueueArn: arn = "", RedrivePolicy: policy } = await attributesAt(url);
      return {
        url,
        arn,
        deadLetters: policy === undefined ? undefined : JSON.parse(policy).deadLetterTargetArn,
      };
    }),
  );
});

const queueOf = (deadLetters: string): Known => {
  const found = queues.find((queue) => queue.deadLetters === deadLetters);
  if (found === undefined) throw new Error(`nothing is redriven to ${deadLetters}`);
  return found;
};
const deadLetterQueues = (): readonly Known[] =>
  queues.filter(({ arn }) => queues.some(({ deadLetters }) => deadLetters === arn));

/** As a worker writes what it gave up. */
const put = ({ url }: Known, body: unknown, reason = "internal") =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: JSON.stringify(body),
      MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
      ...(url.endsWith(".fifo")
        ? { MessageGroupId: "g", MessageDeduplicationId: String(Math.random()) }
        : {}),
    }),
  );

const move = (from: Known, to?: Known, perSecond?: number) =>
  sqs.send(
    new StartMessageMoveTaskCommand({
      SourceArn: from.arn,
      ...(to === undefined ? {} : { DestinationArn: to.arn }),
      ...(perSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: perSecond }),
    }),
  );
const lastTask = async ({ arn }: Known): Promise<ListMessageMoveTasksResultEntry | undefined> =>
  (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn }))).Results?.[0];

const named = (name: string): Known => {
  const found = deadLetterQueues().find(({ arn }) => arn.endsWith(name));
  if (found === undefined) throw new Error(`there is no queue ${name}`);
  return found;
};
/** Where the worker of a queue keeps what it gives up: the one of timers has a dead-letter queue of its own. */
const givenUpIn = (dead: Known): Known => (dead.arn.endsWith("due-dlq") ? named("timers-fire-dlq") : dead);

/** The reason of the dead letter that lies there, which is then gone. */
const takenFrom = async ({ url }: Known): Promise<string | undefined> => {
  const { Messages: [letter] = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: url, MessageAttributeNames: ["All"] }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: letter?.ReceiptHandle }));
  return letter?.MessageAttributes?.reason?.StringValue;
};

describe("moving dead letters back", () => {
  it("should work for the dead-letter queue of every queue, for what a worker wrote there itself", async () => {
    expect(deadLetterQueues().length).toBeGreaterThan(5);
    for (const dead of deadLetterQueues()) {
      // Nobody can use it: its worker gives it up again, with the reason.
      await put(dead, { nonsense: true });
      expect(await waiting(dead.url)).toBe(1);
      await move(dead, queueOf(dead.arn));
      await hub.advance("PT1M");
      expect(await lastTask(dead), dead.arn).toMatchObject({
        Status: "COMPLETED",
        ApproximateNumberOfMessagesMoved: 1,
        ApproximateNumberOfMessagesToMove: 1,
        DestinationArn: queueOf(dead.arn).arn,
      });
      expect(await takenFrom(givenUpIn(dead)), dead.arn).toMatch(/^(invalid_request|poison_event)$/);
    }
  });

  it("should fail without a destination: nobody knows where a message came from that a worker wrote", async () => {
    const dead = named("decide-on-event-dlq");
    await put(dead, { nonsense: true });
    await move(dead);
    await hub.advance("PT1S");
    const task = await lastTask(dead);
    expect(task).toMatchObject({ Status: "FAILED", FailureReason: "CouldNotDetermineMessageSource" });
    expect(task?.TaskHandle).toBeUndefined();
  });

  it("should be slowed down and called off", async () => {
    const dead = named("timers-fire-dlq");
    for (let count = 0; count < 3; count += 1) await put(dead, { nonsense: count });
    const { TaskHandle } = await move(dead, queueOf(dead.arn), 1);
    await expect(move(dead, queueOf(dead.arn))).rejects.toThrow("already a task running");
    const called = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(called.ApproximateNumberOfMessagesMoved).toBeLessThan(3);
    expect(await lastTask(dead)).toMatchObject({ Status: "CANCELLED" });
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow(
      "does not exist",
    );
  });

  it.each([
    ["a queue that is none", { SourceArn: "arn:aws:sqs:us-east-1:000000000000:none" }, "doesn't exist"],
  ])("should be refused for %s", async (_, input, message) => {
    await expect(sqs.send(new StartMessageMoveTaskCommand(input))).rejects.toThrow(message);
  });

  it("should be refused for a queue to which nothing is redriven", async () => {
    const live = queues.find(({ deadLetters }) => deadLetters !== undefined);
    const task = new StartMessageMoveTaskCommand({ SourceArn: live?.arn });
    await expect(sqs.send(task)).rejects.toThrow("Dead Letter Queue");
  });

  it("should say on the timeline that a trigger came back too late, and answer it with nothing", async () => {
    const { userId } = await newReader(hub, "late");
    const { customerId } = await hub.profile(`userId:${userId}`);
    const dead = named("decide-on-event-dlq");
    const before = (await hub.outbox({ to: `${userId}@example.com` })).length;
    const eventAt = new Date((await hub.now()) - 2 * 3_600_000).toISOString();
    const detail = { ...TriggerFired.example, customerId, trigger: "welcome", eventId: "evt_late", eventAt };
    await put(dead, { "detail-type": TriggerFired.name, detail }, "unavailable");
    await move(dead, queueOf(dead.arn));
    await hub.advance("PT1M");
    const items = await hub.timeline(`userId:${userId}`);
    expect(items.find(({ name }) => name === "trigger.expired")).toMatchObject({
      properties: { trigger: "welcome", eventId: "evt_late", reason: "age" },
    });
    expect((await hub.outbox({ to: `${userId}@example.com` })).length).toBe(before);
  });
});
