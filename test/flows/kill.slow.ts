import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HubProcess, startHub } from "#lab/bench/hub/process.ts";
import { inParallel } from "#lab/measure/client.ts";
import { hubAt, type OutboxItem, type TimelineItem } from "../support/hub/client.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";
import { freePort } from "../support/served/free-port.ts";

const PEOPLE = 1_000;
/** Of each person an order (transactional) and a registration (marketing). */
const EVENTS = 2 * PEOPLE;
const BATCH = 100;
const WAITS_BEFORE_KILL_MS = [700, 1_500, 2_500];
const SENDERS = 8;

/** Whoever has bought is welcomed too: which of the two events is applied first must not matter. */
const WELCOME =
  "category: marketing\nplacements: [trigger.welcome]\nvalue: 10\ntreatments: [{ channel: email }]\n";

const stateDir = mkdtempSync(join(tmpdir(), "rapport-kill-"));
const run = randomUUID().slice(0, 8);
const person = (n: number): string => `kill-${run}-${n}`;
let port = 0;
let running: HubProcess;
const timelines = new Map<string, readonly TimelineItem[]>();
const computed = new Map<string, Record<string, unknown>>();
let mails: readonly OutboxItem[] = [];

/** The same batch again until it is answered with 200, as Segment's clients do; the hub may be down meanwhile. */
const sendUntilTaken = async (batch: readonly unknown[]): Promise<void> => {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const taken = await hubAt(running.url)
      .collect("batch", { batch })
      .then(
        () => true,
        () => false,
      );
    if (taken) return;
    await sleep(250);
  }
  throw new Error("a batch was never taken");
};

const batches = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, n) => items.slice(n * BATCH, (n + 1) * BATCH));

const introductions = () =>
  Array.from({ length: PEOPLE }, (_, n) => [
    {
      type: "identify",
      userId: person(n),
      messageId: `intro-${person(n)}`,
      traits: { email: `${person(n)}@example.com`, firstName: "Kim" },
    },
    {
      type: "track",
      messageId: `consent-${person(n)}`,
      ...consentTo("email", person(n)),
    },
  ]).flat();

const burst = () =>
  Array.from({ length: PEOPLE }, (_, n) => [
    { type: "track", event: "Signed Up", userId: person(n), messageId: `up-${person(n)}` },
    {
      type: "track",
      event: "Order Completed",
      userId: person(n),
      messageId: `order-${person(n)}`,
      properties: { order_id: `O-${n}`, total: 7 },
    },
  ]).flat();

beforeAll(async () => {
  port = await freePort();
  running = await startHub({ stateDir, port });
  await hubAt(running.url).publish(testFiles({ "actions/welcome.yaml": WELCOME }));
  for (const batch of batches(introductions())) await sendUntilTaken(batch);
  await hubAt(running.url).settle();

  const events = batches(burst());
  const sending = inParallel(events.length, SENDERS, (index) => sendUntilTaken(events[index] ?? []));
  for (const wait of WAITS_BEFORE_KILL_MS) {
    await sleep(wait);
    await running.kill("SIGKILL");
    running = await startHub({ stateDir, port });
  }
  await sending;
  const hub = hubAt(running.url);
  // What a killed worker held comes back after the queue's time.
  await hub.advance("PT10M");
  await hub.advance("PT10M");
  mails = await hub.outbox();
  await inParallel(PEOPLE, SENDERS, async (n) => {
    timelines.set(person(n), await hub.timeline(`userId:${person(n)}`));
    computed.set(person(n), (await hub.profile(`userId:${person(n)}`)).computed);
  });
});
afterAll(async () => {
  await running?.kill("SIGKILL");
  rmSync(stateDir, { recursive: true, force: true });
});

const eventNames = (items: readonly TimelineItem[]): unknown[] =>
  items
    .filter(({ kind }) => kind === "event")
    .map(({ name }) => name)
    .toSorted();
const messagesOf = (status: string): string[] =>
  [...timelines.values()].flatMap((items) =>
    items
      .filter((item) => item.kind === "message" && item.status === status)
      .map((item) => String(item.messageId)),
  );
const copies = (subject: RegExp): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const mail of mails.filter((one) => subject.test(one.subject ?? ""))) {
    counts.set(mail.to, (counts.get(mail.to) ?? 0) + 1);
  }
  return counts;
};

describe(`kill -9 three times in a burst of ${EVENTS} events`, () => {
  it("loses no event that was accepted, and applies none twice", () => {
    const wrong = [...timelines].filter(
      ([, items]) =>
        eventNames(items).join() !== ["Consent Changed", "Order Completed", "Signed Up", "identify"].join(),
    );
    expect(wrong.map(([who, items]) => [who, eventNames(items)])).toEqual([]);
    const miscounted = [...computed].filter(([, { orders, spent }]) => orders !== 1 || spent !== 7);
    expect(miscounted).toEqual([]);
  });

  it("decides exactly once for each trigger", () => {
    const wrong = [...timelines].filter(([, items]) => {
      const placements = items.filter(({ kind }) => kind === "decision").map(({ placement }) => placement);
      return placements.toSorted().join() !== "trigger.order-confirmed,trigger.welcome";
    });
    expect(wrong).toEqual([]);
  });

  it("sends every transactional mail, and doubles only what was being sent when it died", () => {
    const confirmations = copies(/^Order /);
    expect(confirmations.size).toBe(PEOPLE);
    const doubled = [...confirmations.values()].filter((count) => count > 1);
    expect(doubled.every((count) => count <= 1 + WAITS_BEFORE_KILL_MS.length)).toBe(true);
    // A sender takes at most ten at a time, twice beside each other.
    expect(doubled.length).toBeLessThanOrEqual(20 * WAITS_BEFORE_KILL_MS.length);
  });

  it("doubles no marketing mail, and says of each that did not leave that nobody knows", () => {
    const welcomes = copies(/^Welcome/);
    expect([...welcomes.values()].filter((count) => count > 1)).toEqual([]);
    const missing = PEOPLE - welcomes.size;
    expect(messagesOf("uncertain").length).toBeGreaterThanOrEqual(missing);
    expect(messagesOf("uncertain").length).toBeLessThanOrEqual(20 * WAITS_BEFORE_KILL_MS.length);
  });

  it("leaves no message open", () => {
    expect([...messagesOf("requested"), ...messagesOf("sending")]).toEqual([]);
  });
});
