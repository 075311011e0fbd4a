import { beforeEach, describe, expect, it } from "vitest";
import { retireSecret, rotateSecret } from "#cli/secrets.ts";
import { inUse, type Keyring, parseKeyring } from "#kernel/keyring.ts";

const NOON = Date.parse("2026-12-01T12:00:00.000Z");
const QUARTER = 15 * 60_000;

let output: string[];
let keys: Keyring;
let now: number;
beforeEach(() => {
  output = [];
  keys = parseKeyring("first");
  now = NOON;
});

const terminal = { environment: {}, out: (line: string) => output.push(line), error: () => {} };
const secretOf = async () => ({
  read: async () => keys,
  write: async (written: Keyring) => {
    keys = written;
  },
  now: async () => now,
});
const rotate = (what: string) => rotateSecret(what, {}, terminal, secretOf);
const retire = (what: string, version: string) => retireSecret({ what, version }, {}, terminal, secretOf);
const versions = () => keys.map(({ version }) => version);

describe("rapport keys rotate", () => {
  it.each(["link", "identifier"])(
    "puts a newer %s key beside the old, used a quarter of an hour later",
    async (what) => {
      expect(await rotate(what)).toBe(0);
      expect(keys).toEqual([
        { version: "2", key: expect.stringMatching(/^[\w-]{43}$/), from: "2026-12-01T12:15:00.000Z" },
        { version: "1", key: "first" },
      ]);
      expect(output).toEqual([`${what} key: version 2, used from 2026-12-01T12:15:00.000Z on`]);
    },
  );

  it("lets proofs by a new identity key hold at once", async () => {
    await rotate("identity");
    expect(inUse(keys, now)[0]?.version).toBe("2");
  });

  it("waits for the rotation before, and changes nothing until then", async () => {
    await rotate("link");
    now += QUARTER - 1;
    await expect(rotate("link")).rejects.toThrow("version 2 counts from");
    expect(versions()).toEqual(["2", "1"]);
    now += 1;
    await rotate("link");
    expect(versions()).toEqual(["3", "2", "1"]);
  });

  it("never shows the key", async () => {
    await rotate("identifier");
    expect(output.join()).not.toContain(keys[0]?.key);
  });

  it("asks which, where it knows none of that name", async () => {
    await expect(rotate("lnik")).rejects.toThrow('did you mean "link"?');
  });
});

describe("rapport keys retire", () => {
  it("ends an older key once the newer is used, and not before", async () => {
    await rotate("link");
    for (const version of ["1", "2"]) await expect(retire("link", version)).rejects.toThrow("in use");
    now += QUARTER;
    await retire("link", "1");
    expect(versions()).toEqual(["2"]);
    await expect(retire("link", "2")).rejects.toThrow("in use");
  });

  it("ends no identifier key, and none that is not there", async () => {
    await rotate("identity");
    await expect(retire("identifier", "1")).rejects.toThrow("they stay");
    await expect(retire("identity", "7")).rejects.toThrow("there is no version 7");
    expect(versions()).toEqual(["2", "1"]);
  });
});
