import { CODE_TRIES, type CodeLimit } from "#domain/message/one-time-code.ts";
import type { CodeStore, KeptCode } from "#ports/code-store.ts";

export const memoryCodeStore = (): CodeStore => {
  const full = new Map<string, number>();
  const kept = new Map<string, { readonly code: KeptCode; tries: number; used: boolean }>();
  const isOver = (one: { readonly code: KeptCode; readonly used: boolean }, now: number): boolean =>
    one.used || Date.parse(one.code.until) <= now;
  const wait = ({ key, most, everyMs }: CodeLimit, now: number): number =>
    Math.max(full.get(key) ?? 0, now) - (now + (most - 1) * everyMs);
  return {
    takePlaces: async (limits, now) => {
      const first = limits.map((limit) => wait(limit, now)).find((ms) => ms > 0);
      if (first !== undefined) return first;
      for (const { key, everyMs } of limits) full.set(key, Math.max(full.get(key) ?? 0, now) + everyMs);
      return null;
    },
    giveBack: async (limits) => {
      for (const { key, everyMs } of limits) full.set(key, (full.get(key) ?? 0) - everyMs);
    },
    keep: async (code) => {
      kept.set(code.id, { code, tries: 0, used: false });
    },
    takeTry: async (id, now) => {
      const one = kept.get(id);
      if (one === undefined) return { result: "missing" };
      if (isOver(one, now)) return { result: "over" };
      if (one.tries >= CODE_TRIES) return { result: "worn", until: one.code.until };
      one.tries += 1;
      return { result: "taken", code: one.code };
    },
    use: async (id, now) => {
      const one = kept.get(id);
      if (one === undefined || isOver(one, now)) return false;
      one.used = true;
      return true;
    },
  };
};
