import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RapportError } from "#kernel/errors.ts";
import { sqs } from "#runtime/aws.ts";
import { type SqsRecord, sqsQueueControl } from "#runtime/queue-control.ts";
import { keepLines } from "../support/handlers/written-lines.ts";

const BASE = "http://127.0.0.1:4566/000000000000";

const record = (id: string, queue: string): SqsRecord => ({
  messageId: id,
  receiptHandle: `handle-${id}`,
  body: `{"id":"${id}"}`,
  eventSourceARN: `arn:aws:sqs:eu-central-1:000000000000:${queue}`,
  attributes: { ApproximateReceiveCount: "1", MessageGroupId: "g1" },
});

const sent: unknown[] = [];
let fails = false;
const controlOf = (deadLetterQueue: string) => {
  vi.stubEnv("QUEUE_URL", `${BASE}/mail-fast,${BASE}/mail-bulk`);
  vi.stubEnv("DLQ_URL", `${BASE}/${deadLetterQueue}`);
  return sqsQueueControl();
};

beforeEach(() => {
  sent.length = 0;
  fails = false;
  vi.spyOn(sqs(), "send").mockImplementation(async (command: unknown) => {
    if (fails) throw new Error("no answer");
    sent.push(command);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("a dead letter", () => {
  const reason = new RapportError("poison_event", "ada@shop.example can never be applied");

  it("should keep the body as it came, with the code as reason and without the message of the error", async () => {
    await controlOf("dead").deadLetter(record("m1", "mail-fast"), reason);
    const [command] = sent;
    expect(command).toBeInstanceOf(SendMessageCommand);
    expect(command).toMatchObject({
      input: {
        QueueUrl: `${BASE}/dead`,
        MessageBody: '{"id":"m1"}',
        MessageAttributes: {
          reason: { StringValue: "poison_event" },
          recordId: { StringValue: "m1" },
          function: { StringValue: "rapport" },
        },
      },
    });
    expect(JSON.stringify(command)).not.toContain("ada@shop.example");
    const cause = Object.assign(new Error("ada@shop.example is too long"), { name: "ValidationException" });
    await controlOf("dead").deadLetter(
      record("m1", "mail-fast"),
      new RapportError("impossible", "no", { cause }),
    );
    expect(sent[1]).toMatchObject({
      input: {
        MessageAttributes: {
          reason: { StringValue: "impossible" },
          cause: { StringValue: "ValidationException" },
        },
      },
    });
    expect(JSON.stringify(sent[1])).not.toContain("ada@shop.example");
  });

  it("should stay in its group in a FIFO queue, and be there once however often it is written", async () => {
    const control = controlOf("dead.fifo");
    await control.deadLetter(record("m1", "mail-fast"), reason);
    await control.deadLetter(record("m1", "mail-fast"), reason);
    const ids = sent.flatMap((command) => (command instanceof SendMessageCommand ? [command.input] : []));
    expect(ids.map(({ MessageGroupId }) => MessageGroupId)).toEqual(["g1", "g1"]);
    expect(new Set(ids.map(({ MessageDeduplicationId }) => MessageDeduplicationId)).size).toBe(1);
  });

  it("should fail aloud when it could not be kept: the record must come back", async () => {
    fails = true;
    await expect(controlOf("dead").deadLetter(record("m1", "mail-fast"), reason)).rejects.toThrow(
      "no answer",
    );
  });
});

describe("a retry", () => {
  it("should hide the records for so long in the queue they came by", async () => {
    await controlOf("dead").retryIn([record("m1", "mail-bulk"), record("m2", "mail-bulk")], 16);
    const [command] = sent;
    expect(command).toBeInstanceOf(ChangeMessageVisibilityBatchCommand);
    expect(command).toMatchObject({
      input: {
        QueueUrl: `${BASE}/mail-bulk`,
        Entries: [
          { ReceiptHandle: "handle-m1", VisibilityTimeout: 16 },
          { ReceiptHandle: "handle-m2", VisibilityTimeout: 16 },
        ],
      },
    });
  });

  it("should come by the queue's own timeout when it could not be brought forward", async () => {
    const lines = keepLines();
    fails = true;
    await controlOf("dead").retryIn([record("m1", "mail-fast")], 1);
    expect(lines.join("")).toContain("retry not brought forward");
  });
});
