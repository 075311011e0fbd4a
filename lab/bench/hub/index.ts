import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, clientOf } from "../../measure/client.ts";
import {
  atLeast,
  atMost,
  exactly,
  type Line,
  median,
  noted,
  percentile,
  printTable,
} from "../../measure/table.ts";
import { type CrashCount, crashBurst } from "./crash.ts";
import { burst, mailLatencies, oneCustomer, publishBench, throughput } from "./loads.ts";
import { type HubProcess, startHub } from "./process.ts";

const PORT = 4_870;
const CONNECTIONS = 16;
const inUnit =
  (unit: string) =>
  (value: number): string =>
    `${Math.round(value).toLocaleString("en")} ${unit}`;
const perSecond = inUnit("/s");
const milliseconds = inUnit("ms");
const seconds = inUnit("s");
const megabytes = inUnit("MB");

/** Figures of Parcelvoy with MariaDB and Redis, taken on two cores of the same kind. */
const PEER = {
  acceptedBatch: 6_500,
  acceptedSingle: 690,
  appliedBatch: 850,
  appliedSingle: 480,
  latencyMedian: 79,
  latency95: 96,
  burstSeconds: 36,
  memoryIdle: 357,
  memoryLoaded: 635,
} as const;

/** Two batches of ten are with the sender at once. Those may go out twice, and no others (docs/invariants.md, 8). */
const UNDER_WAY = 20;

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

const throughputLines = async (hub: HubProcess, client: Client): Promise<readonly Line[]> => {
  await throughput(client, "warm", { requests: 20, perRequest: 100, width: CONNECTIONS });
  const [batch, batchTime] = await timed(hub, { what: "100 a request", events: 10_000 }, () =>
    throughput(client, "batch", { requests: 100, perRequest: 100, width: CONNECTIONS }),
  );
  const [single, singleTime] = await timed(hub, { what: "1 a request", events: 3_000 }, () =>
    throughput(client, "single", { requests: 3_000, perRequest: 1, width: CONNECTIONS }),
  );
  return [
    batchTime,
    atLeast(
      `accepted events/s, 100 a request, ${CONNECTIONS} connections`,
      batch.accepted,
      PEER.acceptedBatch,
      perSecond,
    ),
    singleTime,
    atLeast("accepted events/s, 1 a request", single.accepted, PEER.acceptedSingle, perSecond),
    atLeast("applied and evaluated events/s, 100 a request", batch.applied, PEER.appliedBatch, perSecond),
    atLeast("applied and evaluated events/s, 1 a request", single.applied, PEER.appliedSingle, perSecond),
  ];
};

const latencyLines = async (client: Client): Promise<readonly Line[]> => {
  const latencies = await mailLatencies(client, 100, 5);
  return [
    atMost("event -> mail leaves, 5/s: p50", median(latencies), PEER.latencyMedian, milliseconds),
    atMost("event -> mail leaves, 5/s: p95", percentile(latencies, 0.95), PEER.latency95, milliseconds),
  ];
};

const burstLines = async (hub: HubProcess, client: Client): Promise<readonly Line[]> => {
  const [last, time] = await timed(hub, { what: "each with its mail", events: 2_000 }, () =>
    burst(client, 2_000),
  );
  return [
    time,
    atMost("2,000 triggering events at once: last mail after", last.seconds, PEER.burstSeconds, seconds),
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
    lines.push(...(await throughputLines(hub, client)));
    lines.push(...(await latencyLines(client)));
    lines.push(...(await burstLines(hub, client)));
    const messages = await oneCustomer(client, 200);
    lines.push(exactly("200 concurrent events for one customer: messages", messages, 200));
    const loaded = hub.memoryMb();
    client.close();

    const crash = await crashBurst(hub, { stateDir, port: PORT, events: 2_000, killAfterMs: [1_000, 2_000] });
    hub = crash.hub;
    lines.push(...crashLines(crash.count));
    lines.push(atMost("memory idle", idle, PEER.memoryIdle, megabytes));
    lines.push(atMost("memory after load", loaded, PEER.memoryLoaded, megabytes));
  } finally {
    await hub.kill("SIGTERM");
    rmSync(stateDir, { recursive: true, force: true });
  }
  return printTable("The hub, beside a peer with MariaDB and Redis on 2 cores", lines);
};
