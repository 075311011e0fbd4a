import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { toConsentItem, toStateItem } from "#adapters/dynamodb/customers/customer-items.ts";
import { batchWrite } from "#adapters/dynamodb/requests/batches.ts";
import { newState } from "#domain/customer/state.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { Consent } from "#domain/records/permission.ts";
import { localAws } from "#infra/local/aws/place.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { collectGarbage } from "#infra/local/machine/collect-garbage.ts";
import { parameterName } from "#runtime/names.ts";
import { type Client, succeed } from "../measure/client.ts";
import { measuredHub } from "../measure/hub.ts";
import { atLeast, atMost, exactly, noted, printTable } from "../measure/table.ts";

/** `RAPPORT_BENCH_SENDS=5000 npm run bench -- sends` shows the same on a busy machine. */
const MANY = Number(process.env.RAPPORT_BENCH_SENDS ?? 100_000);
const CHUNK = 500;
const LOOK_MS = 500;
/** What a walk may hold more at its end than it did once it was warm, however many it walks over. */
const GROWTH_MB = 150;
const AT = "2026-01-01T00:00:00.000Z";

const customer = (number: number): CustomerState => {
  const customerId = `cus_${String(number).padStart(26, "0")}`;
  const email = `reader-${number}@example.com`;
  const said = (value: string) => ({ value, at: AT, by: "evt_bench" });
  return {
    ...newState(customerId, AT),
    version: 1,
    identifiers: [{ type: "userId", value: `reader-${number}` }],
    traits: { email: said(email), firstName: said("Reader"), locale: said("en") },
    addresses: [{ channel: "email", value: email, status: "active", at: AT }],
  };
};

/** Writes customers as applying their events would have done: each has an address, and agreed to be written to. */
const fill = async (cloud: LocalCloud): Promise<void> => {
  const client = new DynamoDBClient(localAws(cloud.awsUrl));
  const table = cloud.deployment.parameters.get(parameterName("local", "tables/customers")) ?? "";
  const entry: Consent = {
    channel: "email",
    topic: "marketing",
    status: "granted",
    kind: "express",
    source: "bench",
    at: AT,
  };
  const consent = { version: 1, entries: { "email|marketing": entry } };
  for (let from = 0; from < MANY; from += CHUNK) {
    const puts = Array.from({ length: Math.min(CHUNK, MANY - from) }, (_, index): WriteRequest[] => {
      const state = customer(from + index);
      const items = [toStateItem(state), toConsentItem(state.customerId, consent)];
      return items.map((Item) => ({ PutRequest: { Item } }));
    });
    await batchWrite({ client, table }, puts.flat());
  }
  client.destroy();
};

type Walked = { readonly status: string; readonly decided: number; readonly sent: number };

/** Begins a send to everybody, and looks at it until it stands. `look`: with each look, by what was decided. */
const send = async (client: Client, dryRun: boolean, look: (decided: number) => void): Promise<Walked> => {
  const asked = { name: "bench", if: "customer.orders = 0", placement: "trigger.welcome", dryRun };
  const { sendId } = JSON.parse(succeed(await client.api("POST", "/v1/sends", asked)).body);
  for (;;) {
    const walked: Walked = JSON.parse(succeed(await client.api("GET", `/v1/sends/${sendId}`)).body);
    look(walked.decided);
    if (walked.status !== "queued" && walked.status !== "running") return walked;
    await sleep(LOOK_MS);
  }
};

const memoryMb = (): number => {
  collectGarbage();
  return process.memoryUsage().rss / 1024 / 1024;
};

/** `npm run bench -- sends`: a message for everybody, decided in how long, and with how much memory. */
export const run = async (): Promise<number> => {
  const { cloud, client } = await measuredHub();
  try {
    await fill(cloud);
    const dryFrom = Date.now();
    await send(client, true, () => undefined);
    const dry = (MANY * 1_000) / (Date.now() - dryFrom);
    let warm: number | undefined;
    const from = Date.now();
    const walked = await send(client, false, (decided) => {
      if (decided > MANY / 5) warm ??= memoryMb();
    });
    const each = (MANY * 1_000) / (Date.now() - from);
    const grown = memoryMb() - (warm ?? memoryMb());
    const many = MANY.toLocaleString("en");
    return printTable(`sends: one to ${many} customers`, [
      noted("tried dry, a second", Math.round(dry).toLocaleString("en")),
      atLeast("decided a second, each with its message", each, 500),
      exactly("decided", walked.decided, MANY),
      exactly("messages", walked.sent, MANY),
      atMost("memory that grew on the way, MB", grown, GROWTH_MB),
    ]);
  } finally {
    client.close();
    await cloud.stop();
  }
};
