import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { dynamoCustomerScan } from "#adapters/dynamodb/customers/scan-customers.ts";
import { dynamoJobStore } from "#adapters/dynamodb/jobs/job-store.ts";
import { memoryCustomerScan } from "#adapters/memory/customer-scan.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryJobStore } from "#adapters/memory/job-store.ts";
import { type Job, newJob, newSlices } from "#domain/audience/job.ts";
import { newState } from "#domain/customer/state.ts";
import type { CustomerScan } from "#ports/customer-scan.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { JobStore } from "#ports/job-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

type Stores = {
  readonly jobs: JobStore;
  readonly customers: CustomerStore;
  readonly scan: CustomerScan;
  readonly stop: () => void;
};

const dynamodb = async (): Promise<Stores> => {
  const { client, stop } = await startDynamoEngine();
  return {
    jobs: dynamoJobStore({ client, table: "jobs", clock: { now: () => Date.now() } }),
    customers: dynamoCustomerStore({
      client,
      customersTable: "customers",
      historyTable: "history",
      identifierKeys,
    }),
    scan: dynamoCustomerScan({ client, table: "customers" }),
    stop,
  };
};
const memory = async (): Promise<Stores> => {
  const shared = memoryCustomers();
  const customers = memoryCustomerStore(new Set(), shared);
  return { jobs: memoryJobStore(), customers, scan: memoryCustomerScan(shared, customers), stop: () => {} };
};

const minute = (number: number): string =>
  new Date(Date.parse("2026-11-21T12:00:00.000Z") + number * 60_000).toISOString();
const send = (name: string, at = 0): Job =>
  newJob({ jobId: `snd_${name}`, kind: "send", input: { name }, expected: 7 }, minute(at));

describe.each([
  ["in memory", memory],
  ["in DynamoDB", dynamodb],
])("jobs %s", (_where, open) => {
  let stores: Stores;
  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.stop());

  it("are made once, and come back with the slices of their round", async () => {
    const { jobs } = stores;
    const job = send("made");
    expect(await jobs.create(job, newSlices(job))).toBe(true);
    expect(await jobs.create({ ...job, input: {} }, newSlices(job))).toBe(false);
    expect(await jobs.read("snd_made")).toEqual({
      job,
      slices: newSlices(job),
      told: { bounced: 0, complained: 0 },
    });
    const anew = { ...job, round: 2, version: 2 };
    expect(await jobs.save(anew, newSlices(anew))).toBe("saved");
    expect((await jobs.read("snd_made"))?.slices.map(({ round }) => round)).toEqual([2, 2, 2, 2]);
    expect(await jobs.read("snd_none")).toBeNull();
    expect(await jobs.get("snd_none")).toBeNull();
  });

  it("are written over what was read alone, and so are their slices", async () => {
    const { jobs } = stores;
    const job = send("written");
    const [slice] = newSlices(job);
    await jobs.create(job, newSlices(job));
    if (slice === undefined) throw new Error("a job has slices");
    const moved = { ...slice, cursor: "cus_1 ~", counts: { seen: 3 }, version: 2 };
    expect(await jobs.saveSlice(moved, job)).toBe("saved");
    expect(await jobs.saveSlice({ ...moved, counts: { seen: 9 } }, job)).toBe("conflict");
    expect(await jobs.slice(slice)).toEqual(moved);
    expect(await jobs.save({ ...job, status: "paused", version: 2 })).toBe("saved");
    expect(await jobs.save({ ...job, status: "cancelled", version: 2 })).toBe("conflict");
    expect((await jobs.get("snd_written"))?.status).toBe("paused");
  });

  it("are listed by kind, the newest first, page by page", async () => {
    const { jobs } = stores;
    for (const at of [10, 12, 11]) await jobs.create(send(`listed${at}`, at), []);
    const sizes = newJob({ jobId: "job_sizes", kind: "sizes", input: {}, expected: 0 }, minute(13));
    await jobs.create(sizes, []);
    const first = await jobs.list(["send", "sizes"], { limit: 3 });
    expect(first.jobs.map(({ jobId }) => jobId)).toEqual(["job_sizes", "snd_listed12", "snd_listed11"]);
    const second = await jobs.list(["send", "sizes"], { limit: 1, cursor: first.cursor ?? "" });
    expect(second.jobs.map(({ jobId }) => jobId)).toEqual(["snd_listed10"]);
    expect((await jobs.list(["members"], { limit: 3 })).jobs).toEqual([]);
    await expect(jobs.list(["send"], { limit: 1, cursor: "none" })).rejects.toThrow("cursor");
  });

  it("count each report about their messages once", async () => {
    const { jobs } = stores;
    await jobs.create(send("told"), []);
    await Promise.all(["r1", "r2", "r1", "r3"].map((report) => jobs.tell("snd_told", "bounced", report)));
    expect(await jobs.tell("snd_told", "complained", "r1")).toEqual({ bounced: 3, complained: 1 });
    expect((await jobs.read("snd_told"))?.told).toEqual({ bounced: 3, complained: 1 });
  });

  it("find all customers in parts, each once, whatever the pages; those who became others are left out", async () => {
    const { customers, scan } = stores;
    const ids = Array.from({ length: 60 }, (_, at) => `cus_${String(at).padStart(4, "0")}`);
    for (const [at, id] of ids.entries()) {
      const state = {
        ...newState(id, minute(0)),
        version: 1,
        ...(at % 10 === 9 ? { mergedInto: "cus_0000" } : {}),
      };
      const identifier = { type: "userId", value: id };
      await customers.save({ customers: [state], links: [{ identifier, to: id }] });
    }
    for (const [slices, limit] of [
      [1, 7],
      [3, 1],
      [4, 1_000],
    ] as const) {
      const found: string[] = [];
      for (let slice = 0; slice < slices; slice += 1) {
        let cursor: string | null | undefined;
        do {
          const part = { slice, slices, limit, ...(cursor == null ? {} : { cursor }) };
          const page = await scan.page(part);
          expect(page.records.length).toBeLessThanOrEqual(limit);
          found.push(...page.records.map(({ state }) => state.customerId));
          cursor = page.cursor;
        } while (cursor !== null);
      }
      expect(found.sort()).toEqual(ids.filter((_, at) => at % 10 !== 9));
    }
    const page = await scan.page({ slice: 0, slices: 1, limit: 1 });
    const [first] = page.records;
    const next = await scan.page({
      slice: 0,
      slices: 1,
      limit: 1,
      cursor: scan.after(first?.state.customerId ?? ""),
    });
    expect(next.records[0]?.state.customerId).not.toBe(first?.state.customerId);
  });
});
