import { setTimeout as sleep } from "node:timers/promises";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel/time.ts";
import { type Client, inParallel, succeed } from "../measure/client.ts";
import { measuredHub } from "../measure/hub.ts";
import { atMost, exactly, noted, percentile, printTable } from "../measure/table.ts";
import { introduce, outbox, publishBench, settle } from "./hub/loads.ts";
import { BENCH_PLAYBOOK } from "./hub/playbook.ts";

/** `RAPPORT_BENCH_RUNS=2000 npm run bench -- journeys` shows the same on a busy machine. */
const MANY = Number(process.env.RAPPORT_BENCH_RUNS ?? 100_000);
const BATCH = 100;
const WIDTH = 16;
/** Other mail: so many, at this pace. */
const MAILS = 50;
const PER_SECOND = 5;
const MOST_MINUTES = 10;
/** Other mail may take so much longer while runs fall due. */
const MOST_SLOWER = 2;
/** Far enough ahead for everybody to have entered. */
const AHEAD_MS = 3 * HOUR_MS;

/** Whoever enters waits until a moment that is the same for everybody, is marked, and is out. */
const waitingUntil = (until: string): Readonly<Record<string, string>> => ({
  ...BENCH_PLAYBOOK,
  "data-model.yaml": `${BENCH_PLAYBOOK["data-model.yaml"]}  Entered: {}\n`.replace(
    "  firstName: string",
    "  firstName: string\n  isMarked: boolean",
  ),
  "journeys/together.yaml": `
enter: { on: Entered }
maxAge: P30D
steps:
  rest: { waitUntil: 'date and time("${until}")', next: mark, otherwise: stop }
  mark: { set: { isMarked: true }, next: over }
  over: { exit: { as: marked } }
`,
});

const enterAll = (client: Client): Promise<void> =>
  inParallel(MANY / BATCH, WIDTH, async (index) => {
    const batch = Array.from({ length: BATCH }, (_, n) => {
      const userId = `run-${index * BATCH + n}`;
      return { type: "track", event: "Entered", userId, messageId: `in-${userId}` };
    });
    succeed(await client.collect("batch", { batch }));
  });

const hubNow = async (client: Client): Promise<number> =>
  Date.parse(JSON.parse(succeed(await client.api("GET", "/_local/clock")).body).now);

/** Milliseconds from each of some events to its mail, while something else goes on: `name` tells them from others. */
const mailsBeside = async (client: Client, name: string): Promise<readonly number[]> => {
  const asked = new Map<string, number>();
  for (let n = 0; n < MAILS; n += 1) {
    asked.set(`${name}${n}@example.com`, await hubNow(client));
    const event = { type: "track", event: "Ping", userId: `${name}${n}`, messageId: `ping-${name}${n}` };
    succeed(await client.collect("track", { ...event, properties: { n } }));
    await sleep(SECOND_MS / PER_SECOND);
  }
  for (let waited = 0; waited < MOST_MINUTES * 60; waited += 1) {
    const took = (await outbox(client)).flatMap(({ to, at }) => {
      const from = asked.get(to);
      return from === undefined ? [] : [Date.parse(at) - from];
    });
    if (took.length === MAILS) return took;
    await sleep(SECOND_MS);
  }
  throw new Error(`not every mail to ${name} left within ${MOST_MINUTES} minutes`);
};

/** How many runs came to the end that they were to come to. */
const marked = async (client: Client): Promise<number> => {
  const { items } = JSON.parse(succeed(await client.api("GET", "/v1/journeys")).body);
  return items[0].exited.marked ?? 0;
};

/** `npm run bench -- journeys`: runs that all fall due in the same minute, and what other mail feels of it. */
export const run = async (): Promise<number> => {
  const { cloud, client } = await measuredHub();
  try {
    const until = new Date((await hubNow(client)) + AHEAD_MS);
    await publishBench(client, waitingUntil(until.toISOString()));
    await introduce(client, "quiet", MAILS);
    await introduce(client, "beside", MAILS);
    const enteredFrom = Date.now();
    await enterAll(client);
    await settle(client);
    const entered = (MANY * SECOND_MS) / (Date.now() - enteredFrom);
    const quiet = percentile(await mailsBeside(client, "quiet"), 0.95);

    const from = Date.now();
    const draining = settle(
      client,
      `PT${Math.ceil((until.getTime() - (await hubNow(client))) / SECOND_MS) + 60}S`,
    );
    const beside = percentile(await mailsBeside(client, "beside"), 0.95);
    await draining;
    const minutes = (Date.now() - from) / MINUTE_MS;
    return printTable(`journeys: ${MANY.toLocaleString("en")} runs due in one minute`, [
      noted("entered a second", Math.round(entered).toLocaleString("en")),
      atMost("all stepped within, minutes", minutes, MOST_MINUTES, (value) => value.toFixed(1)),
      exactly("runs that ended", await marked(client), MANY),
      noted("other mail before: p95, ms", Math.round(quiet).toLocaleString("en")),
      atMost("other mail meanwhile: p95, times as long", beside / quiet, MOST_SLOWER, (value) =>
        value.toFixed(1),
      ),
    ]);
  } finally {
    client.close();
    await cloud.stop();
  }
};
