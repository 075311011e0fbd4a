import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { objectsAt, parseObject } from "#infra/local/aws/json.ts";
import type { JsonObject } from "#kernel/json.ts";
import { synthesizeShop } from "../app/shop.ts";

vi.setConfig({ hookTimeout: 180_000, testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "kill-"));
const survivor = fileURLToPath(new URL("./survivor.ts", import.meta.url));
let assembly: string;
let running: ChildProcess | null = null;

beforeAll(async () => {
  assembly = await synthesizeShop(folder);
});
afterAll(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

function start(): Promise<string> {
  const child = spawn(process.execPath, [survivor, assembly, join(folder, "state")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running = child;
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the cloud ended")));
    child.stdout?.once("data", (url: Buffer) => resolve(url.toString().trim()));
  });
}

async function kill(): Promise<void> {
  const child = running;
  running = null;
  if (child === null || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

const read = async (url: string, path: string): Promise<JsonObject> =>
  parseObject(await (await fetch(url + path)).text()) ?? {};
const mailed = async (url: string): Promise<Set<unknown>> =>
  new Set(objectsAt(await read(url, "/_local/outbox"), "items").map((item) => item.to));
const order = async (url: string, id: number): Promise<boolean> => {
  const body = JSON.stringify({ id: `k${id}`, mail: `k${id}@example.com`, total: 20 });
  const answer = await fetch(`${url}/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => null);
  return answer?.status === 202;
};

describe("killing the process in the middle of a burst", () => {
  it("loses nothing that was accepted, in any of its stores", async () => {
    const first = await start();
    const secret = (await read(first, "/probe/secret")).secret;
    const accepted: string[] = [];
    const burst = Array.from({ length: 150 }, async (_, id) => {
      if (await order(first, id)) accepted.push(`k${id}@example.com`);
    });
    // Kill while some are answered, some wait in queues and some are mailed already.
    while (accepted.length < 60) await new Promise((resolve) => setTimeout(resolve, 1));
    await kill();
    await Promise.all(burst);

    const second = await start();
    await fetch(`${second}/_local/clock`, { method: "POST", body: JSON.stringify({ advance: "PT2M" }) });
    const mails = await mailed(second);
    expect(accepted.filter((mail) => !mails.has(mail))).toEqual([]);
    expect((await read(second, "/probe/secret")).secret).toBe(secret);
  });

  it("keeps the shifted clock", async () => {
    await kill();
    const first = await start();
    await fetch(`${first}/_local/clock`, { method: "POST", body: JSON.stringify({ advance: "P3D" }) });
    const before = Date.parse(String((await read(first, "/_local/clock")).now));
    await kill();
    const after = Date.parse(String((await read(await start(), "/_local/clock")).now));
    expect(after).toBeGreaterThanOrEqual(before);
  });
});
