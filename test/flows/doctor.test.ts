import { beforeAll, describe, expect, it } from "vitest";
import { memoryAccount } from "#adapters/memory/account.ts";
import { awsAccount } from "#cli/aws-account.ts";
import { doctor } from "#cli/doctor.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import type { Account } from "#ports/account.ts";
import { awsAt } from "../support/hub/aws-access.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let cloud: LocalCloud;
let accounts: Readonly<Record<string, Account>>;
const published = (name: string): string => cloud.deployment.parameters.get(`/rapport/local/${name}`) ?? "";

beforeAll(async () => {
  cloud = await startTestCloud();
  const real = awsAccount({ name: "local", aws: awsAt(cloud) });
  const live = await real.livePlaybook(published("tables/playbooks"));
  accounts = {
    memory: memoryAccount({
      stacks: [],
      published: { "api/url": published("api/url") },
      secrets: [published("secrets/link-key")],
      subscribers: { confirmed: 0, pending: 0 },
      live: live.told === "answer" ? live.value : null,
      reachable: { [`${cloud.url}/openapi.json`]: 200 },
    }),
    "a local cloud": real,
  };
});

describe.each(["memory", "a local cloud"])("an account in %s", (which) => {
  const account = (): Account => {
    const found = accounts[which];
    if (found === undefined) throw new Error(`no account in ${which}`);
    return found;
  };

  it("tells what core published, and what it did not", async () => {
    expect(await account().published("api/url")).toEqual({ told: "answer", value: published("api/url") });
    expect(await account().published("tables/none")).toEqual({ told: "absent" });
  });

  it("tells which playbook is live, and who sends by it", async () => {
    const told = await account().livePlaybook(published("tables/playbooks"));
    expect(told).toMatchObject({
      told: "answer",
      value: {
        version: expect.stringMatching(/^pb_/),
        providers: { email: "ses" },
        from: { email: expect.stringContaining("@") },
      },
    });
  });

  it("tells whether an address answers", async () => {
    expect(await account().reach(`${cloud.url}/openapi.json`)).toBe(200);
    expect(await account().reach("http://127.0.0.1:1/")).toBeNull();
  });
});

describe("rapport doctor --stage local", () => {
  it("says what the local cloud does not answer, and that nothing else is missing", async () => {
    const lines: string[] = [];
    const terminal = { environment: {}, out: (line: string) => lines.push(line), error: () => {} };
    const code = await doctor({ stage: "local", "aws-url": cloud.awsUrl }, terminal);
    const text = lines.join("\n");
    expect(text).toMatch(/stacks: The stacks: not answered here\./);
    expect(text).toMatch(/playbook: The playbook pb_\w+ is live/);
    expect(text).toMatch(/email: SES sends for this account/);
    expect(text).toMatch(/email: The identity .* at SES: not answered here/);
    expect(code, text).toBe(0);
  });
});
