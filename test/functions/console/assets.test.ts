import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { assetCalls } from "#functions/console/assets/assets.ts";
import { readBuilt } from "#functions/console/assets/built.ts";
import { operations } from "#functions/console/assets/operations.ts";
import { router } from "#runtime/http/router.ts";
import { requestOf } from "../../support/handlers/requests.ts";

const SCRIPT = "console.log('a page');".repeat(100);
const folder = mkdtempSync(join(tmpdir(), "console-"));
mkdirSync(join(folder, "console/assets"), { recursive: true });
writeFileSync(join(folder, "console/index.html"), "<!doctype html><title>Console</title>");
writeFileSync(join(folder, "console/favicon.svg"), "<svg/>");
writeFileSync(join(folder, "console/assets/index-a1b2c3d4.js"), SCRIPT);
writeFileSync(join(folder, "console/assets/index-a1b2c3d4.js.br"), brotliCompressSync(SCRIPT));
writeFileSync(join(folder, "index.mjs"), "export const handler = 'ours';");
afterAll(() => rmSync(folder, { recursive: true }));

const HERE = "http://127.0.0.1:4000";
const ask = (path: string, headers: Record<string, string> = {}, at = HERE, token = "x") => {
  const route = router(operations, assetCalls({ built: readBuilt(join(folder, "console")), publicUrl: at }), {
    findKey: async () => null,
  });
  const proxy = path.replace(/^\/console\/?/, "");
  const declared = proxy === "" ? "GET /console" : "GET /console/{proxy+}";
  const session = at.startsWith("https:") ? "__Host-rapport-session" : "rapport-session";
  return route({
    ...requestOf(declared, { params: { proxy }, headers }),
    path,
    cookies: { [session]: token },
  });
};

describe("the console's files", () => {
  it.each([
    ["/console"],
    ["/console/customers/cus_1"],
    ["/console/index.html"],
    ["/console/customers/mail@x.example"],
  ])("%s is a page, which asks for no script but the console's own, in nobody's frame", async (path) => {
    const { status, headers, bytes } = await ask(path);
    expect([status, bytes?.type, bytes?.body.toString()]).toEqual([
      200,
      "text/html; charset=utf-8",
      "<!doctype html><title>Console</title>",
    ]);
    const policy = headers?.["content-security-policy"] ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers?.["cache-control"]).toBe("no-cache");
  });

  it("are kept for ever where their names say what they hold, and packed where the browser takes it", async () => {
    const path = "/console/assets/index-a1b2c3d4.js";
    const plain = await ask(path);
    expect(plain.bytes?.body.toString()).toBe(SCRIPT);
    expect(plain.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    const packed = await ask(path, { "accept-encoding": "gzip, br" });
    expect(packed.headers?.["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(packed.bytes?.body ?? Buffer.of()).toString()).toBe(SCRIPT);
    const known = await ask(path, { "if-none-match": plain.headers?.etag ?? "" });
    expect([known.status, known.bytes]).toEqual([304, undefined]);
    expect((await ask("/console/favicon.svg")).headers?.["cache-control"]).toBe("no-cache");
  });

  it("are all that can be had: no file beside them, and none of a build that is gone", async () => {
    for (const path of [
      "../index.mjs",
      "..%2findex.mjs",
      "assets/../../index.mjs",
      "assets",
      "assets/old-ffffffff.js",
    ]) {
      const { status, bytes, html = "" } = await ask(`/console/${path}`);
      expect((bytes?.body.toString() ?? html).includes("ours"), path).toBe(false);
      if (path.startsWith("assets/")) expect(status, path).toBe(404);
    }
    expect((await ask("/console/assets/index-a1b2c3d4.js.br")).status).toBe(404);
  });

  it("are had by encrypted connections alone where the hub has one", async () => {
    const { headers } = await ask("/console", {}, "https://hub.example.com");
    expect(headers?.["strict-transport-security"]).toMatch(/max-age=\d{8}/);
  });

  it("lead who is not logged in to log in, and back to the page that was asked for, unless that is a page of nobody's", async () => {
    const [page, endless] = await Promise.all(
      ["/console/customers", `/console/${"%".repeat(7_000)}`].map((path) => ask(path, {}, HERE, "")),
    );
    expect([page?.status, page?.headers?.location]).toEqual([
      302,
      "/console/login?to=%2Fconsole%2Fcustomers",
    ]);
    expect([endless?.status, endless?.headers?.location]).toEqual([302, "/console/login"]);
  });
});
