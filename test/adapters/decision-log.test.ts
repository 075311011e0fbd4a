import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { firehoseDecisionLog } from "#adapters/firehose/decision-log.ts";
import { decide } from "#domain/decision/decide.ts";
import { toLogRecord } from "#domain/decision-log/record.ts";
import { NONCE_BYTES, openRecord, parseSealed, sealRecord } from "#domain/decision-log/sealed-record.ts";
import type { LogRecord } from "#domain/decision-log/types.ts";
import { system } from "#runtime/system.ts";
import { recordingFirehose } from "../support/aws/firehose.ts";
import { action, customer, NOON, playbookOf } from "../support/decisions/decision.ts";

const recordOf = (decisionId: string): LogRecord => {
  const { decision, basis } = decide({
    playbook: playbookOf({ actions: [action("cart")] }),
    record: customer({ traits: { tier: "gold" } }),
    placement: "trigger.cart",
    mode: "message",
    decisionId,
    now: NOON,
  });
  return toLogRecord(decision, basis);
};

describe("a sealed record", () => {
  const key = system.newDataKey();
  const record = recordOf("dec_1");
  const sealed = sealRecord(record, key, randomBytes(NONCE_BYTES));

  it("shows who, when and where, and nothing of what was decided", () => {
    const line = JSON.stringify(sealed);
    expect(parseSealed(line)).toEqual(sealed);
    expect(Object.keys(sealed)).toEqual([
      "v",
      "decisionId",
      "customerId",
      "at",
      "placement",
      "playbook",
      "sealed",
    ]);
    expect(line).not.toContain("gold");
  });

  it("opens with its key to what was sealed", () => {
    expect(openRecord(sealed, key)).toEqual(JSON.parse(JSON.stringify(record)));
  });

  it("opens with no other key, and never seals the same way twice", () => {
    expect(openRecord(sealed, system.newDataKey())).toBeNull();
    expect(sealRecord(record, key, randomBytes(NONCE_BYTES)).sealed).not.toBe(sealed.sealed);
  });

  it("does not open when any part of it was changed", () => {
    expect(openRecord({ ...sealed, customerId: "cus_2" }, key)).toBeNull();
    expect(openRecord({ ...sealed, at: "2026-03-11T11:00:00.001Z" }, key)).toBeNull();
    const bytes = Buffer.from(sealed.sealed, "base64");
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    expect(openRecord({ ...sealed, sealed: bytes.toString("base64") }, key)).toBeNull();
    expect(openRecord({ ...sealed, sealed: "" }, key)).toBeNull();
  });

  it("is not mistaken for one when the line is none", () => {
    for (const line of ["", "{", "null", "[]", '{"v":2}', '{"v":1,"sealed":1}'])
      expect(parseSealed(line)).toBeNull();
  });
});

describe("the stream of the decision log", () => {
  const entries = ["dec_1", "dec_2", "dec_3"].map((id) => ({
    record: recordOf(id),
    key: system.newDataKey(),
  }));

  it("gets one line a record, in one request", async () => {
    const stream = recordingFirehose();
    await firehoseDecisionLog({ client: stream.client, stream: "decisions" }).write(entries);
    expect(stream.requests).toBe(1);
    const lines = stream.take();
    expect(lines.map((line) => line.endsWith("\n"))).toEqual([true, true, true]);
    expect(lines.map((line) => parseSealed(line)?.decisionId)).toEqual(["dec_1", "dec_2", "dec_3"]);
  });

  it("gets again what it turned down, and only that", async () => {
    const stream = recordingFirehose();
    stream.refuse(2);
    await firehoseDecisionLog({ client: stream.client, stream: "decisions" }).write(entries);
    expect(stream.requests).toBe(2);
    expect(stream.take()).toHaveLength(3);
  });

  it("is said to be unavailable when it keeps turning records down", async () => {
    const stream = recordingFirehose();
    stream.refuse(1_000);
    const log = firehoseDecisionLog({ client: stream.client, stream: "decisions" });
    await expect(log.write(entries)).rejects.toMatchObject({ code: "unavailable" });
  });
});
