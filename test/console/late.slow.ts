import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { liveInShop } from "../support/browser/people.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const browser: Browser | null = await findBrowser();
/** The page waits for ten seconds, and asks once more what may be asked twice. */
const GIVEN_UP_MS = 40_000;
let hub: Hub;
let agent: ConsolePage;

beforeAll(async () => {
  if (browser === null) return;
  hub = hubAt((await startTestCloud()).url);
  await liveInShop(hub);
  agent = await logInWith(browser, hub.url, "agent");
});
afterAll(() => browser?.close());

/** Requests reach the hub, and no answer comes back, until `answers` is true. */
const LOSE_ANSWERS = `
  globalThis.answers = false;
  const asked = globalThis.fetch;
  globalThis.fetch = async (url, request) => {
    const answer = await asked(url, request);
    if (answers || !String(url).startsWith("/v1/")) return answer;
    return new Promise((_, give) => request.signal.addEventListener("abort", () => give(request.signal.reason)));
  };
`;

describe.skipIf(browser === null)("a hub whose answers never come", () => {
  it("is said not to answer; what was typed stays, and sent again it is one message", async () => {
    const { customerId } = await hub.profile("userId:ada");
    await agent.go(`/customers/${customerId}`);
    await agent.sees("Ada Byron");
    await agent.press("m");
    await agent.sees("It is a decision like any other");
    await agent.type("transactional");
    await agent.press("Tab Tab Tab");
    await agent.type("Lost");
    await agent.press("Tab");
    const words = "Typed while answers got lost.";
    await agent.type(words);
    await agent.page.evaluate(LOSE_ANSWERS);
    await agent.press("Tab Tab Enter");
    await agent.page.waitForFunction(
      `document.querySelector("dialog[open]").innerText.includes("The hub does not answer")`,
      { timeout: GIVEN_UP_MS },
    );
    expect(await agent.page.$eval("textarea", (area) => (area as { value: string }).value)).toBe(words);
    await agent.page.evaluate("answers = true");
    await agent.page.locator("button[type=submit] ::-p-text(Send)").click();
    await agent.sees("It is accepted");
    await hub.settle();
    const mails = (await hub.outbox()).filter(({ text }) => text.includes(words));
    expect(mails.map(({ subject }) => subject)).toEqual(["Lost"]);
  });

  it("leaves the page as it was, and says so, where one goes on and comes back", async () => {
    await agent.go("/");
    await agent.sees("What left, by channel");
    await agent.press("g o");
    await agent.page.waitForSelector("main select");
    await agent.page.evaluate(LOSE_ANSWERS);
    await agent.page.select("main select", "placement");
    await agent.page.waitForFunction(
      `document.querySelector("main").innerText.includes("The hub does not answer")`,
      { timeout: GIVEN_UP_MS },
    );
    await agent.press("g t");
    await agent.sees("What left, by channel");
    await agent.press("g o");
    await agent.page.evaluate("answers = true");
    await agent.page.select("main select", "placement");
    await agent.sees("trigger.welcome");
    expect(agent.complaints).toEqual([]);
  });
});
