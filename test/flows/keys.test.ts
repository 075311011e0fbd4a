import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "#cli/run.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { seedKeys } from "#infra/local/seed.ts";
import { hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});

const rapport = async (...args: string[]): Promise<string[]> => {
  const output: string[] = [];
  const terminal = {
    environment: { RAPPORT_STAGE: "local", AWS_ENDPOINT_URL: cloud.awsUrl },
    out: (line: string) => output.push(line),
    error: (line: string) => output.push(line),
  };
  expect(await runCli(args, terminal), output.join("\n")).toBe(0);
  return output;
};

const statusWith = async (key: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${cloud.url}/v1/profiles/userId:nobody`, { headers })).status;
};

describe("an API key from the command line, on the hub of this machine", () => {
  it("works once it is made, is listed, and is dead a minute after it is revoked", async () => {
    const key = (await rapport("keys", "create", "--name", "crm", "--scopes", "profiles:read")).at(-1) ?? "";
    expect(await statusWith(key)).toBe(404);
    expect((await rapport("keys", "list")).join("\n")).toMatch(
      /secret {2}"crm" {2}profiles:read {2}made 20\d\d/,
    );

    await rapport("keys", "revoke", "crm");
    expect((await rapport("keys", "list")).join("\n")).toMatch(/"crm".* revoked 20\d\d/);
    await hubAt(cloud.url).advance("PT1M");
    expect(await statusWith(key)).toBe(401);
  });

  it("stays dead when the hub starts again and gives itself its well-known keys", async () => {
    await rapport("keys", "revoke", "local-write-key");
    await seedKeys(cloud);
    expect((await rapport("keys", "list")).join("\n")).toMatch(/"local write key".* revoked/);
    const identify = { writeKey: "local-write-key", userId: "kim", type: "identify" };
    const answer = await fetch(`${cloud.url}/v1/identify`, {
      method: "POST",
      body: JSON.stringify(identify),
    });
    expect(answer.status).toBe(401);
  });
});
