import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { openState } from "#infra/local/state/database.ts";
import { createSettings } from "#infra/local/state/settings.ts";
import { testAssembly } from "../support/hub/assembly.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { lastRelease, nameToday, type QueuedMessage } from "./last-release.ts";

const closers: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A folder of state that knows nothing but the last release's secrets, and that it is the moment when it was stopped. */
const momentOfTheStop = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "rapport-upgrade-"));
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const database = openState(directory);
  const settings = createSettings(database);
  for (const [name, value] of Object.entries(lastRelease.secrets)) settings.set(`secret:${name}`, value);
  settings.set("clock-offset", String(lastRelease.stoppedAt - Date.now()));
  database.close();
  return directory;
};

const named = (cloud: LocalCloud, name: string): string => {
  const value = cloud.deployment.parameters.get(`/rapport/local/${name}`);
  if (value === undefined) throw new Error(`today's core publishes no ${name}`);
  return value;
};

const putState = async (cloud: LocalCloud): Promise<void> => {
  const client = new DynamoDBClient(awsAt(cloud));
  for (const [table, items] of lastRelease.tables) {
    const TableName = named(cloud, `tables/${table}`);
    for (const Item of items) await client.send(new PutItemCommand({ TableName, Item }));
  }
  client.destroy();
};

const putLog = async (cloud: LocalCloud): Promise<void> => {
  const client = new S3Client({ ...awsAt(cloud), forcePathStyle: true });
  const Bucket = named(cloud, "buckets/decision-log");
  for (const [Key, lines] of Object.entries(lastRelease.logObjects)) {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: lines.map((line) => `${line}\n`).join("") }));
  }
  client.destroy();
};

/** Today's hub over the state of the last release, at the moment when that was stopped. Its queues are empty. */
export const startOverLastRelease = async (): Promise<LocalCloud> => {
  const assembly = await testAssembly();
  const cloud = await startLocalCloud({ assembly, port: 0, stateDirectory: momentOfTheStop() });
  closers.push(cloud.stop);
  await putState(cloud);
  await putLog(cloud);
  return cloud;
};

const delayOf = ({ visibleAt }: QueuedMessage): number =>
  visibleAt === undefined ? 0 : Math.ceil((Date.parse(visibleAt) - lastRelease.stoppedAt) / 1000);

const toSend = (message: QueuedMessage) => ({
  MessageBody: message.body,
  ...(message.attributes === undefined ? {} : { MessageAttributes: message.attributes }),
  ...(message.groupId === undefined
    ? { DelaySeconds: delayOf(message) }
    : { MessageGroupId: message.groupId, MessageDeduplicationId: message.deduplicationId }),
});

/** Puts everything on the queues that lay there, in order. */
export const fillQueues = async (cloud: LocalCloud): Promise<void> => {
  const client = new SQSClient(awsAt(cloud));
  for (const [queue, messages] of lastRelease.queues) {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: nameToday(queue) }));
    for (const message of messages) {
      await client.send(new SendMessageCommand({ QueueUrl, ...toSend(message) }));
    }
  }
  client.destroy();
};
