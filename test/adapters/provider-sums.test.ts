import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoProviderSums } from "#adapters/dynamodb/providers/provider-sums.ts";
import { memoryProviderSums } from "#adapters/memory/provider-sums.ts";
import { noSums, type Sums } from "#domain/routing/sums.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";
import { type Dynalite, startDynalite } from "../support/aws/dynalite.ts";

const SLOT = 359_221_000;
const sums = (more: Partial<Sums> = {}, slot = SLOT): Sums => ({
  ...noSums({ channel: "email", provider: "one", account: "main" }, slot),
  ...more,
});

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.stop());

describe.each<[string, () => Promise<ProviderSums>]>([
  ["memory", async () => memoryProviderSums()],
  [
    "DynamoDB",
    async () => dynamoProviderSums({ client: dynalite.client, table: await dynalite.table("providers") }),
  ],
])("what accounts answer, in %s", (_name, start) => {
  let store: ProviderSums;
  beforeAll(async () => {
    store = await start();
  });

  it("is added up over whoever says it at once", async () => {
    const one = sums({
      asked: 2,
      failed: 1,
      accepted: 1,
      errors: { "not encrypted": 1 },
      latencies: [1, 0, 1],
      open: 1,
    });
    await Promise.all(Array.from({ length: 10 }, () => store.add([one])));
    const [found, ...others] = await store.since("email", SLOT);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      asked: 20,
      failed: 10,
      accepted: 10,
      errors: { "not encrypted": 10 },
      open: 10,
    });
    expect(found?.latencies.slice(0, 3)).toEqual([10, 0, 10]);
  });

  it("is found by channel, from a slot on, each account apart", async () => {
    await store.add([
      sums({ asked: 1 }, SLOT + 10),
      sums({ asked: 2, account: "other" }, SLOT + 10),
      sums({ asked: 3 }, SLOT + 11),
      sums({ asked: 4, channel: "sms" }, SLOT + 11),
    ]);
    const found = await store.since("email", SLOT + 10);
    expect(found.map(({ account, asked }) => `${account} ${asked}`).sort()).toEqual([
      "main 1",
      "main 3",
      "other 2",
    ]);
    expect(await store.since("sms", SLOT + 12)).toEqual([]);
  });
});
