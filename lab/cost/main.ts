import type { LocalCloud } from "#infra/local/cloud.ts";
import type { Client } from "../measure/client.ts";
import { measuredHub, sendAllAndSettle, sendAndSettle, stateKilobytes } from "../measure/hub.ts";
import { atMost, type Line, noted, printTable } from "../measure/table.ts";
import {
  EVENTS_PER_BATCH,
  events,
  introductions,
  introductionsOfReturning,
  READERS,
  RETURNING,
  readers,
  returningEvents,
  signUps,
  triggering,
} from "../measure/workload.ts";
import { printAnswers } from "./answers.ts";
import { printChannels } from "./channels.ts";
import { modelLines } from "./models.ts";

/** `npm run cost`: what an event costs in AWS requests, DynamoDB units and dollars, counted from the running system. */
const BATCHES = 10;
const TURNS = 4;
const INGESTING = ["collect/http", "profile/apply-events"];
/** Write units an event: a share of the state, and an event's own item with its entry in the customer's timeline. */
const WRITE_UNITS = 2.5;
const RETURNING_BATCHES = 50;
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
  const perEvent = (what: string, count: number): Line => noted(what, twoDigits(count / TOTAL));
  const within = (what: string, count: number, budget: number): Line =>
    atMost(what, count / TOTAL, budget, twoDigits);
  return [
    noted("KB of state a customer, as written", String(state)),
    within("AWS requests per ingested event, made by functions", ingesting, 2),
    within("AWS requests per event of all stages, made by services", usage.requests.services.total, 1),
    within("DynamoDB write units per event applied", plain.dynamodb.writeUnits, WRITE_UNITS),
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
 * Customers who return: each event of a batch is another's, 16 requests at a time. What of one customer waits in the queue
 * is applied together; where nothing waits, each event writes a state of its own, and so costs most.
 */
const printReturning = async (cloud: LocalCloud, client: Client): Promise<number> => {
  const batches = (from: number, count: number, make: typeof returningEvents) =>
    Array.from({ length: count }, (_, index) => make("cost", from + index));
  const introduced = RETURNING / EVENTS_PER_BATCH;
  await sendAllAndSettle(client, batches(0, introduced, introductionsOfReturning));
  cloud.usage.reset();
  await sendAllAndSettle(client, batches(0, RETURNING_BATCHES, returningEvents));
  const total = RETURNING_BATCHES * EVENTS_PER_BATCH;
  const usage = cloud.usage.report(total);
  cloud.usage.reset();
  for (const batch of batches(RETURNING_BATCHES, introduced, returningEvents))
    await sendAndSettle(client, batch);
  const slow = cloud.usage.report(RETURNING);
  const { dynamodb } = usage;
  return printTable(
    `What ${total} events of ${RETURNING} customers in turn cost, each of a batch another's`,
    [
      atMost("AWS requests per event, made by functions", madeByFunctions(usage) / total, 2, twoDigits),
      noted("  where nothing waits", twoDigits(madeByFunctions(slow) / RETURNING)),
      atMost("AWS requests per event, made by services", usage.requests.services.total / total, 1, twoDigits),
      atMost("DynamoDB write units per event", dynamodb.writeUnits / total, WRITE_UNITS, twoDigits),
      noted("  where nothing waits", twoDigits(slow.dynamodb.writeUnits / RETURNING)),
      noted("DynamoDB read units per event", twoDigits(dynamodb.readUnits / total)),
      noted("  where nothing waits", twoDigits(slow.dynamodb.readUnits / RETURNING)),
      noted("dollars per million events", twoDigits(usage.dollarsPerMillion ?? Number.NaN)),
    ],
  );
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
  // The sender's last requests record what the provider answered, and tell the reports.
  const afterTheMail = 2;
  // No mail waits for the counting of what was decided.
  const onTheWay = (usage: Usage): number =>
    madeByFunctions(usage) - sum(usage.byFunction["measure/learn"] ?? {}) - afterTheMail;
  const least = turns.reduce((one, other) => (onTheWay(other) < onTheWay(one) ? other : one));
  if (least.byFunction["send/email"]?.["ses:SendEmail"] === undefined) throw new Error("no mail was sent");
  const most = Math.max(...turns.map(onTheWay));
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
      atMost("made by functions before the mail leaves", onTheWay(least), 14),
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

/** Customers who were introduced by the batches before. */
const visitors = (): readonly string[] => introductions("cost", 0).map(({ userId }) => String(userId));

const { cloud, client } = await measuredHub();
try {
  const lines = await batchLines(cloud, client);
  const events =
    printTable(`What ${TOTAL} events cost, one in twenty a trigger`, lines) +
    (await printReturning(cloud, client)) +
    (await printWayOfOne(cloud, client)) +
    (await printAnswers(cloud, client)) +
    (await printChannels(cloud, client));
  await printLearning(cloud, client);
  const models = await modelLines(cloud, client, visitors());
  const over = events + printTable("What was learnt, read units for it", models);
  process.exitCode = over === 0 ? 0 : 1;
} finally {
  client.close();
  await cloud.stop();
}
