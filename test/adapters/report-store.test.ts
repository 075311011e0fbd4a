import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamoReportStore } from "#adapters/dynamodb/reports/report-store.ts";
import { memoryReportStore } from "#adapters/memory/report-store.ts";
import { type Mark, NOT_COUNTED } from "#domain/report/count.ts";
import { type CountedRow, rowKey, sliceOf, sumRows } from "#domain/report/row.ts";
import { lastHourOf } from "#domain/report/table.ts";
import { seeded } from "#lab/seeded.ts";
import type { ReportStore } from "#ports/report-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const mark = (version: number, outcomes: readonly string[] = []): Mark => ({
  version,
  decided: true,
  actions: { tea: { outcomes, valued: [] } },
});
const choice = (day: string, counts: Record<string, number>, action = "tea"): CountedRow => ({
  row: { kind: "choice", day, placement: "a#b", action, treatment: "t", channel: "email" },
  counts,
});
const refusal = (day: string, counts: Record<string, number>): CountedRow => ({
  row: { kind: "refusal", day, placement: "a#b" },
  counts,
});
const change = (decisionId: string, version: number, ...added: CountedRow[]) => ({
  decisionId,
  mark: mark(version),
  added,
  expires: 2_000_000_000,
});

let now = Date.parse("2026-11-30T12:00:00.000Z");
const within = (time: string, counts: Record<string, number>): CountedRow => ({
  ...choice("2026-11-30", counts),
  slices: { [sliceOf(Date.parse(`2026-11-30T${time}:00.000Z`))]: counts },
});

const technologies: Record<string, () => Promise<{ store: ReportStore; stop: () => void }>> = {
  memory: async () => ({ store: memoryReportStore(), stop: () => {} }),
  dynamodb: async () => {
    const { client, stop } = await startDynamoEngine();
    return {
      store: dynamoReportStore({ client, table: "learning", random: seeded(2), clock: { now: () => now } }),
      stop,
    };
  },
};

describe.each(Object.entries(technologies))("reports in %s", (_name, start) => {
  let store: ReportStore;
  let stop: () => void;
  beforeEach(async () => {
    ({ store, stop } = await start());
  });
  afterEach(() => stop());

  const read = async (from: string, to: string) =>
    sumRows(await store.read({ from, to })).toSorted((a, b) => (rowKey(a.row) < rowKey(b.row) ? -1 : 1));

  it("keep what was counted of a decision", async () => {
    expect(await store.marks(["dec_1", "dec_2"])).toEqual([NOT_COUNTED, NOT_COUNTED]);
    const counted = { ...change("dec_2", 1), mark: mark(1, ["sent"]) };
    expect(await store.count([counted])).toBe(true);
    expect(await store.marks(["dec_1", "dec_2"])).toEqual([NOT_COUNTED, mark(1, ["sent"])]);
  });

  it("count all of a batch or nothing of it", async () => {
    expect(await store.count([change("dec_1", 1, choice("2026-11-30", { decided: 1 }))])).toBe(true);
    const both = [
      change("dec_2", 1, choice("2026-11-30", { decided: 1 })),
      change("dec_1", 1, choice("2026-11-30", { decided: 1 })),
    ];
    expect(await store.count(both)).toBe(false);
    expect(await read("2026-11-30", "2026-11-30")).toEqual([choice("2026-11-30", { decided: 1 })]);
    expect(await store.marks(["dec_2"])).toEqual([NOT_COUNTED]);
  });

  it("keep rows of other segments apart, and what the segments are", async () => {
    const { row, counts } = choice("2026-11-30", { decided: 1 });
    const within = (...segments: string[]): CountedRow => ({
      row: { ...row, segments } as typeof row,
      counts,
    });
    const rows = [{ row, counts }, within("buyers"), within("buyers", "vip")];
    await store.count([change("dec_1", 1, ...rows)]);
    await store.count([change("dec_2", 1, within("buyers", "vip"))]);
    expect(await read("2026-11-30", "2026-11-30")).toEqual(
      expect.arrayContaining([
        { row, counts },
        within("buyers"),
        { ...within("buyers", "vip"), counts: { decided: 2 } },
      ]),
    );
  });

  it("add up by row, over as many days and months as are asked for", async () => {
    await store.count([
      change("dec_1", 1, choice("2026-11-30", { decided: 1, value: -5 }), refusal("2026-10-31", { cap: 1 })),
      change("dec_2", 1, choice("2026-11-30", { decided: 1, "Order Completed": 1 })),
      change("dec_3", 1, choice("2026-11-30", { decided: 1 }, "coffee"), refusal("2026-12-01", { cap: 1 })),
    ]);
    for (let version = 2; version < 12; version += 1)
      await store.count([change("dec_1", version, choice("2026-11-30", { clicked: 1 }))]);
    const november = [
      choice("2026-11-30", { decided: 1 }, "coffee"),
      choice("2026-11-30", { decided: 2, value: -5, "Order Completed": 1, clicked: 10 }),
    ];
    expect(await read("2026-11-01", "2026-11-30")).toEqual(november);
    expect(await read("2026-10-31", "2026-12-01")).toEqual([
      refusal("2026-10-31", { cap: 1 }),
      ...november,
      refusal("2026-12-01", { cap: 1 }),
    ]);
    expect(await read("2026-11-01", "2026-11-29")).toEqual([]);
  });

  it("know what happened within the last hour, and of what happened long ago the day alone", async () => {
    await store.count([change("dec_1", 1, within("11:15", { sent: 1 }), within("11:59", { sent: 2 }))]);
    await store.count([change("dec_1", 2, within("11:15", { sent: 1, clicked: 3 }))]);
    const [row] = await read("2026-11-30", "2026-11-30");
    expect(row?.counts).toEqual({ sent: 4, clicked: 3 });
    const { items, since } = lastHourOf(row === undefined ? [] : [row], ["channel"], now);
    expect(since).toBe("2026-11-30T11:00:00.000Z");
    expect(items).toEqual([
      { key: "email", channel: "email", decided: 0, sent: 4, delivered: 0, clicked: 3 },
    ]);
    expect(lastHourOf(row === undefined ? [] : [row], ["channel"], now + 30 * 60_000).items).toEqual([
      { key: "email", channel: "email", decided: 0, sent: 2, delivered: 0, clicked: 0 },
    ]);
  });
});

it("a row in dynamodb stays small: what belongs to no last hour goes when the row is next written", async () => {
  const { client, stop } = await startDynamoEngine();
  const store = dynamoReportStore({ client, table: "learning", random: () => 0, clock: { now: () => now } });
  const noon = now;
  try {
    for (let version = 1; version <= 40; version += 1) {
      now = noon + version * 600_000;
      const at = new Date(now).toISOString().slice(11, 16);
      await store.count([change("dec_1", version, within(at, { sent: 1, clicked: 1 }))]);
    }
    const [row] = await store.read({ from: "2026-11-30", to: "2026-11-30" });
    expect(row?.counts).toEqual({ sent: 40, clicked: 40 });
    expect(Object.keys(row?.slices ?? {}).length).toBeLessThanOrEqual(8);
    // What is dated years ahead is counted on its day, and in no hour.
    const ahead = { ...within("12:00", { sent: 1 }), slices: { [sliceOf(now) + 500_000]: { sent: 1 } } };
    await store.count([change("dec_2", 1, ahead)]);
    const [same] = await store.read({ from: "2026-11-30", to: "2026-11-30" });
    expect(same?.counts.sent).toBe(41);
    expect(lastHourOf(same === undefined ? [] : [same], ["channel"], now).items[0]?.sent).toBe(7);
  } finally {
    now = noon;
    stop();
  }
});
