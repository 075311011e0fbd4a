import { LIST_KEY, listKey } from "#domain/playbook/model/list-key.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { PlaybookStore, StoredPlaybook } from "#ports/playbook-store.ts";

/** Playbooks in this process's memory. */
export const memoryPlaybookStore = (): PlaybookStore => {
  const stored = new Map<string, StoredPlaybook>();
  let live: string | null = null;
  return {
    put: async (playbook) => {
      if (!stored.has(playbook.version)) stored.set(playbook.version, playbook);
    },
    get: async (version) => stored.get(version) ?? null,
    document: async (version) => stored.get(version)?.document ?? null,
    current: async () => live,
    publish: async (version) => {
      const previous = live;
      live = version;
      return { previous };
    },
    publishOver: async (version, _at, expected) => {
      if (live !== expected) return "moved";
      live = version;
      return "published";
    },
    list: async ({ limit, cursor }) => {
      const before = cursor === undefined ? null : fromCursor(cursor, LIST_KEY);
      const newestFirst = [...stored.values()]
        .sort((a, b) => (listKey(a) < listKey(b) ? 1 : -1))
        .filter((entry) => before === null || listKey(entry) < before);
      const page = newestFirst.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ version, name, createdAt }) => ({ version, name, createdAt })),
        cursor: last && newestFirst.length > limit ? toCursor(listKey(last)) : null,
      };
    },
  };
};
