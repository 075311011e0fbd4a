import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsInEachLook } from "../support/browser/axe.ts";
import { findBrowser } from "../support/browser/console.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

const browser: Browser | null = await findBrowser();
let hub: Hub;
let shop: Server;
/** The line to the hub: whether what is written reaches it, and whether its answer comes back. */
let line: Server;
let reaches = true;
let comesBack = true;
let arrived: (() => void) | undefined;

const listen = async (answer: RequestListener): Promise<Server> => {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};
const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
/** A browser's question whether a page may. */
const preflightOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith("access-control-") && typeof value === "string" ? [[name, value]] : [],
    ),
  );
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "playbook.yaml": `${TEST_FILES["playbook.yaml"]?.replace("  web: {}\n", "  web: {}\n  chat: { provider: hub }\n")}`,
    }),
  );
  line = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const isMessage = request.method === "POST" && request.url?.endsWith("/messages") === true;
    if (isMessage && !reaches) return arrived?.();
    const { authorization = "", origin = "" } = request.headers;
    const asked = { "content-type": "application/json", authorization, origin, ...preflightOf(request) };
    const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
    const answer = await fetch(hub.url + request.url, {
      method: request.method ?? "",
      headers: asked,
      ...body,
    });
    if (isMessage && !comesBack) return arrived?.();
    const { "content-encoding": _packed, ...headers } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
  });
  // The company's own page, which is not the hub's.
  shop = await listen((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><body><main><h1>Shop</h1></main><script src="${hub.url}/console/widget.js" data-hub="${urlOf(line)}" data-write-key="local-write-key"></script></body></html>`,
    );
  });
});
afterAll(async () => {
  for (const server of [shop, line]) {
    server?.closeAllConnections();
    server?.close();
  }
  await browser?.close();
});

const LONGEST_MS = 20_000;
const openTab = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_MS);
  await page.goto(urlOf(shop));
  await page.waitForSelector("rapport-chat");
  return page;
};
const ROOT = "document.querySelector('rapport-chat').shadowRoot";
/** By keyboard alone: the chat's button is all that can be reached on the page. */
const openChat = async (page: Page): Promise<void> => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
};
const write = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
};
const lines = (page: Page): Promise<string[]> =>
  page.evaluate(`[...${ROOT}.querySelectorAll(".log p")].map((one) => one.textContent)`) as Promise<string[]>;
const sees = (page: Page, ...texts: readonly string[]) =>
  page.waitForFunction(
    `JSON.stringify([...${ROOT}.querySelectorAll(".log p")].map((one) => one.textContent)) === ${JSON.stringify(JSON.stringify(texts))}`,
  );
const answerLatest = async (text: string): Promise<void> => {
  await hub.settle();
  const { body } = await hub.call("GET", "/v1/conversations?channel=chat&sort=newest");
  const { conversationId } = Object(body).items[0];
  const key = { "idempotency-key": randomUUID() };
  await hub.call("POST", `/v1/conversations/${conversationId}/replies`, { text }, key);
};

describe.skipIf(browser === null)("the chat on a company's page", () => {
  const newContext = (): Promise<BrowserContext> => {
    if (browser === null) throw new Error("there is no browser");
    return browser.createBrowserContext();
  };

  it("is written in and answered by keyboard alone, in two tabs, and keeps nothing but a token", async () => {
    const context = await newContext();
    const page = await openTab(context);
    await openChat(page);
    await write(page, "Where is my order? https://shop.example/4711");
    await sees(page, "You: Where is my order? https://shop.example/4711");
    await answerLatest("<b>Here</b>: https://shop.example/parcels/1.");
    const both = [
      "You: Where is my order? https://shop.example/4711",
      "Us: <b>Here</b>: https://shop.example/parcels/1.",
    ];
    await sees(page, ...both);
    expect(await page.evaluate(`[...${ROOT}.querySelectorAll(".log a")].map((one) => one.href)`)).toEqual([
      "https://shop.example/parcels/1",
    ]);
    const other = await openTab(context);
    await openChat(other);
    await sees(other, ...both);
    await write(other, "Thank you");
    await sees(other, ...both, "You: Thank you");
    await page.bringToFront();
    await sees(page, ...both, "You: Thank you");
    const kept = await page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");
    expect(kept).toMatch(/^\[\{"rapport-visitor [^"]+":"[\w-]+"\},\{"rapport-unsent [^"]+":"\[\]"\}\]$/);
    await page.keyboard.press("Escape");
    expect(await page.evaluate(`${ROOT}.activeElement.textContent`)).toBe("Open the chat");
    await context.close();
  });

  it("loses nothing and doubles nothing when a page is loaded anew in the middle of sending", async () => {
    const context = await newContext();
    const page = await openTab(context);
    await openChat(page);
    await write(page, "one");
    await sees(page, "You: one");
    // It does not reach the hub; and it does, but the answer never comes back.
    for (const [text, isThere] of [
      ["two", false],
      ["three", true],
    ] as const) {
      const held = Promise.withResolvers<void>();
      [reaches, comesBack, arrived] = [isThere, false, held.resolve];
      await write(page, text);
      await held.promise;
      expect((await lines(page)).at(-1)).toBe(`You: ${text}Not sent yet`);
      [reaches, comesBack] = [true, true];
      await page.reload();
      await page.waitForSelector("rapport-chat");
      await openChat(page);
      await page.waitForFunction(
        `[...${ROOT}.querySelectorAll(".log p")].some((one) => one.textContent === "You: ${text}")`,
      );
    }
    await sees(page, "You: one", "You: two", "You: three");
    await hub.settle();
    const { body } = await hub.call("GET", "/v1/conversations?channel=chat&sort=newest");
    expect(Object(body).items[0].lastSeq).toBe(3);
    await context.close();
  });

  it("has nothing that axe finds, in any look and at 200 %", async () => {
    const context = await newContext();
    const page = await openTab(context);
    expect(await findingsInEachLook(page)).toEqual([]);
    await openChat(page);
    await write(page, "Hello");
    await sees(page, "You: Hello");
    expect(await findingsInEachLook(page)).toEqual([]);
    await context.close();
  });
});

describe("the chat's script", () => {
  it("is 15 KB at most, packed, and is for everybody", async () => {
    const answer = await fetch(`${hub.url}/console/widget.js`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/javascript");
    const script = Buffer.from(await answer.arrayBuffer());
    expect(gzipSync(script).length).toBeLessThanOrEqual(15 * 1024);
    expect(gzipSync(script).length).toBeGreaterThan(1_000);
  });
});
