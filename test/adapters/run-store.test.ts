import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoRunCare, dynamoRunLists, dynamoRunStore } from "#adapters/dynamodb/runs/run-store.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryRunStore } from "#adapters/memory/run-store.ts";
import { newState } from "#domain/customer/state.ts";
import type { JourneyCount, JourneyRun } from "#domain/records/journey.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { RunCare, RunLists, RunStore } from "#ports/run-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

const AT = "2026-11-21T12:00:00.000Z";
const run = (name: string, members: Partial<JourneyRun> = {}): JourneyRun => ({
  runId: `run_${name}_0123456789abcdef`,
  home: `cus_${name}`,
  journey: "weeks",
  key: "",
  entryId: `ent_${name}`,
  entry: { id: `evt_${name}`, name: "Signed Up", at: AT, properties: {} },
  enteredAt: AT,
  depth: 0,
  step: "settle",
  visit: 1,
  since: AT,
  by: { id: `evt_${name}`, at: AT },
  due: "2026-11-24T12:00:00.000Z",
  choices: {},
  goesOn: [],
  path: [],
  playbook: "pb_1",
  ...members,
});
const minute = (number: number): string => new Date(Date.parse(AT) + number * 60_000).toISOString();

type Stores = RunStore & RunLists & RunCare & { readonly customers: CustomerStore };

const dynamodb = async (): Promise<Stores & { readonly stop: () => void }> => {
  const { client, stop } = await startDynamoEngine();
  const table = { client, table: "runs" };
  const customers = dynamoCustomerStore({
    client,
    customersTable: "customers",
    historyTable: "history",
    runsTable: "runs",
    identifierKeys,
  });
  const store = dynamoRunStore({ ...table, clock: { now: () => Date.now() } });
  return { ...store, ...dynamoRunLists(table), ...dynamoRunCare(table), customers, stop };
};
const memory = async (): Promise<Stores & { readonly stop: () => void }> => {
  const shared = memoryCustomers();
  return { ...memoryRunStore(shared), customers: memoryCustomerStore(new Set(), shared), stop: () => {} };
};

describe.each([
  ["in memory", memory],
  ["in DynamoDB", dynamodb],
])("runs of journeys %s", (_where, open) => {
  let stores: Stores & { readonly stop: () => void };
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.stop());

  const save = (runs: readonly JourneyRun[], version = 1, runCounts: readonly JourneyCount[] = []) => {
    const states = runs.map(({ home }) => ({ ...newState(home, AT), version }));
    return stores.customers.save({ customers: states, links: [], runs, runCounts });
  };

  it("are written with their customer's state, or not at all", async () => {
    const [first] = [run("a")];
    expect(await save([first])).toBe("saved");
    expect(await save([{ ...first, step: "other" }])).toBe("conflict");
    expect(await stores.get([first.runId, run("nobody").runId])).toEqual([first]);
  });

  it("are listed by step, the last to come first, page by page, and counted", async () => {
    const some = Array.from({ length: 7 }, (_, at) => run(`l${at}`, { step: "looked", since: minute(at) }));
    await save(some);
    await save([run("gone", { step: "looked", ended: { at: AT, as: "converted" } })]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.atStep("weeks", "looked", { limit: 3, ...(cursor && { cursor }) });
      seen.push(...page.runs.map(({ home }) => home));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(some.map(({ home }) => home).reverse());
    expect(await stores.countStep("weeks", "looked")).toEqual({ inside: 7, oldest: minute(0) });
    expect(await stores.countStep("weeks", "nowhere")).toEqual({ inside: 0, oldest: null });
  });

  it("are counted as they come in and leave, those kept out apart, once however often a write is tried", async () => {
    const one = run("c1");
    const count = (what: string, heldOut = false) => ({
      journey: "counted",
      runId: one.runId,
      what,
      heldOut,
    });
    await save([one], 1, [count("entered"), count("restarted"), count("entered")]);
    await save([one], 1, [count("entered")]);
    await save([run("c2")], 1, [count("entered", true)]);
    expect(await stores.counts("counted")).toEqual({
      walking: { entered: 2, restarted: 1 },
      heldOut: { entered: 1 },
    });
  });

  it("that are overdue are found, those that are kept still are not; once let go they are found apart", async () => {
    const late = run("late", { due: minute(-60) });
    const { due: _, ...still } = run("still", { journey: "quiet" });
    await save([late, still, run("paused", { pausedAt: AT, due: minute(-60) })]);
    const overdue = (await stores.overdue(AT)).map(({ home }) => home);
    expect(overdue).toContain("cus_late");
    expect(overdue).not.toContain("cus_still");
    await stores.keepStill("quiet", AT);
    expect([...(await stores.still())]).toEqual(["quiet"]);
    await stores.letGo("quiet", AT);
    expect(await stores.resuming()).toEqual(["quiet"]);
    expect((await stores.parked("quiet", 10)).map(({ home }) => home)).toEqual(["cus_still"]);
    await stores.forget("quiet");
    expect(await stores.resuming()).toEqual([]);
  });
});
