import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

const banner = (value: number): string => `
category: marketing
placements: [web.home.hero]
eligible: customer.age > 40
value: ${value}
treatments: [{ channel: web, content: { headline: "For you" } }]
`;
const files = (value: number) =>
  testFiles({
    "actions/banner.yaml": banner(value),
    "contact-policy.yaml":
      "categories:\n  marketing: { consent: none }\n  transactional: { consent: none, transactional: true }\n",
    "playbook.yaml": (testFiles()["playbook.yaml"] ?? "").replace("limit: 2", "limit: 1"),
  });

let cloud: LocalCloud;
let hub: Hub;
const bodies: string[] = [];

beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: files(0.1),
    onRequest: ({ headers, body }) => {
      if (headers["x-amz-target"]?.startsWith("Firehose")) bodies.push(body);
    },
  });
  hub = hubAt(cloud.url);
});

type Simulated = {
  readonly status: string;
  readonly progress: { readonly share: number };
  readonly report: {
    readonly decisions: number;
    readonly changed: number;
    readonly skipped: object;
    readonly moves: readonly object[];
  };
};

const post = async <T>(path: string, body: unknown): Promise<T> => {
  const { status, body: answer } = await hub.call("POST", path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
  return answer as T;
};
const simulate = async (version: string, request: object = {}): Promise<Simulated> => {
  const { simulationId } = await post<{ simulationId: string }>(`/v1/playbooks/${version}/simulate`, request);
  await hub.settle();
  return (await hub.call("GET", `/v1/simulations/${simulationId}`)).body as Simulated;
};
const upload = (value: number) => post<{ version: string }>("/v1/playbooks", { files: files(value) });

describe("a playbook before it is published", () => {
  const secret = `grace-${randomUUID()}@example.com`;

  beforeAll(async () => {
    for (const [userId, age] of [
      ["sim-old", 60],
      ["sim-young", 20],
    ] as const) {
      await hub.collect("identify", {
        userId,
        traits: { age, email: userId === "sim-old" ? secret : "y@example.com" },
      });
    }
    await hub.settle();
    await post("/v1/decisions", { customer: "userId:sim-old", placement: "web.home.hero" });
    await post("/v1/decisions", { customer: "userId:sim-young", placement: "web.home.hero" });
    await post("/v1/decisions", { customer: "anonymousId:nobody", placement: "web.home.hero" });
  });

  it("shows what it would have changed in the decisions that were made, one by one from the log", async () => {
    const { version } = await upload(1_000);
    expect(await simulate(version)).toMatchObject({
      status: "done",
      progress: { share: 1 },
      report: {
        decisions: 3,
        changed: 1,
        skipped: {},
        moves: [{ from: "hero", to: "banner", decisions: 1 }],
      },
    });
  });

  it("changes nothing when it is the live one", async () => {
    expect((await simulate("current")).report).toMatchObject({ decisions: 3, changed: 0, moves: [] });
  });

  it("can be tried on people who are made up", async () => {
    const { version } = await upload(1_000);
    const profiles = [{ traits: { age: 50 } }, { traits: { age: 30 } }, { traits: {} }];
    const { report } = await simulate(version, { profiles, placements: ["web.home.hero"] });
    expect(report).toMatchObject({ decisions: 3, changed: 1 });
  });

  it("is told of nobody by name: the log holds no address and no trait in the clear", () => {
    const lines = bodies.flatMap((body) =>
      (JSON.parse(body) as { Records: readonly { Data: string }[] }).Records.map(({ Data }) =>
        Buffer.from(Data, "base64").toString("utf8"),
      ),
    );
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line.endsWith("\n")).toBe(true);
      expect(line).not.toContain(secret);
      expect(line).not.toContain("age");
      expect(Object.keys(JSON.parse(line) as object)).toContain("sealed");
    }
  });

  it("costs a decision one request to read beside the pointer, two to write, and one by which reports count it", async () => {
    cloud.usage.reset();
    await post("/v1/decisions", { customer: "userId:sim-old", placement: "web.home.hero" });
    const { byFunction } = cloud.usage.report(1);
    const made = Object.entries(byFunction["decide/api"] ?? {}).filter(
      ([operation]) => !operation.startsWith("dynamodb:GetItem"),
    );
    expect(Object.fromEntries(made)).toEqual({
      "dynamodb:Query": 1,
      "dynamodb:PutItem": 1,
      "firehose:PutRecordBatch": 1,
      // Told before it is recorded, so that no crash leaves a record uncounted (docs/decisions/0042).
      "events:PutEvents": 1,
    });
  });
});
