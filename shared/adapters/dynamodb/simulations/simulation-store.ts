import { gzipSync } from "node:zlib";
import { PutItemCommand, type PutItemCommandInput } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { ProfilesToTry, Simulation } from "#domain/simulation/job.ts";
import { RapportError } from "#kernel/errors.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";
import { chunkKey, fromChunks, toChunks } from "../requests/chunks.ts";
import { attributes, type Item, keyOf, putNew, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { putAll } from "../requests/transact.ts";

const JOB = "job";
/** What their ids begin with, and the right to them (infra/constructs/grants.ts). */
const PREFIX = "sim_";

/** We wrote it ourselves: one look that it is what we wrote is enough. */
const Kept = z.custom<Simulation>(
  (value) => typeof value === "object" && value !== null && "simulationId" in value && "tally" in value,
);
const Profiles = z.custom<ProfilesToTry>(Array.isArray);

const bytesOf = (item: Item): Uint8Array => item.data?.B ?? new Uint8Array();

const toItem = (simulation: Simulation): Item => ({
  ...keyOf(simulation.simulationId, JOB),
  ...attributes({ data: gzipSync(JSON.stringify(simulation)), step: simulation.step }),
});

/** The job on condition that its last step is the one before. */
const putStep = (table: string, simulation: Simulation): PutItemCommandInput => ({
  TableName: table,
  Item: toItem(simulation),
  ConditionExpression: "#step = :before",
  ExpressionAttributeNames: { "#step": "step" },
  ExpressionAttributeValues: attributes({ ":before": simulation.step - 1 }),
});

const queryFrom = (
  { client, table }: Table,
  simulationId: string,
  prefix: string,
): Promise<readonly Item[]> =>
  queryAll(client, {
    TableName: table,
    KeyConditionExpression: "pk = :pk and begins_with(sk, :prefix)",
    ExpressionAttributeValues: attributes({ ":pk": simulationId, ":prefix": prefix }),
    ConsistentRead: true,
  });

/** Beside the playbooks they are about: pk = simulationId, sk = `job` | `profiles#n` (gzip in chunks). */
export const dynamoSimulationStore = (table: Table): SimulationStore => ({
  create: async (simulation, profiles) => {
    const { simulationId } = simulation;
    const put = async (input: Omit<PutItemCommandInput, "TableName">) =>
      table.client.send(new PutItemCommand({ TableName: table.table, ...input }));
    const chunks = profiles.length === 0 ? [] : toChunks(JSON.stringify(profiles));
    for (const [index, data] of chunks.entries()) {
      await put({ Item: { ...keyOf(simulationId, chunkKey("profiles", index)), ...attributes({ data }) } });
    }
    await put(putNew(table.table, toItem(simulation)));
  },
  get: async (simulationId) => {
    // Those who run simulations may read no other partition: asking for one would be an error, not a miss.
    if (!simulationId.startsWith(PREFIX)) return null;
    const [item] = await queryFrom(table, simulationId, JOB);
    if (item === undefined) return null;
    return z.parse(Kept, JSON.parse(fromChunks([bytesOf(item)])));
  },
  save: async (simulation) =>
    (await putAll(table.client, [putStep(table.table, simulation)])) === null ? "saved" : "conflict",
  profiles: async (simulationId) => {
    const items = await queryFrom(table, simulationId, "profiles#");
    if (items.length === 0) return [];
    try {
      return z.parse(Profiles, JSON.parse(fromChunks(items.map(bytesOf))));
    } catch (cause) {
      throw new RapportError("internal", "the profiles of a simulation are damaged", { cause });
    }
  },
});
