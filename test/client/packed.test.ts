import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { JSDOM } from "jsdom";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { proofOf } from "#domain/identity/proof.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { PROJECT_ROOT } from "../support/project/root.ts";

const run = promisify(execFile);
const BUDGET_BYTES = 5 * 1024;

const folder = mkdtempSync(join(tmpdir(), "rapport-client-"));
const installed = join(folder, "node_modules/@rapport/client");
let cloud: LocalCloud;
let hub: Hub;

beforeAll(async () => {
  cloud = await startTestCloud();
  hub = hubAt(cloud.url);
});
beforeAll(async () => {
  await run("npm", ["run", "--silent", "pack:client", "--", folder], { cwd: PROJECT_ROOT });
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], { cwd: folder });
});
afterEach(() => cloud.faults.clear());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const browserFile = (): string => readFileSync(join(installed, "dist/browser.js"), "utf8");

describe("the package", () => {
  it("brings no other with it, and what people look for in one", () => {
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "@rapport",
    ]);
    expect(readdirSync(installed).toSorted()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  });

  it("is at most 5 KB in a page, gzipped", () => {
    const bytes = gzipSync(browserFile(), { level: 9 }).length;
    console.log(`@rapport/client in a page: ${bytes} bytes gzipped, of ${BUDGET_BYTES}`);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it("tells a TypeScript project what goes in and what comes out", async () => {
    const right = `
      import { serverClient } from "@rapport/client";
      const rapport = serverClient({ url: "https://hub.example", secretKey: "s" });
      const one = await rapport.decide({ customer: "userId:kim", placement: "web.home.hero" });
      const id: string = one.decisionId;
      const all = await rapport.decide({ customer: "userId:kim", placements: ["web.home.hero"] });
      const first: string | undefined = all.decisions[0]?.decisionId;
      const page = await rapport.timeline(id, { limit: 5 });
      const kinds: readonly ("event" | "decision" | "message" | "outcome" | "merge")[] =
        page.items.map(({ kind }) => kind);
      export { first, kinds };`;
    const wrong = `
      import { pageClient, serverClient } from "@rapport/client";
      const rapport = serverClient({ url: "https://hub.example", secretKey: "s" });
      // @ts-expect-error nobody is named
      await rapport.decide({ placement: "web.home.hero" });
      // @ts-expect-error a path that the API has, without what is in it
      await rapport.call("GET /v1/decisions/{id}");
      // @ts-expect-error a page decides nothing but slots
      pageClient({ url: "https://hub.example", writeKey: "w" }).decide;`;
    writeFileSync(join(folder, "right.ts"), right);
    writeFileSync(join(folder, "wrong.ts"), wrong);
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--types", ""];
    const tsc = join(PROJECT_ROOT, "node_modules/.bin/tsc");
    await run(tsc, [...options, "--lib", "es2022,dom", "right.ts", "wrong.ts"], { cwd: folder });
  });
});

describe("a Node script", () => {
  it("tells, asks and sends, each event and message once through 429, 503 and lost answers", async () => {
    cloud.faults.add({ target: "POST /v1/batch", kind: "throttle", at: "before", times: 1 });
    cloud.faults.add({ target: "collect/http", kind: "error", at: "after", times: 1 });
    cloud.faults.add({ target: "send/api", kind: "error", at: "after", times: 1 });
    writeFileSync(
      join(folder, "shop.js"),
      `import { RapportProblem, serverClient } from "@rapport/client";
      const rapport = serverClient({ url: process.argv[2], secretKey: "local-secret-key" });
      rapport.identify({ userId: "nia", traits: { email: "nia@example.com", firstName: "Nia" } });
      rapport.consent({ userId: "nia" },
        { channel: "email", topic: "marketing", status: "granted", kind: "express", source: "shop" });
      rapport.track({ userId: "nia", event: "Order Completed", properties: { order_id: "N-1", total: 24.5, currency: "EUR" } });
      await rapport.flush();
      const content = { subject: "Thank you", text: "It leaves today." };
      const sent = await rapport.message({ to: "userId:nia", category: "transactional", content });
      const { status } = await rapport.messageStatus(sent.messageId);
      const decision = await rapport.decide({ customer: "userId:nia", placement: "web.home.hero" });
      const action = decision.actions[0].action;
      await rapport.outcome({ decisionId: decision.decisionId, action, outcome: "clicked" });
      const problem = await rapport.profile("userId:nobody").catch((error) => error);
      console.log(JSON.stringify({ status, action, known: problem instanceof RapportProblem, code: problem.code }));`,
    );
    const { stdout } = await run(process.execPath, ["shop.js", cloud.url], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({
      status: expect.stringMatching(/requested|sending|sent/),
      action: expect.stringMatching(/^hero-/),
      known: true,
      code: "not_found",
    });
    await hub.settle();
    expect(cloud.faults.list()).toEqual([]);
    const timeline = await hub.timeline("userId:nia");
    expect(timeline.filter(({ name }) => name === "Order Completed")).toHaveLength(1);
    expect(timeline.filter(({ kind, outcome }) => kind === "outcome" && outcome === "clicked")).toHaveLength(
      1,
    );
    const { consent } = await hub.profile("userId:nia");
    expect(consent).toMatchObject([{ channel: "email", topic: "marketing", status: "granted" }]);
    const mails = await hub.outbox({ to: "nia@example.com" });
    expect(mails.filter(({ subject }) => subject === "Thank you")).toHaveLength(1);
  });
});

/** A page of another site that loads the package's file; `beacons` are those that its browser took. */
const openPage = () => {
  const page = new JSDOM("<!doctype html><title>Shop</title>", {
    url: "http://shop.example/coffee?from=secret",
    runScripts: "dangerously",
    pretendToBeVisual: true,
  });
  const beacons: { url: string; body: string }[] = [];
  const asked: { url: string; headers: object }[] = [];
  // What jsdom lacks of a browser.
  Object.assign(page.window, {
    AbortSignal,
    fetch: (url: string, init: { headers: Record<string, string> }) => {
      asked.push({ url, headers: init.headers });
      return fetch(url, init);
    },
  });
  Object.assign(page.window.navigator as object, {
    sendBeacon: (url: string, body: string) => beacons.push({ url, body }) > 0,
  });
  page.window.eval(`${browserFile()};window.rapport = rapport;`);
  const evaluate = (code: string): Promise<unknown> => Promise.resolve(page.window.eval(code));
  return { evaluate, beacons, asked, close: () => page.window.close() };
};

const newPageClient = (identity?: object): string =>
  `window.hub = rapport.pageClient({ url: "${cloud.url}", writeKey: "local-write-key", identity: ${JSON.stringify(identity)} })`;

describe("a page", () => {
  it("tells what a visitor does, asks for slots and says what came of them, with no question by OPTIONS", async () => {
    const page = openPage();
    await page.evaluate(newPageClient());
    await page.evaluate('hub.page("Coffee"); hub.track("Product Viewed", { product_id: "p1" }); hub.flush()');
    const { anonymousId } = (await page.evaluate("hub.visitor()")) as { anonymousId: string };
    await hub.settle();
    const timeline = await hub.timeline(`anonymousId:${anonymousId}`);
    expect(timeline.map(({ name }) => name)).toEqual(expect.arrayContaining(["Coffee", "Product Viewed"]));
    expect(JSON.stringify(timeline)).not.toContain("secret");

    const shown = (await page.evaluate(`hub.slots(["web.home.hero"], { device: "phone" })
      .then(([slot]) => Promise.all([slot.seen(), slot.clicked()]).then(() => slot.action))`)) as string;
    expect(shown).toMatch(/^hero-/);
    await hub.settle();
    const after = await hub.timeline(`anonymousId:${anonymousId}`);
    expect(after.filter(({ kind }) => kind === "outcome").map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(["shown", "clicked"]),
    );
    for (const { headers } of page.asked) expect(headers).toEqual({});
    page.close();
  });

  it("hands over what waits when it is left, once, though it comes back and sends it again", async () => {
    const page = openPage();
    await page.evaluate(newPageClient());
    await page.evaluate('hub.track("Left Behind"); window.dispatchEvent(new Event("pagehide"))');
    expect(page.beacons).toHaveLength(1);
    const [{ url, body } = { url: "", body: "" }] = page.beacons;
    expect((await fetch(url, { method: "POST", body })).status).toBe(200);
    await page.evaluate("hub.flush()");
    await hub.settle();
    const { anonymousId } = (await page.evaluate("hub.visitor()")) as { anonymousId: string };
    const timeline = await hub.timeline(`anonymousId:${anonymousId}`);
    expect(timeline.filter(({ name }) => name === "Left Behind")).toHaveLength(1);
    page.close();
  });

  it("passes a proof along, and forgets it with its user", async () => {
    const at = new Date(await hub.now()).toISOString();
    const identity = proofOf("local-identity-key", "ola", at);
    const page = openPage();
    await page.evaluate(newPageClient(identity));
    await page.evaluate('hub.track("Logged In"); hub.flush()');
    await page.evaluate('hub.reset(); hub.identify("pia"); hub.track("Logged In"); hub.flush()');
    await hub.settle();
    const standing = async (userId: string) =>
      (await hub.timeline(`userId:${userId}`)).find(({ name }) => name === "Logged In")?.standing;
    expect([await standing("ola"), await standing("pia")]).toEqual(["proven", "public"]);
    page.close();
  });

  it("remembers its visitor until somebody logs out", async () => {
    const page = openPage();
    await page.evaluate(newPageClient());
    await page.evaluate('hub.identify("quy")');
    const before = await page.evaluate("hub.visitor().anonymousId");
    await page.evaluate(newPageClient());
    expect(await page.evaluate("[hub.visitor().anonymousId, hub.visitor().userId].join()")).toBe(
      `${before},quy`,
    );
    await page.evaluate("hub.reset()");
    expect(await page.evaluate("hub.visitor().anonymousId")).not.toBe(before);
    expect(await page.evaluate("hub.visitor().userId")).toBeUndefined();
    page.close();
  });
});
