import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newReader } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

/** What an account does to a hub and one machine does not by itself. */
let cloud: LocalCloud;
let hub: Hub;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
  sqs = new SQSClient(awsAt(cloud));
});

/** Bodies in all dead-letter queues. */
const deadLetters = async (): Promise<readonly string[]> => {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const found = await Promise.all(
    QueueUrls.filter((url) => /-dlq(\.fifo)?$/.test(url)).map((QueueUrl) =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 })),
    ),
  );
  return found.flatMap(({ Messages = [] }) => Messages.map(({ Body = "" }) => Body));
};

describe("an account that runs few functions at once", () => {
  it.each(["profile/apply-events", "decide/on-event"])(
    "keeps what %s has no room for, however often it is turned away, and works on it in the end",
    async (target) => {
      const { userId } = await newReader(hub, "throttled");
      cloud.faults.add({ target, kind: "throttle", at: "before", times: 40 });
      await hub.collect("track", { userId, event: "Signed Up" });
      await hub.advance("PT90M");
      expect(await deadLetters()).toEqual([]);
      expect((await hub.timeline(`userId:${userId}`)).map(({ name }) => name)).toContain("Signed Up");
    },
  );
});

describe("a topic that SES is told to report to", () => {
  it("is tried with plain text, which is no event and no dead letter", async () => {
    const topic = cloud.deployment.parameters.get("/rapport/local/topics/provider-events") ?? "";
    const query = new URLSearchParams({
      Action: "Publish",
      TopicArn: topic,
      Message: "Successfully validated SNS topic for Amazon SES event publishing.",
    });
    const answer = await fetch(cloud.awsUrl, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization: "AWS4-HMAC-SHA256 Credential=000000000000/20261130/us-east-1/sns/aws4_request",
      },
      body: query.toString(),
    });
    expect(answer.status).toBe(200);
    await hub.advance("PT5M");
    expect(await deadLetters()).toEqual([]);
  });
});
