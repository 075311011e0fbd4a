import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { readFolder } from "#cli/folder.ts";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { localAws } from "#infra/local/aws/place.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { loadPlaybook, seedKeys } from "#infra/local/seed.ts";
import { parameterName } from "#runtime/names.ts";
import { type Client, clientOf, inParallel, succeed } from "./client.ts";

/** As many as the peers were measured with. */
const CONNECTIONS = 16;

export const ROOT = join(import.meta.dirname, "../..");

/** Starts a hub in this process and in memory, with the retail playbook, whose requests and units can be counted. */
export const measuredHub = async (): Promise<{ cloud: LocalCloud; client: Client }> => {
  const cache = join(ROOT, ".rapport/assembly");
  mkdirSync(cache, { recursive: true });
  const assembly = await synthesize({ root: ROOT, cache });
  const cloud = await startLocalCloud({ assembly, port: 0, stateDirectory: null });
  await seedKeys(cloud);
  await loadPlaybook(cloud, readFolder(join(ROOT, "playbooks/retail")), null);
  return { cloud, client: clientOf(cloud.url, CONNECTIONS) };
};

/** Sends batches over all connections at once, as fast as they are taken, and waits until nothing is left to do. */
export const sendAllAndSettle = async (
  client: Client,
  batches: readonly (readonly unknown[])[],
): Promise<void> => {
  await inParallel(batches.length, CONNECTIONS, async (index) => {
    succeed(await client.collect("batch", { batch: batches[index] }));
  });
  succeed(await client.api("POST", "/_local/clock", { advance: "PT0S" }));
};

/** Sends one batch and waits until nothing is left to do. */
export const sendAndSettle = async (client: Client, batch: readonly unknown[]): Promise<void> => {
  succeed(await client.collect("batch", { batch }));
  succeed(await client.api("POST", "/_local/clock", { advance: "PT0S" }));
};

/** Stored size in KB of one customer's state, as DynamoDB counts it for writes: every started KB. */
export const stateKilobytes = async (cloud: LocalCloud, client: Client, ref: string): Promise<number> => {
  const { customerId } = JSON.parse(
    succeed(await client.api("GET", `/v1/profiles/${encodeURIComponent(ref)}`)).body,
  );
  const table = cloud.deployment.parameters.get(parameterName("local", "tables/customers"));
  const dynamo = new DynamoDBClient(localAws(cloud.awsUrl));
  const { Item: item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: customerId }, sk: { S: "state" } } }),
  );
  dynamo.destroy();
  const bytes = Object.entries(item ?? {}).reduce(
    (sum, [name, value]) => sum + name.length + Buffer.byteLength(value.B ?? value.S ?? value.N ?? ""),
    0,
  );
  return Math.ceil(bytes / 1024);
};
