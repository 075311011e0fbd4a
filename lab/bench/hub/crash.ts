import { setTimeout as sleep } from "node:timers/promises";
import { type Client, clientOf, inParallel } from "../../measure/client.ts";
import { introduce, outbox, settle } from "./loads.ts";
import { type HubProcess, startHub } from "./process.ts";

export type CrashCount = {
  readonly events: number;
  /** Accepted events without a mail. */
  readonly lost: number;
  /** Mails beyond the first for the same event. */
  readonly doubled: number;
  readonly kills: number;
};

const batchOf = (index: number) =>
  Array.from({ length: 100 }, (_, n) => {
    const number = index * 100 + n;
    return {
      type: "track",
      event: "Ping",
      userId: `crash${number}`,
      messageId: `crash-${number}`,
      properties: { n: number },
    };
  });

/** Sends like Segment's clients: the same batch again until it is answered with 200. */
const sendUntilTaken = async (current: () => Client, index: number): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      const { status } = await current().collect("batch", { batch: batchOf(index) });
      if (status === 200) return;
    } catch {
      // The hub is down: that is the point.
    }
    await sleep(250);
  }
  throw new Error(`batch ${index} was never taken`);
};

/**
 * Sends `events` triggering events at once, kills the hub with SIGKILL at each of the given moments (ms after the
 * start), starts it again on the same state, and counts lost and doubled mails once all is quiet.
 */
export const crashBurst = async (
  hub: HubProcess,
  options: { stateDir: string; port: number; events: number; killAfterMs: readonly number[] },
): Promise<{ hub: HubProcess; count: CrashCount }> => {
  let running = hub;
  let client = clientOf(hub.url, 16);
  await introduce(client, "crash", options.events);

  const sending = inParallel(options.events / 100, 8, (index) => sendUntilTaken(() => client, index));
  for (const wait of options.killAfterMs) {
    await sleep(wait);
    await running.kill("SIGKILL");
    client.close();
    running = await startHub(options);
    client = clientOf(running.url, 16);
  }
  await sending;
  // What was in flight at a kill is taken up again when its claim or its visibility ends.
  await settle(client, "PT10M");

  const mails = (await outbox(client)).filter((mail) => mail.to.startsWith("crash"));
  const perEvent = Map.groupBy(mails, (mail) => mail.to);
  client.close();
  return {
    hub: running,
    count: {
      events: options.events,
      lost: options.events - perEvent.size,
      doubled: mails.length - perEvent.size,
      kills: options.killAfterMs.length,
    },
  };
};
