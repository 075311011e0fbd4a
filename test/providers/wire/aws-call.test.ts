import { Agent } from "node:http";
import { GetAccountCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { describe, expect, it } from "vitest";
import { discoverFunctions, loadDefinition } from "#infra/functions.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { readFailure } from "#providers/wire/failure.ts";
import { PATIENCE } from "#usecases/send/senders.ts";
import { PROJECT_ROOT } from "../../support/project/root.ts";

describe("an AWS service that cannot be connected to", () => {
  it("was surely not asked, so that the message is tried again", async () => {
    // A name that is looked up for ever.
    const httpAgent = new Agent({ lookup: () => undefined });
    const { requestHandler, ...call } = awsCall({ connectMs: 100, answerMs: 10_000 });
    const client = new SESv2Client({
      ...call,
      region: "us-east-1",
      endpoint: "http://provider.invalid",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      requestHandler: { ...requestHandler, httpAgent },
    });
    const error = await client.send(new GetAccountCommand({})).catch((thrown: unknown) => thrown);
    httpAgent.destroy();
    expect(readFailure(error, {})).toMatchObject({ result: "later", reason: "unreachable" });
  });
});

describe("the time a sender waits for its provider", () => {
  it("leaves each worker that sends half of its own or more", async () => {
    const folders = await discoverFunctions(PROJECT_ROOT);
    const senders = folders.filter(({ group, name }) => group === "send" && name !== "api");
    expect(senders.length).toBeGreaterThan(2);
    for (const folder of senders) {
      const { timeoutSeconds = 0 } = await loadDefinition(folder);
      expect(PATIENCE.connectMs + PATIENCE.answerMs, folder.id).toBeLessThanOrEqual(
        (timeoutSeconds * 1_000) / 2,
      );
    }
  });
});
