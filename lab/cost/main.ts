import { measuredHub, sendAndSettle, stateKilobytes } from "../measure/hub.ts";
import { type Line, printTable } from "../measure/table.ts";
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

type Counts = Readonly<Record<string, number>>;
const sum = (counts: Counts = {}): number => Object.values(counts).reduce((total, count) => total + count, 0);
const perEvent = (count: number, of: number): number => count / of;

const { cloud, client } = await measuredHub();
try {
  for (let batch = 0; batch < BATCHES; batch += 1) await sendAndSettle(client, introductions("cost", batch));

  const total = BATCHES * EVENTS_PER_BATCH;
  const measured = async (triggers: boolean) => {
    cloud.usage.reset();
    for (let batch = 0; batch < BATCHES; batch += 1)
      await sendAndSettle(client, events("cost", batch, triggers));
    return cloud.usage.report(total);
  };
  const plain = await measured(false);
  const usage = await measured(true);
  const ingesting = INGESTING.reduce((made, name) => made + sum(usage.byFunction[name]), 0);
  // Changed items in KB: the state once for a customer's events of the batch, each event's own fact of one KB; and one.
  const state = await stateKilobytes(cloud, client, `userId:${events("cost", 0, false)[0]?.userId}`);
  const writeBudget = state / EVENTS_PER_CUSTOMER + 1 + 1;
  const lines: Line[] = [
    { what: "KB of state a customer", figure: String(state), budget: "about 4", holds: null },
  ];
  const atMost = (what: string, figure: number, budget: number): void => {
    lines.push({
      what,
      figure: figure.toFixed(2),
      budget: `<= ${budget.toFixed(2)}`,
      holds: figure <= budget,
    });
  };
  atMost("AWS requests per ingested event, made by functions", perEvent(ingesting, total), 2);
  atMost(
    "AWS requests per event of all stages, made by services",
    perEvent(usage.requests.services.total, total),
    1,
  );
  atMost("DynamoDB write units per event applied", perEvent(plain.dynamodb.writeUnits, total), writeBudget);
  lines.push({
    what: "DynamoDB write units per event, decisions and messages included",
    figure: perEvent(usage.dynamodb.writeUnits, total).toFixed(2),
    budget: "",
    holds: null,
  });
  lines.push({
    what: "DynamoDB read units per event",
    figure: perEvent(usage.dynamodb.readUnits, total).toFixed(2),
    budget: "",
    holds: null,
  });
  lines.push({
    what: "dollars per million events at list prices, us-east-1",
    figure: (usage.dollarsPerMillion ?? Number.NaN).toFixed(2),
    budget: "",
    holds: null,
  });
  for (const [service, dollars] of Object.entries(usage.dollars.byService)) {
    lines.push({
      what: `  of it ${service}`,
      figure: ((dollars / total) * 1e6).toFixed(2),
      budget: "",
      holds: null,
    });
  }
  let over = printTable(`What ${total} events cost, one in twenty a trigger`, lines);

  // One event on its own: what lies on its way to the provider, the requests after the mail left out. The least of some:
  // what a process reads once in five seconds (the live playbook's pointer) is no cost of an event.
  const ways = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    cloud.usage.reset();
    await sendAndSettle(client, [{ ...triggering("cost"), messageId: `alone-${turn}` }]);
    const report = cloud.usage.report(1);
    ways.push({
      report,
      total: Object.values(report.byFunction).reduce((made, counts) => made + sum(counts), 0),
    });
  }
  const least = ways.reduce((one, other) => (other.total < one.total ? other : one));
  const alone = least.report;
  const made = Object.entries(alone.byFunction).map(([name, counts]) => ({
    name,
    counts,
    total: sum(counts),
  }));
  if (alone.byFunction["send/email"]?.["ses:SendEmail"] === undefined) throw new Error("no mail was sent");
  const after = 1;
  const polls = Object.entries(alone.requests.services.byOperation)
    .filter(([operation]) => operation.includes("Receive"))
    .reduce((received, [, count]) => received + count, 0);
  const way = made.reduce((requests, { total: count }) => requests + count, 0) - after;
  const most = Math.max(...ways.map(({ total: count }) => count)) - after;
  const title = `One triggering event on its way to the provider's call: the least of ${TURNS} (the most: ${most})`;
  over += printTable(title, [
    ...made.map(({ name, counts, total: count }) => ({
      what: name,
      figure: String(count),
      budget: Object.entries(counts)
        .map(([operation, times]) => `${operation} x${times}`)
        .join(", "),
      holds: null,
    })),
    {
      what: "made by functions before the mail leaves",
      figure: String(way),
      budget: "<= 14",
      holds: way <= 14,
    },
    { what: "polls of queues beside them", figure: String(polls), budget: "", holds: null },
  ]);

  // What learning costs is not on that way: choices sent are trials, gathered and written once for many.
  await sendAndSettle(client, readers("cost"));
  cloud.usage.reset();
  await sendAndSettle(client, signUps("cost"));
  const learnt = cloud.usage.report(READERS);
  printTable(`A mail that is learnt of, each of ${READERS} at once: all requests until it is counted`, [
    ...Object.entries(learnt.byFunction).map(([name, counts]) => ({
      what: name,
      figure: perEvent(sum(counts), READERS).toFixed(2),
      budget: "",
      holds: null,
    })),
    {
      what: "DynamoDB write units",
      figure: perEvent(learnt.dynamodb.writeUnits, READERS).toFixed(2),
      budget: "",
      holds: null,
    },
  ]);
  process.exitCode = over === 0 ? 0 : 1;
} finally {
  client.close();
  await cloud.stop();
}
