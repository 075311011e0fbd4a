import { describe, expect, it } from "vitest";
import { countFired, type FiredRows, listeningTo } from "#domain/simulation/fired-rows.ts";
import { recordOfProfile } from "#domain/simulation/profile.ts";
import { reportOf } from "#domain/simulation/report.ts";
import { simulateRecord } from "#domain/simulation/simulate-record.ts";
import { newTally } from "#domain/simulation/tally.ts";
import { retailPlaybook } from "../../support/playbook/retail.ts";

const NOW = Date.parse("2026-11-30T09:00:00.000Z");
/** Orders and what was spent, by the row of the retailer's table that they fall into: who bought once is offered no discount. */
const BY_ROW: Readonly<Record<number, readonly [orders: number, spent: number]>> = {
  3: [3, 200],
  4: [4, 300],
  5: [5, 0],
};
/** So many customers a row; nobody falls into the fourth. */
const CUSTOMERS: Readonly<Record<number, number>> = { 3: 2, 4: 0, 5: 3 };

describe("the rows of a decision table", () => {
  it("are counted once for each decision in which they fired, though draws are made again", async () => {
    const live = await retailPlaybook();
    const tally = newTally();
    const tried = listeningTo(live);
    const rows = Object.entries(CUSTOMERS).flatMap(([row, count]) =>
      new Array<number>(count).fill(Number(row)),
    );
    for (const [index, row] of rows.entries()) {
      const [orders = 0, spent = 0] = BY_ROW[row] ?? [];
      const profile = { computed: { orders, spent } };
      const asked = { simulationId: "sim_1", index, placement: "call.retention", now: NOW };
      simulateRecord(tally, recordOfProfile(profile, live, asked), tried, 1);
    }
    const bands = reportOf(tally).tables.find(({ table }) => table === "bands");
    expect(bands).toEqual({
      file: "decisions/discount.dmn",
      decision: "Discount band",
      table: "bands",
      asked: 5,
      rows: [3, 5].map((row) => ({ row, decisions: CUSTOMERS[row] })),
      partial: false,
    });
  });

  it("are not counted in a simulation that a release began which did not count them: half of them would be missing", async () => {
    const live = await retailPlaybook();
    const { tables: _, ...older } = newTally();
    const asked = { simulationId: "sim_1", index: 0, placement: "call.retention", now: NOW };
    simulateRecord(older, recordOfProfile({}, live, asked), listeningTo(live));
    expect(older.decisions).toBe(1);
    expect(reportOf(older).tables).toEqual([]);
  });

  it("are left out beyond twenty thousand, and the table says so; those that are known go on", () => {
    const tables: FiredRows[] = [];
    const answer = (matchedRows: readonly number[]) => ({
      file: "decisions/wide.dmn",
      decision: "Wide",
      hitPolicy: "COLLECT",
      inputs: [],
      annotations: [],
      matchedRows,
    });
    countFired(tables, [answer(Array.from({ length: 20_001 }, (_, index) => index + 1))]);
    countFired(tables, [answer([1, 1, 20_001])]);
    const [wide] = tables;
    expect(Object.keys(wide?.rows ?? {})).toHaveLength(20_000);
    expect(wide).toMatchObject({ asked: 2, isPartial: true });
    expect([wide?.rows[1], wide?.rows[20_001]]).toEqual([2, undefined]);
  });
});
