import { describe, expect, it } from "vitest";
import { decisionWrites } from "#adapters/dynamodb/decisions/decision-writes.ts";
import { decideFor, NOON, playbookOf } from "../../../support/decisions/decision.ts";

const TABLES = { customersTable: "customers", historyTable: "history", client: undefined as never };
const { decision } = decideFor(playbookOf({}));

const expiryOf = (customerId: string | null, keptUntil?: number) => {
  const write = { decisions: [{ ...decision, customerId }], messages: [] };
  const [put] = decisionWrites(TABLES, keptUntil === undefined ? write : { ...write, keptUntil });
  return put?.Item?.expires;
};

describe("the record of a decision", () => {
  it("should fade where it is about nobody and is kept until a time, in seconds", () => {
    expect(expiryOf(null, NOON + 1)).toEqual({ N: String(NOON / 1000 + 1) });
  });

  it("should stay with the customer whom it is about, and where nobody says until when", () => {
    expect(expiryOf("cus_1", NOON)).toBeUndefined();
    expect(expiryOf(null)).toBeUndefined();
  });
});
