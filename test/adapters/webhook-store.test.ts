import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoWebhookStore } from "#adapters/dynamodb/webhooks/webhook-store.ts";
import { memoryWebhookStore } from "#adapters/memory/webhook-store.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import type { DeadLetter, WebhookStore } from "#ports/webhook-store.ts";
import { type Dynalite, startDynalite } from "../support/aws/dynalite.ts";

const NINE = "2026-12-01T09:00:00.000Z";
const TEN = "2026-12-01T10:00:00.000Z";
const letter = (webhook: string, id: string, at = NINE): DeadLetter => ({
  due: { ...WebhookDue.example, webhook, id },
  at,
  reason: "status 500",
});

let dynalite: Dynalite;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.stop());

describe.each<[string, () => Promise<WebhookStore>]>([
  ["memory", async () => memoryWebhookStore()],
  [
    "DynamoDB",
    async () => dynamoWebhookStore({ client: dynalite.client, table: await dynalite.table("webhooks") }),
  ],
])("what is known of systems that are told of events, in %s", (_name, start) => {
  let store: WebhookStore;
  beforeAll(async () => {
    store = await start();
  });

  it("counts failures in a row from the first on, whoever counts, until it is forgotten", async () => {
    await store.failed("one", { at: NINE, reason: "no answer" });
    await Promise.all([1, 2].map(() => store.failed("one", { at: TEN, reason: "status 500" })));
    expect((await store.health()).get("one")).toMatchObject({
      failures: 3,
      failingSince: NINE,
      lastFailureAt: TEN,
      reason: "status 500",
    });
    await store.clear("one");
    expect((await store.health()).get("one")).toBeUndefined();
  });

  it("says once that a system is disabled", async () => {
    const how = { at: NINE, reason: "gone" };
    const said = await Promise.all([store.disable("two", how), store.disable("two", how)]);
    expect(said.toSorted()).toEqual([false, true]);
    expect((await store.health()).get("two")).toMatchObject({ disabledAt: NINE, reason: "gone" });
  });

  it("forgets failures of who answers, if slowly", async () => {
    await store.failed("three", { at: NINE, reason: "no answer" });
    await store.slow("three", TEN);
    expect((await store.health()).get("three")).toEqual({ failures: 0, slowUntil: TEN });
  });

  it("keeps what could not be told, the oldest first and of each webhook apart, until it is dropped", async () => {
    const letters = [letter("four", "whk_2", TEN), letter("four", "whk_1"), letter("four", "whk_3", TEN)];
    for (const one of [...letters, letter("five", "whk_1"), letter("four", "whk_1")]) await store.keep(one);
    const { letters: oldest, isMore } = await store.dead("four", 2);
    expect(oldest.map(({ due }) => due.id)).toEqual(["whk_1", "whk_2"]);
    expect(isMore).toBe(true);
    await store.drop(oldest);
    expect(await store.dead("four", 2)).toMatchObject({ letters: [{ due: { id: "whk_3" } }], isMore: false });
    expect((await store.dead("five", 2)).letters).toEqual([letter("five", "whk_1")]);
  });
});
