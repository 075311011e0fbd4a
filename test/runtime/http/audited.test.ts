import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { memoryAuditLog } from "#adapters/memory/audit-log.ts";
import { RapportError } from "#kernel/errors.ts";
import type { AuditLog } from "#ports/audit-log.ts";
import type { Caller } from "#runtime/http/caller.ts";
import { type Handlers, operation } from "#runtime/http/operation.ts";
import { router } from "#runtime/http/router.ts";
import { requestOf } from "../../support/handlers/requests.ts";
import { keepLines } from "../../support/handlers/written-lines.ts";

const answers = { 200: z.object({ ok: z.boolean() }) };
const operations = {
  publish: operation({ route: "POST /v1/things/{id}", scope: "send", audit: "everybody", answers }),
  reveal: operation({ route: "POST /v1/people/{ref}", scope: "send", audit: "everybody", answers }),
  write: operation({ route: "POST /v1/letters", scope: "send", audit: "people", answers }),
  look: operation({ route: "GET /v1/things", scope: "send", answers }),
};
const ok = async () => ({ status: 200, json: { ok: true } }) as const;
const usual: Handlers<typeof operations> = { publish: ok, reveal: ok, write: ok, look: ok };

const KEY = { hash: "0123456789abcdef", kind: "secret", scopes: ["send"], name: "crm" } as const;
const PERSON: Caller = {
  kind: "person",
  id: "p-1",
  roles: ["admin"],
  until: 0,
  hash: "h",
  name: "person:p-1",
};
vi.mock("#runtime/http/roles.ts", async (original) => ({
  ...(await original<object>()),
  mayCall: () => true,
}));

const world = (handlers: Partial<Handlers<typeof operations>> = {}, log: AuditLog = memoryAuditLog()) => {
  let made = 0;
  const route = router(
    operations,
    { ...usual, ...handlers },
    {
      findKey: async () => KEY,
      findPerson: async () => PERSON as Extract<Caller, { kind: "person" }>,
      audit: {
        log,
        clock: { now: () => Date.parse("2026-11-30T10:15:00.000Z") },
        ids: {
          id: (prefix) => {
            made += 1;
            return `${prefix}_${made}`;
          },
        },
      },
    },
  );
  const byKey = (called: string, params = {}) => route(requestOf(called, { params }));
  const byPerson = (called: string, params = {}) => {
    const { authorization: _, ...headers } = requestOf(called).headers;
    return route({ ...requestOf(called, { params }), headers });
  };
  const entries = async () => (await log.list({ limit: 100 })).items;
  return { byKey, byPerson, entries };
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a call that is audited", () => {
  it("is written down with who made it, what it changed, and from what to what", async () => {
    const publish = async () =>
      ({ ...(await ok()), changed: { before: { live: "a" }, after: { live: "b" } } }) as const;
    const { byKey, byPerson, entries } = world({ publish });
    await byKey("POST /v1/things/{id}", { id: "thing_1" });
    await byPerson("POST /v1/things/{id}", { id: "thing_2" });
    const said = {
      at: "2026-11-30T10:15:00.000Z",
      call: "publish",
      state: "done",
      before: { live: "a" },
      after: { live: "b" },
    };
    expect((await entries()).toReversed()).toEqual([
      {
        ...said,
        auditId: "aud_1",
        target: "thing_1",
        actor: { kind: "key", id: "0123456789ab", name: "crm" },
      },
      { ...said, auditId: "aud_2", target: "thing_2", actor: { kind: "person", id: "p-1" } },
    ]);
  });

  it("says nothing of a customer, though the path names one by an address", async () => {
    const { byKey, entries } = world();
    await byKey("POST /v1/people/{ref}", { ref: "email:kim@example.com" });
    expect(JSON.stringify(await entries())).not.toContain("kim");
  });

  it("is not made where it cannot be written down", async () => {
    const publish = vi.fn(ok);
    const down: AuditLog = { ...memoryAuditLog(), put: () => Promise.reject(new Error("down")) };
    await expect(world({ publish }, down).byKey("POST /v1/things/{id}")).rejects.toThrow("down");
    expect(publish).not.toHaveBeenCalled();
  });

  it("is answered where its end cannot be written down, and stays as begun", async () => {
    keepLines();
    const log = memoryAuditLog();
    let puts = 0;
    const flaky: AuditLog = {
      ...log,
      put: (entry) => {
        puts += 1;
        return puts === 2 ? Promise.reject(new Error("down")) : log.put(entry);
      },
    };
    const { byKey, entries } = world({}, flaky);
    expect(await byKey("POST /v1/things/{id}")).toMatchObject({ status: 200 });
    expect(await entries()).toMatchObject([{ state: "begun" }]);
  });

  it.each([
    ["refused", new RapportError("not_found", "no"), "not_found"],
    ["failed", new Error("ada@shop.example is not iterable"), "internal"],
  ])("is told as %s by the error's code alone", async (state, error, reason) => {
    const { byKey, entries } = world({ publish: () => Promise.reject(error) });
    await expect(byKey("POST /v1/things/{id}")).rejects.toBe(error);
    expect(await entries()).toMatchObject([{ state, reason }]);
    expect(JSON.stringify(await entries())).not.toContain("ada@");
  });

  it("is one that people make, where keys make it by the thousand; and never one that only reads", async () => {
    const { byKey, byPerson, entries } = world();
    await byKey("POST /v1/letters");
    await byKey("GET /v1/things");
    await byPerson("GET /v1/things");
    expect(await entries()).toEqual([]);
    await byPerson("POST /v1/letters");
    expect(await entries()).toMatchObject([{ call: "write", actor: { kind: "person" } }]);
  });

  it("cannot be forgotten: what is audited does not start without a log", () => {
    expect(() => router(operations, usual, { findKey: async () => KEY })).toThrow("audited");
  });
});
