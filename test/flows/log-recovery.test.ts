import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let cloud: LocalCloud;
let hub: Hub;

beforeAll(async () => {
  cloud = await startTestCloud();
  hub = hubAt(cloud.url);
});

const Report = z.object({
  status: z.literal("done"),
  report: z.object({ decisions: z.int(), skipped: z.record(z.string(), z.int()) }),
});

/** What a simulation of the live version finds in the log at a placement. */
const logAt = async (placement: string) => {
  const asked = await hub.call("POST", "/v1/playbooks/current/simulate", { placement });
  const { simulationId } = z.parse(z.object({ simulationId: z.string() }), asked.body);
  await hub.settle();
  const { body } = await hub.call("GET", `/v1/simulations/${simulationId}`);
  return z.parse(Report, body).report;
};

const dieBeforeLogging = (name: string) =>
  cloud.faults.add({
    target: "firehose:PutRecordBatch",
    function: name,
    kind: "crash",
    at: "before",
    times: 1,
  });

describe("a process that dies between the record of a decision and the log", () => {
  it("is made up for when the trigger is delivered again", async () => {
    dieBeforeLogging("decide/on-event");
    await hub.tell("track", {
      userId: "log-ada",
      event: "Order Completed",
      properties: { order_id: "o-1", total: 12 },
      context: { traits: { email: "log-ada@example.com" } },
    });
    await hub.settle();
    await hub.advance("PT15M");
    expect(cloud.faults.list()).toEqual([]);
    expect(await logAt("trigger.order-confirmed")).toEqual({ decisions: 0, skipped: { recovered: 1 } });
  });

  it("is made up for when the message is asked for again", async () => {
    dieBeforeLogging("send/api");
    const body = {
      to: "email:log-bo@example.com",
      category: "transactional",
      content: { subject: "Your code", text: "424242" },
    };
    const ask = () => hub.call("POST", "/v1/messages", body, { "idempotency-key": "k-1" });
    expect((await ask()).status).toBeGreaterThanOrEqual(500);
    expect(await logAt("api.messages")).toEqual({ decisions: 0, skipped: {} });
    expect((await ask()).status).toBe(202);
    expect(await logAt("api.messages")).toEqual({ decisions: 0, skipped: { recovered: 1 } });
    await hub.settle();
    expect(await hub.outbox({ to: "log-bo@example.com" })).toHaveLength(1);
  });
});

describe("a message that is asked for by name", () => {
  it("stands in the log, and a repetition beside it is not counted", async () => {
    const before = await logAt("api.messages");
    const body = {
      to: "email:log-cy@example.com",
      category: "transactional",
      content: { subject: "Your code", text: "424242" },
    };
    for (const _ of [1, 2]) await hub.send(body, "k-2");
    const after = await logAt("api.messages");
    expect(after).toEqual({ ...before, decisions: before.decisions + 1 });
  });
});
