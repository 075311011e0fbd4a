import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoHistoryStore } from "#adapters/dynamodb/history/history-store.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../../../support/aws/dynamo-engine.ts";

const ITEMS = 100_000;
const PAGE = 50;
const FIRST_MS = Date.UTC(2026, 0, 1);
/** Writing so much takes its time. */
const LONGEST_MS = 600_000;

const busy = "cus_busy";
const quiet = "cus_quiet";
let engine: DynamoEngine;
let history: HistoryStore;

/** The fact in that place of the timeline, the oldest first; each a second after the one before. */
const fact = (of: string, place: number): HistoryItem => ({
  id: `${of}_${place}`,
  kind: "event",
  customerId: of,
  at: new Date(FIRST_MS + place * 1000).toISOString(),
  body: { type: "track", name: "Product Viewed", properties: { place } },
});

beforeAll(async () => {
  engine = await startDynamoEngine();
  history = dynamoHistoryStore({ client: engine.client, table: "history" });
  const written = 2_500;
  for (let from = 0; from < ITEMS; from += written)
    await history.put(Array.from({ length: written }, (_, index) => fact(busy, from + index)));
  await history.put(Array.from({ length: 200 }, (_, place) => fact(quiet, place)));
}, LONGEST_MS);
afterAll(() => engine.stop());

/** What a page costs, and which places it shows. */
const costOf = async (of: string, cursor?: string) => {
  engine.operations();
  engine.units();
  const { items, cursor: next } = await history.timeline([of], {
    limit: PAGE,
    ...(cursor === undefined ? {} : { cursor }),
  });
  const places = items.map((item) => Reflect.get(Object(item.properties), "place"));
  return { operations: engine.operations(), read: engine.units().read, places, next };
};

describe("a timeline of a hundred thousand entries", () => {
  it("opens with one request of as many units as one of two hundred", async () => {
    const [long, short] = [await costOf(busy), await costOf(quiet)];
    expect(long.operations).toEqual(["Query"]);
    expect(long.operations).toEqual(short.operations);
    expect(long.read).toBeLessThanOrEqual(short.read * 1.1);
    expect(long.places).toEqual(Array.from({ length: PAGE }, (_, index) => ITEMS - 1 - index));
  });

  it("is gone through page by page, each for the same, without one that comes twice or is left out", async () => {
    const first = await costOf(busy);
    let { next } = first;
    for (let page = 1; page < 100; page += 1) {
      const shown = await costOf(busy, next ?? undefined);
      expect(shown.operations).toEqual(["Query"]);
      expect(shown.read).toBeLessThanOrEqual(first.read * 1.1);
      expect(shown.places[0]).toBe(ITEMS - 1 - page * PAGE);
      expect(shown.places).toHaveLength(PAGE);
      ({ next } = shown);
    }
  });
});
