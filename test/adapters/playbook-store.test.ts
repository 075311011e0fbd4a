import { randomBytes } from "node:crypto";
import { PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbooks/playbook-store.ts";
import { memoryPlaybookStore } from "#adapters/memory/playbook-store.ts";
import type { PlaybookStore, StoredPlaybook } from "#ports/playbook-store.ts";
import { type Dynalite, startDynalite } from "../support/aws/dynalite.ts";

let dynalite: Dynalite;
let tables = 0;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.stop());

const version = (digit: number) => `pb_${String(digit).padStart(26, "0")}`;
const playbook = (digit: number, overrides: Partial<StoredPlaybook> = {}): StoredPlaybook => ({
  version: version(digit),
  name: `shop ${digit}`,
  createdAt: `2026-11-0${digit}T10:00:00.000Z`,
  files: { "playbook.yaml": `name: shop ${digit}`, "templates/a/email.html": "<p>ä €</p>" },
  document: JSON.stringify({ name: `shop ${digit}` }),
  ...overrides,
});

const ADAPTERS: Readonly<Record<string, () => Promise<PlaybookStore>>> = {
  memory: async () => memoryPlaybookStore(),
  dynamodb: async () => {
    const table = await dynalite.table(`playbooks-${++tables}`);
    return dynamoPlaybookStore({ client: dynalite.client, table });
  },
};

describe.each(Object.entries(ADAPTERS))("playbook store in %s", (_name, make) => {
  it("gives back exactly what was put", async () => {
    const store = await make();
    await store.put(playbook(1));
    expect(await store.get(version(1))).toEqual(playbook(1));
    expect(await store.document(version(1))).toBe(playbook(1).document);
  });

  it("knows nothing of a version that was never put", async () => {
    const store = await make();
    expect(await store.get(version(9))).toBeNull();
    expect(await store.document(version(9))).toBeNull();
  });

  it("keeps a playbook whose packed files need several items", async () => {
    const store = await make();
    const files = { "templates/a/email.html": randomBytes(600_000).toString("base64") };
    await store.put(playbook(1, { files }));
    expect((await store.get(version(1)))?.files).toEqual(files);
  });

  it("keeps the first time when the same version is put again, and lists it once", async () => {
    const store = await make();
    await store.put(playbook(1));
    await store.put(playbook(1, { createdAt: "2026-11-20T10:00:00.000Z" }));
    expect((await store.get(version(1)))?.createdAt).toBe("2026-11-01T10:00:00.000Z");
    expect((await store.list({ limit: 10 })).items).toHaveLength(1);
  });

  it("has nothing published at first, then what was published last, and tells what was before", async () => {
    const store = await make();
    expect(await store.current()).toBeNull();
    await store.put(playbook(1));
    await store.put(playbook(2));
    expect(await store.publish(version(1), "2026-11-21T10:00:00.000Z")).toEqual({ previous: null });
    expect(await store.publish(version(2), "2026-11-21T10:01:00.000Z")).toEqual({ previous: version(1) });
    expect(await store.current()).toBe(version(2));
    expect(await store.publish(version(1), "2026-11-21T10:02:00.000Z")).toEqual({ previous: version(2) });
    expect(await store.current()).toBe(version(1));
  });

  it("lists newest first, page by page", async () => {
    const store = await make();
    for (const digit of [2, 1, 3]) await store.put(playbook(digit));
    const first = await store.list({ limit: 2 });
    expect(first.items).toEqual([
      { version: version(3), name: "shop 3", createdAt: "2026-11-03T10:00:00.000Z" },
      { version: version(2), name: "shop 2", createdAt: "2026-11-02T10:00:00.000Z" },
    ]);
    const second = await store.list({ limit: 2, cursor: first.cursor ?? "" });
    expect(second.items.map((item) => item.version)).toEqual([version(1)]);
    expect(second.cursor).toBeNull();
  });

  it("has no further page when the last one is exactly full", async () => {
    const store = await make();
    for (const digit of [1, 2]) await store.put(playbook(digit));
    expect((await store.list({ limit: 2 })).cursor).toBeNull();
  });

  it.each(["", "nonsense", Buffer.from("2026#pb_1").toString("base64url")])(
    "refuses the foreign cursor %j",
    async (cursor) => {
      const store = await make();
      await expect(store.list({ limit: 2, cursor })).rejects.toMatchObject({ code: "invalid_request" });
    },
  );
});

describe("playbook store in dynamodb", () => {
  it("cuts what it packs into items of at most 300 KB", async () => {
    const table = await dynalite.table("chunks");
    const store = dynamoPlaybookStore({ client: dynalite.client, table });
    await store.put(playbook(1, { files: { "a.html": randomBytes(800_000).toString("base64") } }));
    const { Items = [] } = await dynalite.client.send(new ScanCommand({ TableName: table }));
    const sizes = Items.flatMap(({ data }) => (data?.B ? [data.B.length] : []));
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300 * 1024);
  });

  it("lists a version after a crash between its last item and the list's, once it is put again", async () => {
    const table = await dynalite.table("crash");
    const crashing = Object.assign(Object.create(dynalite.client), {
      send: async (command: unknown) => {
        if (command instanceof PutItemCommand && command.input.Item?.pk?.S === "index")
          throw new Error("crash");
        return dynalite.client.send(command as PutItemCommand);
      },
    });
    await expect(dynamoPlaybookStore({ client: crashing, table }).put(playbook(1))).rejects.toThrow("crash");
    const store = dynamoPlaybookStore({ client: dynalite.client, table });
    await store.put(playbook(1, { createdAt: "2026-11-20T10:00:00.000Z" }));
    expect((await store.list({ limit: 10 })).items).toEqual([
      { version: version(1), name: "shop 1", createdAt: "2026-11-01T10:00:00.000Z" },
    ]);
  });
});
