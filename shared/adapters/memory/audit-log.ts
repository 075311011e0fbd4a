import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { AuditEntry, AuditLog } from "#ports/audit-log.ts";

const placeOf = ({ at, auditId }: AuditEntry): string => `${at}#${auditId}`;

export const memoryAuditLog = (): AuditLog => {
  const entries = new Map<string, AuditEntry>();
  return {
    put: async (entry) => {
      entries.set(placeOf(entry), entry);
    },
    list: async ({ limit, cursor }) => {
      const before = cursor === undefined ? undefined : fromCursor(cursor, /^\S+#aud_\w+$/);
      const places = [...entries.keys()].sort().reverse();
      const found = places.filter((place) => before === undefined || place < before);
      const items = found.slice(0, limit).flatMap((place) => entries.get(place) ?? []);
      const last = items.at(-1);
      return { items, cursor: last && found.length > limit ? toCursor(placeOf(last)) : null };
    },
  };
};
