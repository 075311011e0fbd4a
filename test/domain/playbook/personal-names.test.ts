import { describe, expect, it } from "vitest";
import type { ComputedKind, DataModel } from "#domain/playbook/model/data-model.ts";
import { nameKey, personalComputed, personalNames } from "#domain/playbook/model/personal-names.ts";

const computed = (name: string, kind: ComputedKind, property?: string) =>
  ({ name, kind, event: "Seen", type: "any", ...(property === undefined ? {} : { property }) }) as const;
const MODEL: DataModel = {
  identifiers: [
    {
      type: "loyalty-no",
      priority: 1,
      limit: 1,
      unique: true,
      from: ["traits.cardNumber", "properties.till.card_id", "member", "context.device.token"],
      normalize: "none",
    },
  ],
  traits: [
    { name: "First Name", type: "string", personal: true },
    { name: "tier", type: "string" },
    { name: "size", type: "string", personal: false },
  ],
  events: [],
  computed: [
    computed("times", "count"),
    computed("lastCard", "last", "CARD_NUMBER"),
    computed("firstNested", "first", "buyer.first-name"),
    computed("names", "distinct", "firstName.given"),
    computed("cards", "sum", "cardId"),
    computed("tiers", "distinct", "tier"),
    computed("token", "last", "token"),
  ],
};

describe("names that name or reach a person", () => {
  it("are those that identifiers come from, and traits that are marked, however they are written", () => {
    expect([...personalNames(MODEL)]).toEqual(["loyaltyno", "cardnumber", "cardid", "member", "firstname"]);
  });

  it("make what is computed from them personal: the value, or a count of it", () => {
    expect(Object.fromEntries(personalComputed(MODEL))).toEqual({
      lastCard: "the value",
      firstNested: "the value",
      names: "a count",
      cards: "a count",
    });
  });

  it.each([
    ["zipCode", "zipcode"],
    ["zip_code", "zipcode"],
    ["Zip-Code 2", "zipcode2"],
    ["Größe", "größe"],
  ])("have a key: %s", (name, key) => {
    expect(nameKey(name)).toBe(key);
  });
});
