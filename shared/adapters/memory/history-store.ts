import { TIMELINE_PLACE, timelineEntry } from "#domain/profile/timeline.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { HistoryStore } from "#ports/history-store.ts";

const placeOf = (fact: HistoryItem): string => `${fact.at}#${fact.id}`;

/** Facts in a map; decisions and messages have twins of their own. */
export const memoryHistoryStore = (facts: Map<string, HistoryItem> = new Map()): HistoryStore => ({
  put: async (items) => {
    for (const item of items) facts.set(item.id, structuredClone(item));
  },
  get: async (id) => facts.get(id) ?? null,
  timeline: async (customerIds, { limit, cursor }) => {
    const before = cursor === undefined ? null : fromCursor(cursor, TIMELINE_PLACE);
    const items = [...facts.values()]
      .filter((fact) => fact.kind !== "number" && customerIds.includes(fact.customerId))
      .filter((fact) => before === null || placeOf(fact) < before)
      .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(timelineEntry),
      cursor: items.length > limit && last !== undefined ? toCursor(placeOf(last)) : null,
    };
  },
});
