import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HubProcess, startHub } from "#lab/bench/hub/process.ts";
import { inParallel } from "#lab/measure/client.ts";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { hubAt } from "../support/hub/client.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";
import { type Recounted, recount, reported } from "../support/reports/recount.ts";
import { freePort } from "../support/served/free-port.ts";

const PEOPLE = 400;
const ASKERS = 8;
const WAITS_BEFORE_KILL_MS = [800, 1_500, 2_500];

const stateDir = mkdtempSync(join(tmpdir(), "rapport-reports-"));
const browser = await findBrowser();
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

const at = () => hubAt(hub.url);
const userIdOf = (number: number): string => `kim-${number}`;
const track = (number: number, event: string, properties: Record<string, unknown>) =>
  insist(() =>
    at().tell("track", {
      ...{ userId: userIdOf(number), event, properties },
      messageId: `${event} ${number}`,
    }),
  );
const signUp = (number: number) => track(number, "Signed Up", {});
const order = (number: number) => track(number, "Order Completed", { order_id: `${number}`, total: 5 });

const life = async (number: number): Promise<void> => {
  const userId = userIdOf(number);
  await signUp(number);
  await insist(() => at().decide({ customer: `userId:${userId}`, placement: "web.home.hero" }));
  await order(number);
  const message = { to: `userId:${userId}`, category: number % 2 === 0 ? "transactional" : "marketing" };
  const content = { subject: "Hello", text: "Hello" };
  await insist(() => at().call("POST", "/v1/messages", { ...message, channel: "email", content }));
};

beforeAll(async () => {
  ports = { port: await freePort(), awsPort: await freePort() };
  hub = await startHub({ stateDir, ...ports });
  await hubAt(hub.url).publish(testFiles());
  const people = Array.from({ length: PEOPLE }, (_, number) => {
    const userId = userIdOf(number);
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
  // A message whose call died before it told anybody is found by the sweep, an hour after it was made.
  await hubAt(hub.url).advance("PT1H");
  await hubAt(hub.url).advance("PT10M");
});
afterAll(async () => {
  await browser?.close();
  await hub?.kill("SIGKILL");
  rmSync(stateDir, { recursive: true, force: true });
});

it("reports say what a recount of all records says after kill -9", async () => {
  const right = await recount(`http://127.0.0.1:${ports.awsPort}`);
  expect(right["web.home.hero,hero decided"]).toBeGreaterThan(0);
  expect(right["trigger.order-confirmed,order-confirmation sent"]).toBe(PEOPLE);
  expect(await reported(hubAt(hub.url))).toEqual(right);
});

const COUNTS = ["decided", "sent"] as const;

/** Lines of a recount, `<placement>,<action> decided`, added up by one of the two. */
const sumsBy = (right: Recounted, by: "placement" | "action"): Recounted => {
  const sums = new Map<string, number>();
  for (const [line, count] of Object.entries(right)) {
    const [, placement, action, counted] = /^([^,]+),(.+) (decided|sent)$/.exec(line) ?? [];
    const key = `${by === "placement" ? placement : action} ${counted}`;
    if (counted !== undefined) sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** The same as the page shows it: the first column, and those that are counted here; nothing stands for none. */
const shownBy = async (who: ConsolePage, by: string): Promise<Recounted> => {
  await who.go(`/outcomes?by=${by}&days=28`);
  await who.sees("All together");
  const lines = await who.page.$$eval("main table tbody tr", (rows) =>
    rows.map((row) =>
      [...(row as { cells: Iterable<{ textContent: string }> }).cells].map((cell) => cell.textContent),
    ),
  );
  const told = lines
    .filter(([name]) => name !== "All together")
    .flatMap(([name, ...figures]) =>
      COUNTS.map(
        (count, column) => [`${name} ${count}`, Number(figures[column]?.replace(/\D/g, ""))] as const,
      ),
    );
  return Object.fromEntries(told.filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

it.skipIf(browser === null)(
  "the page of outcomes shows what a recount says, also when everything is told once more",
  async () => {
    if (browser === null) return;
    const analyst = await logInWith(browser, hub.url, "analyst");
    const right = await recount(`http://127.0.0.1:${ports.awsPort}`);
    for (const by of ["placement", "action"] as const)
      expect(await shownBy(analyst, by)).toEqual(sumsBy(right, by));
    await inParallel(PEOPLE, ASKERS, async (number) => {
      await signUp(number);
      await order(number);
    });
    await at().advance("PT10M");
    expect(await recount(`http://127.0.0.1:${ports.awsPort}`)).toEqual(right);
    for (const by of ["placement", "action"] as const)
      expect(await shownBy(analyst, by)).toEqual(sumsBy(right, by));
    expect(analyst.complaints).toEqual([]);
  },
);
