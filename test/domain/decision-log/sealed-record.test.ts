import { expect, it } from "vitest";
import { NONCE_BYTES, openRecord, sealRecord } from "#domain/decision-log/sealed-record.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";

const KEY = new Uint8Array(32).fill(7);
const NONCE = new Uint8Array(NONCE_BYTES).fill(1);
const DECISION = { at: "2026-03-01T12:00:00.000Z", placement: "web.home.hero", playbook: "p1" };
const WHOLE = { v: 1, decisionId: "dec_1", customerId: "cus_1", decision: DECISION };

/** Sealed with the right key, whatever it is. */
const opened = (record: object) => openRecord(sealRecord(record as LogRecord, KEY, NONCE), KEY);

it("a sealed record opens to itself", () => {
  expect(opened(WHOLE)).toEqual(WHOLE);
});

it.each([
  ["of another form", { ...WHOLE, v: 2 }],
  ["of no form", { ...WHOLE, v: undefined }],
])("what was sealed with the key is no record: %s", (_what, record) => {
  expect(opened(record)).toBeNull();
});

it("what was sealed without a decision is no record", () => {
  const lost = { ...WHOLE, decision: DECISION, toJSON: () => ({ v: 1, decisionId: "dec_1" }) };
  expect(opened(lost)).toBeNull();
});

it.each([["null"], ["text"], [7]])("what was sealed as %j is no record", (value) => {
  expect(opened({ ...WHOLE, toJSON: () => (value === "null" ? null : value) })).toBeNull();
});

it.each([0, 1, 12, 28])("what is too short to be sealed is no record: %d bytes", (length) => {
  const record = {
    ...sealRecord(WHOLE as LogRecord, KEY, NONCE),
    sealed: Buffer.alloc(length).toString("base64"),
  };
  expect(openRecord(record, KEY)).toBeNull();
});
