import { expect, it } from "vitest";
import { heldAccounts } from "#runtime/held-accounts.ts";

const PROVIDER = "standard-webhooks";

/** A store that answers until it is told to fail, and tells what it was asked. */
const storeOf = (known: Record<string, Record<string, string>>) => {
  const asked: string[] = [];
  const store = { down: false };
  const find = async (_provider: string, account: string) => {
    asked.push(account);
    if (store.down) throw new Error("no answer");
    return known[account] ?? null;
  };
  let now = 0;
  const accounts = heldAccounts({ find }, { now: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { accounts, asked, store, pass };
};

it("an account is asked for once in five minutes, a name that nobody has once in one", async () => {
  const { accounts, asked, pass } = storeOf({ desk: { secret: "s" } });
  for (const _ of [1, 2]) {
    expect(await accounts.find(PROVIDER, "desk")).toEqual({ secret: "s" });
    expect(await accounts.find(PROVIDER, "nobody")).toBeNull();
  }
  expect(asked).toEqual(["desk", "nobody"]);
  pass(60_000);
  await accounts.find(PROVIDER, "desk");
  await accounts.find(PROVIDER, "nobody");
  expect(asked).toEqual(["desk", "nobody", "nobody"]);
  pass(240_000);
  await accounts.find(PROVIDER, "desk");
  expect(asked.filter((account) => account === "desk")).toHaveLength(2);
});

it("an account goes on counting while secrets cannot be read, whatever names anybody made up before", async () => {
  const { accounts, store, pass } = storeOf({ desk: { secret: "s" } });
  await accounts.find(PROVIDER, "desk");
  for (let n = 0; n < 3_000; n += 1) await accounts.find(PROVIDER, `made-up-${n}`);
  store.down = true;
  pass(600_000);
  expect(await accounts.find(PROVIDER, "desk")).toEqual({ secret: "s" });
  await expect(accounts.find(PROVIDER, "other")).rejects.toThrow("no answer");
});

it("an account that was taken away is gone within five minutes, and one that is new is there within one", async () => {
  const known: Record<string, Record<string, string>> = { desk: { secret: "s" } };
  const { accounts, pass } = storeOf(known);
  await accounts.find(PROVIDER, "desk");
  delete known.desk;
  pass(300_000);
  expect(await accounts.find(PROVIDER, "desk")).toBeNull();
  known.desk = { secret: "new" };
  pass(60_000);
  expect(await accounts.find(PROVIDER, "desk")).toEqual({ secret: "new" });
});
