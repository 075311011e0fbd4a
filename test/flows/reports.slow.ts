import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HubProcess, startHub } from "#lab/bench/hub/process.ts";
import { inParallel } from "#lab/measure/client.ts";
import { hubAt } from "../support/hub/client.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";
import { recount, reported } from "../support/reports/recount.ts";
import { freePort } from "../support/served/free-port.ts";

const PEOPLE = 400;
const ASKERS = 8;
const WAITS_BEFORE_KILL_MS = [800, 1_500, 2_500];

const stateDir = mkdtempSync(join(tmpdir(), "rapport-reports-"));
let hub: HubProcess;
let ports: { readonly port: number; readonly awsPort: number };

/** Asks until it is answered; what was asked while the hub was killed may be recorded all the same. */
const insist = async (ask: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const isAnswered = await ask().then(
      () => true,
      () => false,
    );
    if (isAnswered) return;
    await sleep(250);
  }
  throw new Error("the hub never answered");
};

const life = async (number: number): Promise<void> => {
  const userId = `kim-${number}`;
  const at = () => hubAt(hub.url);
  const track = (event: string, properties: Record<string, unknown>) =>
    insist(() => at().tell("track", { userId, event, properties, messageId: `${event} ${number}` }));
  await track("Signed Up", {});
  await insist(() => at().decide({ customer: `userId:${userId}`, placement: "web.home.hero" }));
  await track("Order Completed", { order_id: `${number}`, total: 5 });
  const message = { to: `userId:${userId}`, category: number % 2 === 0 ? "transactional" : "marketing" };
  const content = { subject: "Hello", text: "Hello" };
  await insist(() => at().call("POST", "/v1/messages", { ...message, channel: "email", content }));
};

beforeAll(async () => {
  ports = { port: await freePort(), awsPort: await freePort() };
  hub = await startHub({ stateDir, ...ports });
  await hubAt(hub.url).publish(testFiles());
  const people = Array.from({ length: PEOPLE }, (_, number) => {
    const userId = `kim-${number}`;
    const traits = { email: `${userId}@example.com`, firstName: "Kim" };
    const known = { type: "identify", userId, traits };
    // Every third person has not agreed to anything.
    return number % 3 === 0 ? [known] : [known, { type: "track", ...consentTo("email", userId) }];
  }).flat();
  for (let from = 0; from < people.length; from += 100)
    await hubAt(hub.url).tell("batch", { batch: people.slice(from, from + 100) });
  await hubAt(hub.url).settle();
  const living = inParallel(PEOPLE, ASKERS, life);
  for (const wait of WAITS_BEFORE_KILL_MS) {
    await sleep(wait);
    await hub.kill("SIGKILL");
    hub = await startHub({ stateDir, ...ports });
  }
  await living;
  // What a killed worker held comes back after the queue's time.
  for (let times = 0; times < 3; times += 1) await hubAt(hub.url).advance("PT10M");
});
afterAll(async () => {
  await hub?.kill("SIGKILL");
  rmSync(stateDir, { recursive: true, force: true });
});

it("reports say what a recount of all records says after kill -9", async () => {
  const right = await recount(`http://127.0.0.1:${ports.awsPort}`);
  expect(right["web.home.hero,hero decided"]).toBeGreaterThan(0);
  expect(right["trigger.order-confirmed,order-confirmation sent"]).toBe(PEOPLE);
  expect(await reported(hubAt(hub.url))).toEqual(right);
});
