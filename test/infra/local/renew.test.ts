import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalCloud, startLocalCloud } from "#infra/local/cloud.ts";
import { synthesizeShop } from "./app/shop.ts";

let folder: string;
let assembly: string;
let cloud: LocalCloud;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rapport-renew-"));
  assembly = await synthesizeShop(join(folder, "first"));
  cloud = await startLocalCloud({ assembly, port: 0, stateDirectory: null });
});
afterAll(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

/** A copy of the assembly, with other code where the function `probe` has its own, and files beside it. */
const withProbe = (name: string, code: string, beside: Readonly<Record<string, string>> = {}): string => {
  const copy = join(folder, name);
  cpSync(assembly, copy, { recursive: true });
  for (const file of globSync("asset.*/index.mjs", { cwd: copy })) {
    const path = join(copy, file);
    if (!readFileSync(path, "utf8").includes("probe was told to throw")) continue;
    writeFileSync(path, code);
    for (const [page, text] of Object.entries(beside)) {
      mkdirSync(dirname(join(dirname(path), page)), { recursive: true });
      writeFileSync(join(dirname(path), page), text);
    }
  }
  return copy;
};
const echo = async (): Promise<unknown> =>
  (await fetch(`${cloud.url}/probe/echo`, { method: "POST", body: "{}" })).json();

describe("a running cloud", () => {
  it("takes the code of another assembly, of the functions that changed and no other", async () => {
    const labels = await cloud.renew(withProbe("second", "export const handler = () => ({ code: 2 });"));

    expect(labels).toEqual(["shop/probe"]);
    expect(await echo()).toEqual({ code: 2 });
  });

  it("changes nothing where no code has changed", async () => {
    expect(await cloud.renew(withProbe("third", "export const handler = () => ({ code: 2 });"))).toEqual([]);
  });

  it("takes what lies beside the code, in folders too", async () => {
    const code = "export const handler = () => ({ code: 2 });";
    const labels = ["shop/probe"];
    expect(await cloud.renew(withProbe("pages", code, { "pages/a.html": "one" }))).toEqual(labels);
    expect(await cloud.renew(withProbe("same", code, { "pages/a.html": "one" }))).toEqual([]);
    expect(await cloud.renew(withProbe("other", code, { "pages/a.html": "two" }))).toEqual(labels);
    expect(await cloud.renew(withProbe("moved", code, { "a.html": "two" }))).toEqual(labels);
  });

  it("lets what runs end with the code that it began with", async () => {
    const slow = "export const handler = () => new Promise((done) => setTimeout(done, 400, { code: 3 }));";
    await cloud.renew(withProbe("fourth", slow));
    await echo();
    const running = echo();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await cloud.renew(withProbe("fifth", "export const handler = () => ({ code: 4 });"));

    expect(await running).toEqual({ code: 3 });
    expect(await echo()).toEqual({ code: 4 });
  });

  it("goes on as before where the code does not load, and says why", async () => {
    const broken = withProbe("broken", 'throw new Error("no such table");');

    await expect(cloud.renew(broken)).rejects.toThrow(/shop.probe failed at init: .*no such table/);
    expect(await echo()).toEqual({ code: 4 });
  });

  it("answers what runs beside an invocation whose time is up, as environments of their own would", async () => {
    const code = `export const handler = ({ pathParameters: { what } }) =>
      what === "hang" ? new Promise(() => {}) : new Promise((done) => setTimeout(done, 600, { code: 5 }));`;
    await cloud.renew(withProbe("hanging", code));
    const hanging = fetch(`${cloud.url}/probe/hang`, { method: "POST", body: "{}" });
    // Its time is up after a second, in the midst of the other.
    await new Promise((resolve) => setTimeout(resolve, 700));
    const beside = echo();

    expect((await hanging).status).toBe(503);
    expect(await beside).toEqual({ code: 5 });
    expect(await echo()).toEqual({ code: 5 });
  });
});
