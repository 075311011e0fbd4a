import { beforeEach, describe, expect, it } from "vitest";
import { memoryPlaybookStore } from "#adapters/memory/playbook-store.ts";
import type { PlaybookStore } from "#ports/playbook-store.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { testPlaybook } from "../support/playbook/files.ts";

type Counted = { store: PlaybookStore; pointerReads: number; documentReads: number };

const countedStore = (): Counted => {
  const inner = memoryPlaybookStore();
  const counted: Counted = {
    pointerReads: 0,
    documentReads: 0,
    store: {
      ...inner,
      current: () => {
        counted.pointerReads += 1;
        return inner.current();
      },
      document: (version) => {
        counted.documentReads += 1;
        return inner.document(version);
      },
    },
  };
  return counted;
};

const publish = async (store: PlaybookStore, name: string): Promise<string> => {
  const { version, document } = await testPlaybook({ "segments.yaml": `${name}: customer.orders > 1\n` });
  const createdAt = "2026-11-21T10:00:00.000Z";
  await store.put({ version, name, createdAt, files: {}, document: JSON.stringify(document) });
  await store.publish(version, createdAt);
  return version;
};

describe("playbook cache", () => {
  let now = 0;
  let counted: Counted;
  const clock = { now: () => now };
  beforeEach(() => {
    now = 1_000_000;
    counted = countedStore();
  });

  it("says clearly that nothing is published, and finds a publication at once after that", async () => {
    const cache = playbookCache(counted.store, clock);
    await expect(cache.current()).rejects.toMatchObject({ code: "unavailable", retryAfter: 5 });
    const version = await publish(counted.store, "first");
    expect((await cache.current()).version).toBe(version);
  });

  it("says of a playbook that another release kept that its files are to be pushed again", async () => {
    const { version, document } = await testPlaybook({});
    const syntax = { ...document.syntax, form: "3" };
    const files = { version, name: "old", createdAt: "2026-11-21T10:00:00.000Z", files: {} };
    await counted.store.put({ ...files, document: JSON.stringify({ ...document, syntax }) });
    const cache = playbookCache(counted.store, clock);
    await expect(cache.get(version)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("push its files again"),
    });
  });

  it("sees a new publication within 5 seconds, and asks no more often", async () => {
    const cache = playbookCache(counted.store, clock);
    const first = await publish(counted.store, "first");
    expect((await cache.current()).version).toBe(first);
    const second = await publish(counted.store, "second");
    now += 4_999;
    expect((await cache.current()).version).toBe(first);
    expect(counted.pointerReads).toBe(1);
    now += 1;
    expect((await cache.current()).version).toBe(second);
  });

  it("reads and compiles a version once, however many ask at the same time", async () => {
    await publish(counted.store, "first");
    const cache = playbookCache(counted.store, clock);
    const [one, two] = await Promise.all([cache.current(), cache.current()]);
    expect(one).toBe(two);
    expect(counted).toMatchObject({ pointerReads: 1, documentReads: 1 });
  });

  it("asks again when the clock was set back", async () => {
    const cache = playbookCache(counted.store, clock);
    await publish(counted.store, "first");
    await cache.current();
    const second = await publish(counted.store, "second");
    now -= 86_400_000;
    expect((await cache.current()).version).toBe(second);
  });

  it("gives a version by name and says so when there is none", async () => {
    const version = await publish(counted.store, "first");
    const cache = playbookCache(counted.store, clock);
    expect((await cache.get(version)).segments.map(({ name }) => name)).toEqual(["first"]);
    await expect(cache.get("pb_none")).rejects.toMatchObject({ code: "not_found" });
  });

  it("tries again after a read that failed", async () => {
    const version = await publish(counted.store, "first");
    let failures = 1;
    const flaky: PlaybookStore = {
      ...counted.store,
      document: async (wanted) => {
        if (failures-- > 0) throw new Error("network");
        return counted.store.document(wanted);
      },
    };
    const cache = playbookCache(flaky, clock);
    await expect(cache.get(version)).rejects.toThrow("network");
    expect((await cache.get(version)).version).toBe(version);
  });

  it("forgets the version that was used longest ago when a fourth comes", async () => {
    const cache = playbookCache(counted.store, clock);
    const versions: string[] = [];
    for (const name of ["a", "b", "c"]) versions.push(await publish(counted.store, name));
    for (const version of versions) await cache.get(version);
    await cache.get(versions[0] ?? "");
    await cache.get(await publish(counted.store, "d"));
    expect(counted.documentReads).toBe(4);
    await cache.get(versions[0] ?? "");
    expect(counted.documentReads).toBe(4);
    await cache.get(versions[1] ?? "");
    expect(counted.documentReads).toBe(5);
  });
});
