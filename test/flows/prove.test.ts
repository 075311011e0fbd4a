import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "#cli/prove/receipt.ts";
import { STORY, TAKING_AWAY } from "#cli/prove/story.ts";
import { prove } from "#cli/prove.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const MAILBOX = "owner@shop.example";
/** Steps that only an account can show. */
const IN_AWS_ALONE = ["deploy", "mailbox", "rollback", "destroy"];

let cloud: LocalCloud;
let hub: Hub;
let folder: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  hub = hubAt(cloud.url);
  folder = mkdtempSync(join(tmpdir(), "rapport-prove-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const live = async (): Promise<string> => {
  const { body } = await hub.call("GET", "/v1/playbooks/current");
  return (body as { version: string }).version;
};

/** Runs the command as somebody does who has the local cloud at these addresses. */
const run = async (name: string, options: object = {}, signal?: AbortSignal) => {
  const lines: string[] = [];
  const terminal = { environment: {}, out: (line: string) => lines.push(line), error: () => {} };
  const out = join(folder, name);
  const where = { stage: "local", url: cloud.url, "aws-url": cloud.awsUrl, out };
  const code = await prove({ ...where, ...options }, terminal, signal ?? new AbortController().signal);
  const files = readdirSync(out).map((file) => readFileSync(join(out, file), "utf8"));
  const receipt: Receipt = JSON.parse(files.find((text) => text.startsWith("{")) ?? "");
  return { code, lines, files, receipt };
};

// A step waits a minute by itself, and a busy machine takes its time for the others.
describe("rapport prove --stage local", { timeout: 240_000 }, () => {
  it("plays the story, says what it left out, puts everything back and names nobody in the receipt", async () => {
    const before = await live();
    const { code, files, lines, receipt } = await run("whole", { to: MAILBOX });
    expect(code, lines.join("\n")).toBe(0);

    const verdicts = receipt.steps.map(({ name, ok }) => [name, ok]);
    expect(verdicts).toEqual(
      [...STORY, ...TAKING_AWAY].map(({ name }) => [name, IN_AWS_ALONE.includes(name) ? null : true]),
    );
    const seen = Object.fromEntries(receipt.steps.map((step) => [step.name, step.seen]));
    expect(seen).toMatchObject({
      deploy: "nothing is deployed on one machine",
      decision: "welcome, by the published version",
      mail: expect.stringContaining("by the local cloud"),
      click: expect.stringContaining("read in the mail itself"),
      refusal: "decision: consent; message: consent",
      bounce: expect.stringContaining("suppressed"),
      redrive: "moved twice (completed, completed), applied once",
    });
    expect(receipt.requestsByCaller).toBeGreaterThan(15);
    expect(receipt.figures).toMatchObject({
      requestsByFunctions: expect.any(Number),
      dollars: expect.any(Number),
    });
    expect(receipt.figures?.requestsByFunctions).toBeGreaterThan(20);

    expect(await live()).toBe(before);
    expect(files).toHaveLength(2);
    for (const text of files) {
      expect(text).not.toContain("@");
      expect(text).not.toContain("shop.example");
      expect(text).not.toMatch(/\/[lu]\/[\w-]{20}|[sw]k_[\w-]{20}/);
    }
    expect(await hub.outbox({ to: MAILBOX })).toEqual([]);
  });

  it("ends with 1 where something is not as claimed, plays on what does not need it, and puts everything back", async () => {
    const before = await live();
    cloud.faults.add({ target: "send/api", kind: "error", at: "before", times: 1000 });
    const { code, receipt } = await run("broken");
    cloud.faults.clear();
    expect(code).toBe(1);
    const verdicts = Object.fromEntries(receipt.steps.map(({ name, ok }) => [name, ok]));
    expect(verdicts).toMatchObject({
      event: true,
      mail: false,
      bounce: false,
      redrive: true,
      "put back": true,
    });
    expect(verdicts.mailbox).toBeNull();
    expect(await live()).toBe(before);
  });

  it("stops when the caller stops it, and puts everything back all the same", async () => {
    const before = await live();
    const stopping = new AbortController();
    const stopOnce = async (): Promise<void> => {
      while ((await live()) === before) await new Promise((resolve) => setTimeout(resolve, 5));
      stopping.abort();
    };
    const [{ code, receipt }] = await Promise.all([run("stopped", {}, stopping.signal), stopOnce()]);
    expect(code).toBe(1);
    expect(receipt.steps.find(({ name }) => name === "redrive")).toMatchObject({
      ok: null,
      seen: "the run was stopped before",
    });
    expect(receipt.steps.find(({ name }) => name === "put back")?.ok).toBe(true);
    expect(await live()).toBe(before);
  });
});
