import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { AuditEntry, AuditLog } from "#ports/audit-log.ts";

const placeOf = ({ at, auditId }: AuditEntry): string => `${at}#${auditId}`;

export const memoryAuditLog = (): AuditLog => {
  const entries = new Map<string, AuditEntry>();
  return {
    put: async (entry) => {
      entries.set(placeOf(entry), entry);
    },
    list: async ({ limit, cursor, actor, call, target, from = "", to }) => {
      const fits = (entry: AuditEntry | undefined): boolean =>
        (actor === undefined || entry?.actor.id === actor) &&
        (call === undefined || entry?.call === call) &&
        (target === undefined || entry?.target === target);
      const before = cursor === undefined ? undefined : fromCursor(cursor, /^\S+#aud_\w+$/);
      const places = [...entries.keys()].sort().reverse();
      const found = places.filter(
        (place) =>
          (before === undefined || place < before) &&
          place >= from &&
          (to === undefined || place < to) &&
          fits(entries.get(place)),
      );
      const items = found.slice(0, limit).flatMap((place) => entries.get(place) ?? []);
      const last = items.at(-1);
      return { items, cursor: last && found.length > limit ? toCursor(placeOf(last)) : null };
    },
  };
};
