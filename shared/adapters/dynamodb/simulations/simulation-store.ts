import { gunzipSync, gzipSync } from "node:zlib";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { ProfilesToTry, Simulation } from "#domain/simulation/job.ts";
import { RapportError } from "#kernel/errors.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";
import { queryAll } from "../requests/query-pages.ts";

type Item = Record<string, AttributeValue>;

/** An item may have 400 KB; a chunk leaves room for keys. */
const CHUNK_BYTES = 300 * 1024;
const JOB = "job";
/** What their ids begin with, and the right to them (infra/constructs/grants.ts). */
const PREFIX = "sim_";

/** We wrote it ourselves: one look that it is what we wrote is enough. */
const Kept = z.custom<Simulation>(
  (value) => typeof value === "object" && value !== null && "simulationId" in value && "tally" in value,
);
const Profiles = z.custom<ProfilesToTry>(Array.isArray);

const bytesOf = (item: Item | undefined): Uint8Array => item?.data?.B ?? new Uint8Array();

/** Beside the playbooks they are about: pk = simulationId, sk = `job` | `profiles#n` (gzip in chunks). */
export const dynamoSimulationStore = (options: {
  client: DynamoDBClient;
  table: string;
}): SimulationStore => {
  const { client, table } = options;

  const put = async (
    [pk, sk]: readonly [string, string],
    item: Item,
    condition: Partial<PutItemCommandInput> = {},
  ): Promise<void> => {
    const Item = { pk: { S: pk }, sk: { S: sk }, ...item };
    await client.send(new PutItemCommand({ TableName: table, Item, ...condition }));
  };
  const toItem = (simulation: Simulation): Item => ({
    data: { B: gzipSync(JSON.stringify(simulation)) },
    step: { N: String(simulation.step) },
  });

  const query = (simulationId: string, prefix: string): Promise<readonly Item[]> =>
    queryAll(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk and begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": { S: simulationId }, ":prefix": { S: prefix } },
      ConsistentRead: true,
    });

  return {
    create: async (simulation, profiles) => {
      const { simulationId } = simulation;
      const content = profiles.length === 0 ? Buffer.alloc(0) : gzipSync(JSON.stringify(profiles));
      for (let index = 0; index * CHUNK_BYTES < content.length; index += 1) {
        const chunk = content.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
        await put([simulationId, `profiles#${String(index).padStart(4, "0")}`], { data: { B: chunk } });
      }
      await put([simulationId, JOB], toItem(simulation), {
        ConditionExpression: "attribute_not_exists(pk)",
      });
    },
    get: async (simulationId) => {
      // Those who run simulations may read no other partition: asking for one would be an error, not a miss.
      if (!simulationId.startsWith(PREFIX)) return null;
      const [item] = await query(simulationId, JOB);
      if (item === undefined) return null;
      return z.parse(Kept, JSON.parse(gunzipSync(bytesOf(item)).toString("utf8")));
    },
    save: async (simulation) => {
      try {
        await put([simulation.simulationId, JOB], toItem(simulation), {
          ConditionExpression: "#step = :before",
          ExpressionAttributeNames: { "#step": "step" },
          ExpressionAttributeValues: { ":before": { N: String(simulation.step - 1) } },
        });
        return "saved";
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return "conflict";
        throw error;
      }
    },
    profiles: async (simulationId) => {
      const items = await query(simulationId, "profiles#");
      if (items.length === 0) return [];
      try {
        const text = gunzipSync(Buffer.concat(items.map(bytesOf))).toString("utf8");
        return z.parse(Profiles, JSON.parse(text));
      } catch (cause) {
        throw new RapportError("internal", "the profiles of a simulation are damaged", { cause });
      }
    },
  };
};
