import type { LocalCloud } from "#infra/local/cloud.ts";
import type { Client } from "../measure/client.ts";
import { measuredHub, sendAndSettle, stateKilobytes } from "../measure/hub.ts";
import { atMost, type Line, noted, printTable } from "../measure/table.ts";
import {
  CUSTOMERS_PER_BATCH,
  EVENTS_PER_BATCH,
  events,
  introductions,
  READERS,
  readers,
  signUps,
  triggering,
} from "../measure/workload.ts";

/** `npm run cost`: what an event costs in AWS requests, DynamoDB units and dollars, counted from the running system. */
const BATCHES = 10;
const TURNS = 4;
const INGESTING = ["collect/http", "profile/apply-events"];
const EVENTS_PER_CUSTOMER = EVENTS_PER_BATCH / CUSTOMERS_PER_BATCH;
const TOTAL = BATCHES * EVENTS_PER_BATCH;

type Usage = ReturnType<LocalCloud["usage"]["report"]>;
type Counts = Readonly<Record<string, number>>;
const sum = (counts: Counts = {}): number => Object.values(counts).reduce((total, count) => total + count, 0);
const madeByFunctions = ({ byFunction }: Usage): number =>
  Object.values(byFunction).reduce((made, counts) => made + sum(counts), 0);
const twoDigits = (value: number): string => value.toFixed(2);

const usageOfBatches = async (cloud: LocalCloud, client: Client, triggers: boolean): Promise<Usage> => {
  cloud.usage.reset();
  for (let batch = 0; batch < BATCHES; batch += 1)
    await sendAndSettle(client, events("cost", batch, triggers));
  return cloud.usage.report(TOTAL);
};

/** Many events, once without and once with triggers among them: requests, units and dollars for each. */
const batchLines = async (cloud: LocalCloud, client: Client): Promise<readonly Line[]> => {
  for (let batch = 0; batch < BATCHES; batch += 1) await sendAndSettle(client, introductions("cost", batch));
  const plain = await usageOfBatches(cloud, client, false);
  const usage = await usageOfBatches(cloud, client, true);
  const ingesting = INGESTING.reduce((made, name) => made + sum(usage.byFunction[name]), 0);
  const state = await stateKilobytes(cloud, client, `userId:${events("cost", 0, false)[0]?.userId}`);
  // KB written: the state once for all of a customer's events in the batch, 1 KB for each event's own item, and 1 more.
  const writeBudget = state / EVENTS_PER_CUSTOMER + 1 + 1;
  const perEvent = (what: string, count: number): Line => noted(what, twoDigits(count / TOTAL));
  const within = (what: string, count: number, budget: number): Line =>
    atMost(what, count / TOTAL, budget, twoDigits);
  return [
    noted("KB of state a customer", String(state), "about 4"),
    within("AWS requests per ingested event, made by functions", ingesting, 2),
    within("AWS requests per event of all stages, made by services", usage.requests.services.total, 1),
    within("DynamoDB write units per event applied", plain.dynamodb.writeUnits, writeBudget),
    perEvent("DynamoDB write units per event, decisions and messages included", usage.dynamodb.writeUnits),
    perEvent("DynamoDB read units per event", usage.dynamodb.readUnits),
    noted(
      "dollars per million events at list prices, us-east-1",
      twoDigits(usage.dollarsPerMillion ?? Number.NaN),
    ),
    ...Object.entries(usage.dollars.byService).map(([service, dollars]) =>
      noted(`  of it ${service}`, twoDigits((dollars / TOTAL) * 1e6)),
    ),
  ];
};

/**
 * One event on its own: the requests that functions make until the provider is called. Of several turns the least
 * counts: what a process reads once in five seconds (the live playbook's pointer) is no cost of an event.
 */
const printWayOfOne = async (cloud: LocalCloud, client: Client): Promise<number> => {
  const turns: Usage[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    cloud.usage.reset();
    await sendAndSettle(client, [{ ...triggering("cost"), messageId: `alone-${turn}` }]);
    turns.push(cloud.usage.report(1));
  }
  const least = turns.reduce((one, other) => (madeByFunctions(other) < madeByFunctions(one) ? other : one));
  if (least.byFunction["send/email"]?.["ses:SendEmail"] === undefined) throw new Error("no mail was sent");
  // The sender's last request records what the provider answered.
  const afterTheMail = 1;
  const most = Math.max(...turns.map(madeByFunctions)) - afterTheMail;
  const polls = Object.entries(least.requests.services.byOperation)
    .filter(([operation]) => operation.includes("Receive"))
    .reduce((received, [, count]) => received + count, 0);
  return printTable(
    `One triggering event on its way to the provider's call: the least of ${TURNS} (the most: ${most})`,
    [
      ...Object.entries(least.byFunction).map(([name, counts]) => {
        const calls = Object.entries(counts).map(([operation, times]) => `${operation} x${times}`);
        return noted(name, String(sum(counts)), calls.join(", "));
      }),
      atMost("made by functions before the mail leaves", madeByFunctions(least) - afterTheMail, 14),
      noted("polls of queues beside them", String(polls)),
    ],
  );
};

/** What learning costs. It lies beside the way of one event: what was sent is gathered, and written once for many. */
const printLearning = async (cloud: LocalCloud, client: Client): Promise<void> => {
  await sendAndSettle(client, readers("cost"));
  cloud.usage.reset();
  await sendAndSettle(client, signUps("cost"));
  const { byFunction, dynamodb } = cloud.usage.report(READERS);
  const perMail = (count: number): string => twoDigits(count / READERS);
  printTable(`A mail that is learnt of, each of ${READERS} at once: all requests until it is counted`, [
    ...Object.entries(byFunction).map(([name, counts]) => noted(name, perMail(sum(counts)))),
    noted("DynamoDB write units", perMail(dynamodb.writeUnits)),
  ]);
};

const { cloud, client } = await measuredHub();
try {
  const lines = await batchLines(cloud, client);
  const over =
    printTable(`What ${TOTAL} events cost, one in twenty a trigger`, lines) +
    (await printWayOfOne(cloud, client));
  await printLearning(cloud, client);
  process.exitCode = over === 0 ? 0 : 1;
} finally {
  client.close();
  await cloud.stop();
}
