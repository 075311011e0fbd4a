import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import { localAws } from "#infra/local/aws/place.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { parameterName } from "#runtime/names.ts";
import { type Client, succeed } from "../measure/client.ts";
import { measuredHub, sendAndSettle } from "../measure/hub.ts";
import { type Line, noted, printTable } from "../measure/table.ts";
import { introductions } from "../measure/workload.ts";

const FEW = 10;
/** `RAPPORT_BENCH_HISTORY=1000000 npm run bench -- history` takes the better part of an hour, and shows the same. */
const MANY = Number(process.env.RAPPORT_BENCH_HISTORY ?? 20_000);
const CHUNK = 500;
/** Each step is measured so often and the least counts: a process reads the live version every five seconds besides. */
const TURNS = 3;

/** What a step costs: the requests of every function, by operation, and DynamoDB units. */
type Cost = { readonly requests: string; readonly read: number; readonly write: number };

const profileOf = async (client: Client, userId: string): Promise<string> =>
  JSON.parse(succeed(await client.api("GET", `/v1/profiles/userId:${userId}`)).body).customerId;

/** Writes past events of a customer to the history table, as applying them would have done. */
const fillPast = async (cloud: LocalCloud, customerId: string, count: number): Promise<void> => {
  const client = new DynamoDBClient(localAws(cloud.awsUrl));
  const table = cloud.deployment.parameters.get(parameterName("local", "tables/history")) ?? "";
  const history = dynamoHistoryStore({ client, table });
  const start = Date.parse("2024-01-01T00:00:00.000Z");
  for (let from = 0; from < count; from += CHUNK) {
    const facts = Array.from({ length: Math.min(CHUNK, count - from) }, (_, index): HistoryItem => {
      const id = `evt_past_${customerId}_${from + index}`;
      const at = new Date(start + (from + index) * 1_000).toISOString();
      const body = {
        type: "track",
        name: "Product List Viewed",
        properties: { list_id: "coffee" },
        depth: 0,
      };
      return { id, kind: "event", customerId, at, body };
    });
    await history.put(facts);
  }
  client.destroy();
};

const STEPS: Readonly<Record<string, (client: Client, userId: string, turn: number) => Promise<void>>> = {
  "an event": (client, userId, turn) =>
    sendAndSettle(client, [
      {
        type: "track",
        event: "Product List Viewed",
        userId,
        messageId: `view-${userId}-${turn}`,
        properties: { list_id: "coffee" },
      },
    ]),
  "an event, its decision and message": (client, userId, turn) =>
    sendAndSettle(client, [
      {
        type: "track",
        event: "Order Shipped",
        userId,
        messageId: `shipped-${userId}-${turn}`,
        properties: { order_id: "O-1", carrier: "post" },
      },
    ]),
  "a page of the timeline": async (client, userId) => {
    succeed(await client.api("GET", `/v1/profiles/userId:${userId}/timeline?limit=5`));
  },
};

const costOf = async (cloud: LocalCloud, work: () => Promise<void>): Promise<Cost> => {
  cloud.usage.reset();
  await work();
  const { byFunction, dynamodb } = cloud.usage.report(1);
  const requests = Object.entries(byFunction)
    .flatMap(([name, counts]) =>
      Object.entries(counts).map(([operation, times]) => `${name} ${operation} x${times}`),
    )
    .sort()
    .join(", ");
  return { requests, read: dynamodb.readUnits, write: dynamodb.writeUnits };
};

const total = ({ requests }: Cost): number =>
  [...requests.matchAll(/x(\d+)/g)].reduce((sum, [, times]) => sum + Number(times), 0);

/** `npm run bench -- history`: a customer with a long past must cost no more than one with a short past. */
export const run = async (): Promise<number> => {
  const { cloud, client } = await measuredHub();
  try {
    const [few, many] = introductions("past", 0).map(({ userId }) => String(userId));
    if (few === undefined || many === undefined) throw new Error("nobody to measure");
    await sendAndSettle(client, introductions("past", 0));
    await fillPast(cloud, await profileOf(client, few), FEW);
    await fillPast(cloud, await profileOf(client, many), MANY);
    const lines: Line[] = [];
    for (const [step, work] of Object.entries(STEPS)) {
      // Each turn makes the state larger: only the same turn of both customers can be compared.
      const turns: (readonly [short: Cost, long: Cost])[] = [];
      for (let turn = 0; turn < TURNS; turn += 1) {
        const short = await costOf(cloud, () => work(client, few, turn));
        turns.push([short, await costOf(cloud, () => work(client, many, turn))]);
      }
      const both = ([one, other]: readonly [Cost, Cost]): number => total(one) + total(other);
      const [short, long] = turns.reduce((one, other) => (both(other) < both(one) ? other : one));
      const shown = (cost: Cost): string =>
        `${total(cost)} requests, ${cost.read} read, ${cost.write} written units`;
      lines.push(noted(`${step}, ${FEW} past events`, shown(short)));
      lines.push({
        what: `${step}, ${MANY.toLocaleString("en")} past events`,
        figure: shown(long),
        budget: "the same",
        holds: JSON.stringify(short) === JSON.stringify(long),
      });
    }
    return printTable(`history: what a long past costs, the least of ${TURNS}`, lines);
  } finally {
    client.close();
    await cloud.stop();
  }
};
