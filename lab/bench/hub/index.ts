import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, clientOf } from "../../measure/client.ts";
import { atMost, exactly, type Line, median, noted, percentile, printTable } from "../../measure/table.ts";
import { type CrashCount, crashBurst } from "./crash.ts";
import { burst, mailLatencies, oneCustomer, publishBench } from "./loads.ts";
import { NOTIFUSE, PARCELVOY } from "./peers.ts";
import { type HubProcess, startHub } from "./process.ts";
import { CONNECTIONS, rateLines } from "./rates.ts";

const PORT = 4_870;
const inUnit =
  (unit: string) =>
  (value: number): string =>
    `${Math.round(value).toLocaleString("en")} ${unit}`;
const milliseconds = inUnit("ms");
const seconds = inUnit("s");
const megabytes = inUnit("MB");

const MEMORY_IDLE = 357;

const besides = (
  name: keyof typeof NOTIFUSE & keyof typeof PARCELVOY,
  write: (value: number) => string,
): string => `Parcelvoy ${write(PARCELVOY[name])}, Notifuse ${write(NOTIFUSE[name])}`;

/** So many are between provider and record at once. Those may go out twice, and no others (docs/invariants.md, 8). */
const UNDER_WAY = 8;

/** What the work gives, and a line with the processor time of the hub that each of its events took. */
const timed = async <T>(
  hub: HubProcess,
  { what, events }: { readonly what: string; readonly events: number },
  work: () => Promise<T>,
): Promise<readonly [T, Line]> => {
  const before = hub.cpuMs();
  const result = await work();
  const each = (hub.cpuMs() - before) / events;
  return [result, noted(`  processor time an event, ${what}`, `${each.toFixed(2)} ms`)];
};

const latencyLines = async (client: Client): Promise<readonly Line[]> => {
  const latencies = await mailLatencies(client, 100, 5);
  return [
    {
      ...atMost("event -> mail leaves, 5/s: p50", median(latencies), PARCELVOY.latencyMedian, milliseconds),
      peers: besides("latencyMedian", milliseconds),
    },
    {
      ...atMost(
        "event -> mail leaves, 5/s: p95",
        percentile(latencies, 0.95),
        PARCELVOY.latency95,
        milliseconds,
      ),
      peers: besides("latency95", milliseconds),
    },
  ];
};

const burstLines = async (hub: HubProcess, client: Client): Promise<readonly Line[]> => {
  const [last, time] = await timed(hub, { what: "each with its mail", events: 2_000 }, () =>
    burst(client, 2_000),
  );
  return [
    time,
    {
      ...atMost(
        "2,000 triggering events at once: last mail after",
        last.seconds,
        PARCELVOY.burstSeconds,
        seconds,
      ),
      peers: besides("burstSeconds", seconds),
    },
    exactly("  mails of that burst", last.mails, 2_000),
  ];
};

const crashLines = ({ lost, doubled, kills }: CrashCount): readonly Line[] => [
  exactly("kill -9 twice in a burst of 2,000: lost", lost, 0),
  atMost("  sent twice, of those under way at a kill", doubled, UNDER_WAY * kills),
];

/** `npm run bench -- hub`: the whole hub as a user starts it, in the terms of a peer's measurements. */
export const run = async (): Promise<number> => {
  const stateDir = mkdtempSync(join(tmpdir(), "rapport-bench-"));
  let hub = await startHub({ stateDir, port: PORT });
  const lines: Line[] = [];
  try {
    const idle = hub.memoryMb();
    const client = clientOf(hub.url, CONNECTIONS);
    await publishBench(client);
    lines.push(...(await rateLines(hub, client)));
    lines.push(...(await latencyLines(client)));
    lines.push(...(await burstLines(hub, client)));
    const messages = await oneCustomer(client, 200);
    lines.push(exactly("200 concurrent events for one customer: messages", messages, 200));
    const loaded = hub.memoryMb();
    client.close();

    const crash = await crashBurst(hub, { stateDir, port: PORT, events: 2_000, killAfterMs: [1_000, 2_000] });
    hub = crash.hub;
    lines.push(...crashLines(crash.count));
    lines.push(
      { ...atMost("memory idle", idle, MEMORY_IDLE, megabytes), peers: besides("memoryIdle", megabytes) },
      {
        ...atMost("memory after load", loaded, PARCELVOY.memoryLoaded, megabytes),
        peers: besides("memoryLoaded", megabytes),
      },
    );
  } finally {
    await hub.kill("SIGTERM");
    rmSync(stateDir, { recursive: true, force: true });
  }
  return printTable("The hub, beside two peers on the same work and 2 cores", lines);
};
