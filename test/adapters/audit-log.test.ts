import { afterAll, describe, expect, it } from "vitest";
import { dynamoAuditLog } from "#adapters/dynamodb/audit/audit-log.ts";
import { memoryAuditLog } from "#adapters/memory/audit-log.ts";
import type { AuditEntry, AuditLog } from "#ports/audit-log.ts";
import { type Dynalite, startDynalite } from "../support/aws/dynalite.ts";

const engines: Dynalite[] = [];
const technologies: Record<string, () => Promise<AuditLog>> = {
  memory: async () => memoryAuditLog(),
  dynamodb: async () => {
    const engine = await startDynalite();
    engines.push(engine);
    return dynamoAuditLog({ client: engine.client, table: await engine.table("audit") });
  },
};
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

const entry = (second: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  auditId: `aud_${second}`,
  at: `2026-11-30T10:15:${String(second).padStart(2, "0")}.000Z`,
  actor: { kind: "key", id: "0123456789ab", name: "crm" },
  call: "publishPlaybook",
  state: "begun",
  ...more,
});

describe.each(Object.entries(technologies))("the audit log kept in %s", (_, fresh) => {
  it("tells the newest first, page by page, each once", async () => {
    const log = await fresh();
    for (const second of [3, 1, 2, 5, 4]) await log.put(entry(second));
    const first = await log.list({ limit: 2 });
    expect(first.items.map(({ auditId }) => auditId)).toEqual(["aud_5", "aud_4"]);
    await log.put(entry(6));
    const rest = await log.list({ limit: 10, cursor: first.cursor ?? "" });
    expect(rest).toEqual({ items: [entry(3), entry(2), entry(1)], cursor: null });
  });

  it("tells how a call ended in the place of how it began", async () => {
    const log = await fresh();
    const ended = entry(1, {
      state: "done",
      target: "pb_2",
      before: { live: "pb_1" },
      after: { live: "pb_2" },
    });
    await log.put(entry(1));
    await log.put(ended);
    expect(await log.list({ limit: 10 })).toEqual({ items: [ended], cursor: null });
  });

  it("tells those of one actor, call or target alone, page by page, however many others lie between", async () => {
    const log = await fresh();
    const ada = { kind: "person", id: "ada" } as const;
    for (let second = 0; second < 50; second += 1)
      await log.put(entry(second, second % 10 === 0 ? { actor: ada, call: "createKey", target: "k" } : {}));
    const read = async (page: Parameters<AuditLog["list"]>[0]): Promise<readonly string[]> => {
      const { items, cursor } = await log.list(page);
      const ids = items.map(({ auditId }) => auditId);
      return cursor === null ? ids : [...ids, ...(await read({ ...page, cursor }))];
    };
    const hers = ["aud_40", "aud_30", "aud_20", "aud_10", "aud_0"];
    expect(await read({ limit: 2, actor: "ada" })).toEqual(hers);
    expect(await read({ limit: 100, call: "createKey", target: "k" })).toEqual(hers);
    expect(await read({ limit: 100, call: "createKey", actor: "0123456789ab" })).toEqual([]);
    expect(await read({ limit: 7, call: "publishPlaybook" })).toHaveLength(45);
  });

  it("tells those of a time alone, from its begin on and before its end, whatever page one is at", async () => {
    const log = await fresh();
    for (let second = 0; second < 10; second += 1)
      await log.put(entry(second, second % 2 === 0 ? { call: "createKey" } : {}));
    const at = (second: number): string => entry(second).at;
    const read = async (page: Omit<Parameters<AuditLog["list"]>[0], "limit">) => {
      const found: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const next = await log.list({ limit: 2, ...page, ...(cursor === undefined ? {} : { cursor }) });
        found.push(...next.items.map(({ auditId }) => auditId.slice(4)));
        cursor = next.cursor;
      }
      return found.join("");
    };
    expect(await read({ from: at(3), to: at(8) })).toBe("76543");
    expect(await read({ from: at(8) })).toBe("98");
    expect(await read({ to: at(2) })).toBe("10");
    expect(await read({ from: at(3), to: at(8), call: "createKey" })).toBe("64");
    expect(await read({ from: at(5), to: at(5) })).toBe("");
    // Who goes on with other times than they began with is answered, and sees nothing outside of these.
    const { cursor } = await log.list({ limit: 5 });
    expect((await log.list({ limit: 9, cursor: cursor ?? "", to: at(2) })).items).toEqual([
      entry(1),
      entry(0, { call: "createKey" }),
    ]);
    expect((await log.list({ limit: 9, cursor: cursor ?? "", from: at(7) })).items).toEqual([]);
  });

  it("is empty at first, and refuses a cursor of another list", async () => {
    const log = await fresh();
    expect(await log.list({ limit: 10 })).toEqual({ items: [], cursor: null });
    const cursor = Buffer.from("keys#x").toString("base64url");
    await expect(log.list({ limit: 10, cursor })).rejects.toMatchObject({ code: "invalid_request" });
  });
});
