import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSendingQuotas } from "#adapters/dynamodb/providers/sending-quotas.ts";
import { memorySendingQuotas } from "#adapters/memory/sending-quotas.ts";
import type { SendingQuotas } from "#ports/sending-quotas.ts";
import { type Dynalite, startDynalite } from "../support/aws/dynalite.ts";

const use = { channel: "sms", sender: "one/main +15550100", day: "2026-12-01" };

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.stop());

describe.each<[string, () => Promise<SendingQuotas>]>([
  ["memory", async () => memorySendingQuotas()],
  [
    "DynamoDB",
    async () => dynamoSendingQuotas({ client: dynalite.client, table: await dynalite.table("providers") }),
  ],
])("what senders use up of a day, in %s", (_name, start) => {
  let store: SendingQuotas;
  beforeAll(async () => {
    store = await start();
  });

  it("is never more than the most, however many take at once", async () => {
    const taken = await Promise.all(Array.from({ length: 12 }, () => store.take(use, 3, 20)));
    expect(taken.filter(Boolean)).toHaveLength(6);
    expect(await store.take(use, 2, 20)).toBe(true);
    expect(await store.take(use, 1, 20)).toBe(false);
  });

  it("is counted by day, sender and channel", async () => {
    const others = [
      { ...use, day: "2026-12-02" },
      { ...use, sender: "one/main" },
      { ...use, channel: "mms" },
    ];
    for (const other of others) {
      expect(await store.take(other, 20, 20)).toBe(true);
      expect(await store.take(other, 1, 20)).toBe(false);
    }
  });

  it("takes nothing where more is asked for than there ever is", async () => {
    const fresh = { ...use, day: "2026-12-03" };
    expect(await store.take(fresh, 21, 20)).toBe(false);
    expect(await store.take(fresh, 20, 20)).toBe(true);
  });
});
