import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import { parseObject } from "#infra/local/aws/json.ts";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import type { Sent } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";
import { synthesizeShop } from "./app/shop.ts";

export const clientSettings = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

/** The small shop of `app/shop.ts`, running. */
export type Shop = {
  readonly cloud: LocalCloud;
  readonly dynamo: DynamoDBClient;
  readonly newId: () => string;
  readonly call: (method: string, path: string, body?: object) => Promise<Response>;
  /** Orders something; answers the order's id, which is also the customer's mail box. */
  readonly order: (more?: object) => Promise<string>;
  /** Asks the function `probe`. */
  readonly probe: (what: string) => Promise<{ readonly status: number; readonly body: JsonObject }>;
  readonly mailsTo: (id: string) => readonly Sent[];
  /** Sort keys under a partition key of the table. */
  readonly rows: (pk: string) => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
};

export const json = async (answer: Response): Promise<JsonObject> => parseObject(await answer.text()) ?? {};

export async function startShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
  const cloud = await startLocalCloud({
    assembly: await synthesizeShop(folder),
    port: 0,
    stateDirectory: null,
  });
  const dynamo = new DynamoDBClient({ ...clientSettings, endpoint: cloud.awsUrl });
  let last = 0;
  const newId = (): string => {
    last += 1;
    return `o${last}`;
  };
  const call: Shop["call"] = (method, path, body) =>
    fetch(cloud.url + path, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    cloud,
    dynamo,
    newId,
    call,
    order: async (more = {}) => {
      const id = newId();
      const answer = await call("POST", "/orders", { id, mail: `${id}@example.com`, total: 20, ...more });
      if (answer.status !== 202) throw new Error(`the order was answered with ${answer.status}`);
      return id;
    },
    probe: async (what) => {
      const answer = await call("POST", `/probe/${what}`, {});
      return { status: answer.status, body: await json(answer) };
    },
    mailsTo: (id) => cloud.outbox.list({ to: `${id}@example.com` }),
    rows: async (pk) => {
      const found = await dynamo.send(
        new QueryCommand({
          TableName: "orders",
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: pk } },
        }),
      );
      return (found.Items ?? []).map((item) => item.sk?.S ?? "");
    },
    stop: async () => {
      dynamo.destroy();
      await cloud.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
