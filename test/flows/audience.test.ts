import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

const FILES = testFiles({
  "playbook.yaml": `${TEST_FILES["playbook.yaml"]}  news.monthly: { channels: [email] }\n`,
  "segments.yaml": "grown: customer.age >= 18\n",
  "sends/monthly.yaml": "if: customer.age >= 18\nplacement: news.monthly\nrate: 40\n",
  "actions/news.yaml": `category: marketing
placements: [news.monthly]
treatments: [{ channel: email }]
`,
  "templates/news/email.html": "---\nsubject: The news\n---\n<p>Hello</p>\n",
});

let cloud: LocalCloud;
let hub: Hub;
const scanning = new Set<string>();
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: FILES,
    onRequest: ({ caller, headers }) => {
      if (caller !== null && headers["x-amz-target"]?.endsWith(".Scan")) scanning.add(caller);
    },
  });
  hub = hubAt(cloud.url);
  // Nine who are grown, seven of whom agreed to be written to, and three who are not.
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const userId = `reader-${index}`;
      const traits = { email: `${userId}@example.com`, age: index < 9 ? 30 : 12 };
      await hub.collect("identify", { userId, traits });
      if (index < 7) await hub.collect("track", consentTo("email", userId));
    }),
  );
  await hub.settle();
});

type Body = Record<string, unknown>;
const ask = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
  const answer = await hub.call(method, path, body, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as Body;
};
const begin = async (asked: Body, headers?: Record<string, string>): Promise<string> =>
  String((await ask("POST", "/v1/sends", asked, headers)).sendId);
const over = async (sendId: string): Promise<Body> => {
  await hub.settle();
  return ask("GET", `/v1/sends/${sendId}`);
};
const mails = async () => (await hub.outbox({})).filter(({ subject }) => subject === "The news");
const NEWS = { name: "news", segment: "grown", placement: "news.monthly" };

describe("segments", () => {
  it("are counted by one walk, and tell how old the count is", async () => {
    const { items } = await ask("GET", "/v1/segments");
    expect(items).toEqual([{ name: "grown", size: 9, at: expect.any(String) }]);
    expect(await ask("GET", "/v1/segments/grown")).toMatchObject({ size: 9 });
    expect((await hub.call("GET", "/v1/segments/tall")).status).toBe(404);
    expect([...scanning]).toEqual(["audience/walk"]);
  });

  it("show their members page by page, each once", async () => {
    const found: string[] = [];
    let cursor = "";
    do {
      const page = await ask("GET", `/v1/segments/grown/members?limit=4${cursor}`);
      found.push(...(page.items as { customerId: string }[]).map(({ customerId }) => customerId));
      cursor = page.cursor === null ? "" : `&cursor=${page.cursor}`;
    } while (cursor !== "");
    expect(found).toHaveLength(9);
    expect(new Set(found).size).toBe(9);
  });
});

describe("a send", () => {
  it("is tried dry, begun, and begun again: each of its audience is decided on once", async () => {
    const sendId = await begin({ ...NEWS, dryRun: true });
    const dry = await over(sendId);
    const counted = {
      total: 9,
      decided: 9,
      sent: 7,
      refused: { consent: 2 },
      channels: { email: 7 },
      failed: 0,
    };
    expect(dry).toMatchObject({ status: "done", dryRun: true, ...counted });
    expect(await mails()).toEqual([]);

    await Promise.all([1, 2, 3].map(() => ask("POST", `/v1/sends/${sendId}/start`)));
    expect(await over(sendId)).toMatchObject({ status: "done", dryRun: false, ...counted });
    await ask("POST", `/v1/sends/${sendId}/start`);
    await over(sendId);
    const sent = await mails();
    expect(sent).toHaveLength(7);
    expect(new Set(sent.map(({ to }) => to)).size).toBe(7);
    const { items } = await ask("GET", "/v1/jobs?kind=send");
    expect(items).toContainEqual(
      expect.objectContaining({ jobId: sendId, kind: "send", status: "done", done: 12, total: 12 }),
    );
  });

  it("is begun by the name under which the playbook plans it, and by no other", async () => {
    const planned = await over(await begin({ name: "monthly", dryRun: true }));
    expect(planned).toMatchObject({
      status: "done",
      name: "monthly",
      if: "customer.age >= 18",
      placement: "news.monthly",
      rate: 40,
      total: 9,
    });
    const other = await hub.call("POST", "/v1/sends", { name: "montly" });
    expect(other).toMatchObject({ status: 400, body: { message: expect.stringContaining("monthly") } });
  });

  it("begins no second send for the same key, and refuses another body with it", async () => {
    const key = { "idempotency-key": randomUUID() };
    const asked = { ...NEWS, if: "customer.age > 100", segment: undefined };
    const sendId = await begin(asked, key);
    expect(await begin(asked, key)).toBe(sendId);
    const other = await hub.call("POST", "/v1/sends", { ...asked, placement: "web.home.hero" }, key);
    expect(other.status).toBe(409);
    expect(await over(sendId)).toMatchObject({ status: "done", total: 0, decided: 0 });
  });

  it("waits for its time, is called off, and keeps to a rate", async () => {
    const later = new Date((await hub.now()) + 3_600_000).toISOString();
    const [planned, slow] = [
      await begin({ ...NEWS, at: later }),
      await begin({ ...NEWS, rate: 0.2, dryRun: true }),
    ];
    expect(await over(planned)).toMatchObject({ status: "queued", decided: 0, at: later });
    await ask("POST", `/v1/sends/${planned}/cancel`);
    expect(Number((await over(slow)).decided)).toBeLessThan(9);
    await ask("POST", `/v1/sends/${slow}/pause`);
    await hub.advance("PT2H");
    expect(await over(slow)).toMatchObject({ status: "paused" });
    expect(await over(planned)).toMatchObject({ status: "cancelled", decided: 0 });
    await ask("POST", `/v1/sends/${slow}/resume`);
    await hub.advance("PT5M");
    expect(await over(slow)).toMatchObject({ status: "done", decided: 9 });
  });

  it("refuses what it could not do", async () => {
    const wrong: Body[] = [
      { ...NEWS, segment: undefined },
      { ...NEWS, if: "true" },
      { ...NEWS, segment: "growm" },
      { ...NEWS, placement: "news.montly" },
      { ...NEWS, segment: undefined, if: "customer.agee > 3" },
      { ...NEWS, segment: undefined, if: "customer.age >" },
      { ...NEWS, segment: undefined, if: "customer.age" },
      { ...NEWS, at: "25:00" },
      { ...NEWS, rate: 0 },
      { ...NEWS, rates: 3 },
    ];
    for (const body of wrong)
      expect((await hub.call("POST", "/v1/sends", body)).status, JSON.stringify(body)).toBe(400);
    for (const path of ["/v1/sends/snd_none", "/v1/jobs/job_none", "/v1/sends/job_none"])
      expect((await hub.call("GET", path)).status).toBe(404);
  });
});
