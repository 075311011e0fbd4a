import type { Files, NewFunction } from "./names.ts";

const SCHEMA = `import * as z from "zod/mini";

/** The bus event as EventBridge puts it into the queue. */
export const Work = z.object({ id: z.string(), detail: z.record(z.string(), z.unknown()) });
`;

const HANDLER = `import { log } from "#runtime/log.ts";
import { parse } from "#runtime/parse.ts";
import { workerHandler } from "#runtime/worker.ts";
import { Work } from "./schema.ts";

export const handler = workerHandler(async ({ body }) => {
  const { id } = parse(Work, body);
  log.info("worked", { eventId: id });
});
`;

const stack = ({
  group,
  name,
}: NewFunction): string => `import type { FunctionDefinition } from "#infra/constructs/definition.ts";

export default {
  failureImpact: "Say in one sentence what a customer suffers when ${group}/${name} fails.",
  uses: [],
  queues: [{ name: "queue", from: [{ bus: "rapport", pattern: { "detail-type": ["name.it"] } }] }],
} satisfies FunctionDefinition;
`;

const test = ({
  group,
  name,
}: NewFunction): string => `import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Work } from "#functions/${group}/${name}/schema.ts";
import { parse } from "#runtime/parse.ts";

const QUEUE = "rapport-test-${group}-${name}";

beforeEach(() => {
  vi.stubEnv("QUEUE_URL", \`https://sqs.example/\${QUEUE}\`);
  vi.stubEnv("DLQ_URL", \`https://sqs.example/\${QUEUE}-dlq\`);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("${group}/${name}", () => {
  it("works on an event, and gives nothing back", async () => {
    const { handler } = await import("#functions/${group}/${name}/handler.ts");
    const record = {
      messageId: "1",
      receiptHandle: "r1",
      body: JSON.stringify({ id: "evt_1", detail: {} }),
      eventSourceARN: \`arn:aws:sqs:eu-central-1:000000000000:\${QUEUE}\`,
      attributes: { ApproximateReceiveCount: "1" },
    };
    const time = { getRemainingTimeInMillis: () => 10_000 };
    expect(await handler({ Records: [record] }, time)).toEqual({ batchItemFailures: [] });
  });

  it("refuses an event without an id", () => {
    expect(() => parse(Work, { detail: {} })).toThrow("id: expected text");
  });
});
`;

/** A function that is fed by a queue of its own, and logs what it is given. */
export const workerFunctionFiles = (wanted: NewFunction): Files => {
  const folder = `functions/${wanted.group}/${wanted.name}`;
  return {
    [`${folder}/schema.ts`]: SCHEMA,
    [`${folder}/handler.ts`]: HANDLER,
    [`${folder}/stack.ts`]: stack(wanted),
    [`test/${folder}.test.ts`]: test(wanted),
  };
};
