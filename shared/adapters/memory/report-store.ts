import { type Mark, NOT_COUNTED } from "#domain/report/count.ts";
import { addCounted, type CountedRow, rowKey } from "#domain/report/row.ts";
import type { ReportStore } from "#ports/report-store.ts";

/** Counts in maps. Each write is one step of the event loop: as atomic as a transaction. */
export const memoryReportStore = (): ReportStore => {
  const marks = new Map<string, Mark>();
  const rows = new Map<string, CountedRow>();
  const markOf = (decisionId: string): Mark => marks.get(decisionId) ?? NOT_COUNTED;
  return {
    marks: async (decisionIds) => decisionIds.map(markOf),
    count: async (changes) => {
      if (changes.some(({ decisionId, mark }) => markOf(decisionId).version !== mark.version - 1))
        return false;
      for (const { decisionId, mark, added } of changes) {
        marks.set(decisionId, mark);
        for (const counted of added) {
          const key = rowKey(counted.row);
          rows.set(key, addCounted(rows.get(key), counted));
        }
      }
      return true;
    },
    read: async ({ from, to }) => [...rows.values()].filter(({ row }) => row.day >= from && row.day <= to),
  };
};
