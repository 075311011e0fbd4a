import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientOf } from "../../measure/client.ts";
import { type Line, median, percentile, printTable } from "../../measure/table.ts";
import { crashBurst } from "./crash.ts";
import { burst, mailLatencies, oneCustomer, publishBench, throughput } from "./measure.ts";
import { startHub } from "./process.ts";

const PORT = 4_870;
const whole = (value: number): string => Math.round(value).toLocaleString("en");

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

/** `npm run bench -- hub`: the whole hub as a user starts it, in the terms of a peer's measurements. */
export const run = async (): Promise<number> => {
  const stateDir = mkdtempSync(join(tmpdir(), "rapport-bench-"));
  let hub = await startHub({ stateDir, port: PORT });
  const lines: Line[] = [];
  const atLeast = (what: string, figure: number, budget: number, unit: string): void => {
    lines.push({
      what,
      figure: `${whole(figure)} ${unit}`,
      budget: `>= ${whole(budget)}`,
      holds: figure >= budget,
    });
  };
  const atMost = (what: string, figure: number, budget: number, unit: string): void => {
    lines.push({
      what,
      figure: `${whole(figure)} ${unit}`,
      budget: `<= ${whole(budget)}`,
      holds: figure <= budget,
    });
  };
  try {
    const idle = hub.memoryMb();
    const client = clientOf(hub.url, 16);
    await publishBench(client);

    const costly = async <T>(what: string, events: number, work: () => Promise<T>): Promise<T> => {
      const before = hub.cpuMs();
      const result = await work();
      const each = (hub.cpuMs() - before) / events;
      lines.push({
        what: `  processor time an event, ${what}`,
        figure: `${each.toFixed(2)} ms`,
        budget: "",
        holds: null,
      });
      return result;
    };
    await throughput(client, "warm", { requests: 20, perRequest: 100, width: 16 });
    const batch = await costly("100 a request", 10_000, () =>
      throughput(client, "batch", { requests: 100, perRequest: 100, width: 16 }),
    );
    atLeast("accepted events/s, 100 a request, 16 connections", batch.accepted, PEER.acceptedBatch, "/s");
    const single = await costly("1 a request", 3_000, () =>
      throughput(client, "single", { requests: 3_000, perRequest: 1, width: 16 }),
    );
    atLeast("accepted events/s, 1 a request", single.accepted, PEER.acceptedSingle, "/s");
    atLeast("applied and evaluated events/s, 100 a request", batch.applied, PEER.appliedBatch, "/s");
    atLeast("applied and evaluated events/s, 1 a request", single.applied, PEER.appliedSingle, "/s");

    const latencies = await mailLatencies(client, 100, 5);
    atMost("event -> mail leaves, 5/s: p50", median(latencies), PEER.latencyMedian, "ms");
    atMost("event -> mail leaves, 5/s: p95", percentile(latencies, 0.95), PEER.latency95, "ms");

    const { seconds, mails } = await costly("each with its mail", 2_000, () => burst(client, 2_000));
    atMost("2,000 triggering events at once: last mail after", seconds, PEER.burstSeconds, "s");
    lines.push({
      what: "  mails of that burst",
      figure: whole(mails),
      budget: "2,000",
      holds: mails === 2_000,
    });

    const arrived = await oneCustomer(client, 200);
    lines.push({
      what: "200 concurrent events for one customer: messages",
      figure: whole(arrived),
      budget: "200",
      holds: arrived === 200,
    });
    const loaded = hub.memoryMb();
    client.close();

    const crash = await crashBurst(hub, { stateDir, port: PORT, events: 2_000, killAfterMs: [1_000, 2_000] });
    hub = crash.hub;
    lines.push({
      what: "kill -9 twice in a burst of 2,000: lost",
      figure: whole(crash.count.lost),
      budget: "0",
      holds: crash.count.lost === 0,
    });
    atMost(
      "  sent twice, of those under way at a kill",
      crash.count.doubled,
      UNDER_WAY * crash.count.kills,
      "",
    );
    atMost("memory idle", idle, PEER.memoryIdle, "MB");
    atMost("memory after load", loaded, PEER.memoryLoaded, "MB");
  } finally {
    await hub.kill("SIGTERM");
    rmSync(stateDir, { recursive: true, force: true });
  }
  return printTable("The hub, beside a peer with MariaDB and Redis on 2 cores", lines);
};
