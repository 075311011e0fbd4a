import { beforeEach, describe, expect, it } from "vitest";
import { createKey, listKeys, revokeKey } from "#cli/keys.ts";
import { type KeyRegister, type RegisteredKey, SCOPES } from "#ports/key-store.ts";
import { hashKey } from "#runtime/http/keys.ts";

let output: string[];
let kept: { stage: string; key: RegisteredKey }[];
beforeEach(() => {
  output = [];
  kept = [];
});

const terminal = { environment: {}, out: (line: string) => output.push(line), error: () => {} };

const registerOf = async ({ name: stage }: { name: string }): Promise<KeyRegister> => ({
  put: async (key) => {
    kept.push({ stage, key });
  },
  list: async () => kept.filter((one) => one.stage === stage).map(({ key }) => key),
  revoke: async (key, at) => {
    kept = kept.map((one) => (one.key === key ? { stage, key: { ...key, revokedAt: at } } : one));
  },
});

const keep = (...keys: Partial<RegisteredKey>[]) => {
  for (const key of keys) {
    const whole: RegisteredKey = { hash: hashKey("sk_1"), kind: "secret", scopes: ["decide"], name: "crm" };
    kept.push({ stage: "prod", key: { ...whole, ...key } });
  }
};

describe("rapport keys create", () => {
  const create = (options: Record<string, string>) => createKey(options, terminal, registerOf);

  it("prints the key once and keeps its hash alone", async () => {
    expect(await create({ name: "crm", scopes: "decide, send", stage: "test" })).toBe(0);
    expect(output).toEqual([expect.stringMatching(/^sk_[\w-]{43}$/)]);
    expect(kept).toEqual([
      {
        stage: "test",
        key: {
          hash: hashKey(output[0] ?? ""),
          kind: "secret",
          scopes: ["decide", "send"],
          name: "crm",
          createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      },
    ]);
    expect(JSON.stringify(kept)).not.toContain(output[0]);
  });

  it("gives a write key that can only collect", async () => {
    await create({ name: "web", kind: "write" });
    expect(kept[0]?.key).toMatchObject({ kind: "write", scopes: ["collect"] });
    expect(output[0]).toMatch(/^wk_/);
  });

  it.each([
    [{ scopes: "decide" }, "--name"],
    [{ name: "x" }, "--scopes"],
    [{ name: "x", scopes: "deside" }, 'did you mean "decide"?'],
    [{ name: "x", kind: "public", scopes: "decide" }, "--kind"],
    [{ name: "x", kind: "write", scopes: "decide" }, "only collect"],
  ])("refuses %j", async (options, words) => {
    await expect(create(options)).rejects.toThrow(words);
  });
});

describe("rapport keys list", () => {
  it("tells of each key who has it, what it may and since when, the revoked ones last", async () => {
    keep(
      { name: "gone", hash: "a".repeat(64), revokedAt: "2026-12-02T00:00:00.000Z" },
      { name: "old", hash: "b".repeat(64), scopes: SCOPES },
      { name: "web", hash: "c".repeat(64), kind: "write", scopes: [], createdAt: "2026-12-01T00:00:00.000Z" },
    );
    expect(await listKeys({}, terminal, registerOf)).toBe(0);
    expect(output).toEqual([
      'bbbbbbbbbbbb  secret  "old"  all  made by an earlier release',
      'cccccccccccc  write   "web"  collect  made 2026-12-01T00:00:00.000Z',
      'aaaaaaaaaaaa  secret  "gone"  decide  made by an earlier release  revoked 2026-12-02T00:00:00.000Z',
    ]);
  });
});

describe("rapport keys revoke", () => {
  const revoke = (meant: string) => revokeKey(meant, {}, terminal, registerOf);
  const living = () => kept.filter(({ key }) => key.revokedAt === undefined).map(({ key }) => key.name);

  it.each([["sk_1"], ["crm"], [hashKey("sk_1").slice(0, 12)]])(
    "takes %s for the key it is",
    async (meant) => {
      keep({}, { name: "shop", hash: hashKey("sk_2") });
      expect(await revoke(meant)).toBe(0);
      expect(living()).toEqual(["shop"]);
    },
  );

  it("asks which one, where several have the name, and revokes none", async () => {
    keep({}, { hash: hashKey("sk_2") });
    await expect(revoke("crm")).rejects.toThrow(hashKey("sk_2").slice(0, 12));
    expect(living()).toEqual(["crm", "crm"]);
  });

  it("takes the one that is left for the name's, once the other is revoked", async () => {
    keep({ revokedAt: "2026-12-01T00:00:00.000Z" }, { hash: hashKey("sk_2") });
    await revoke("crm");
    expect(living()).toEqual([]);
  });

  it.each([
    ["shop", "there is no such key"],
    ["gone", "revoked already"],
    ["a", "there is no such key"],
  ])("says of %s that %s", async (meant, words) => {
    keep({}, { name: "gone", hash: "a".repeat(64), revokedAt: "2026-12-01T00:00:00.000Z" });
    await expect(revoke(meant)).rejects.toThrow(words);
    expect(living()).toEqual(["crm"]);
  });
});
