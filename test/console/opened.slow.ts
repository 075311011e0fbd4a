import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsInEachLook } from "../support/browser/axe.ts";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { liveForPages } from "../support/browser/pages.ts";
import { hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const browser: Browser | null = await findBrowser();
let admin: ConsolePage;
/** Each page of the console, by what is seen there. */
let routes: Readonly<Record<string, string>>;

beforeAll(async () => {
  if (browser === null) return;
  const hub = hubAt((await startTestCloud()).url);
  routes = await liveForPages(hub);
  admin = await logInWith(browser, hub.url, "admin");
  // What is counted and previewed takes a busy machine its time.
  admin.page.setDefaultTimeout(60_000);
});
afterAll(() => browser?.close());

/** What opens over a page, or beside it: by keys, or by pressing something; then a text of it is seen. */
const opened: readonly {
  readonly page: string;
  readonly press?: string;
  readonly keys?: string;
  readonly seen: string;
}[] = [
  { page: "Find a customer", keys: "Control+k", seen: "Go to Outcomes" },
  { page: "There is nothing here", keys: "?", seen: "These keys" },
  { page: "There is nothing here", press: "nav button ::-p-text(Ada Okafor)", seen: "As the system" },
  { page: "What happened", keys: "m", seen: "It is a decision like any other" },
  { page: "What happened", press: '[aria-label^="Withdraw: "]', seen: "How they told it" },
  { page: "It began with this", keys: "a", seen: "Who is to have it?" },
  { page: "It began with this", keys: "s", seen: "Until when does it sleep?" },
  { page: "It began with this", keys: "l", seen: "Separated by commas" },
  {
    page: "The way through",
    press: "button ::-p-text(Keep all still)",
    seen: "Keep the whole journey still?",
  },
  { page: "The way through", press: "button ::-p-text(Lead somebody in)", seen: "Whom to lead in?" },
  { page: "The way through", press: '[aria-label^="What to do: "]', seen: "Put elsewhere" },
  { page: "A draft changes nothing for customers", keys: "n", seen: "What it is about" },
  { page: "What this draft changes", press: "button ::-p-text(Propose)", seen: "Propose this draft" },
  {
    page: "What this draft changes",
    press: "button ::-p-text(Publish)",
    seen: "You can make the version before",
  },
  {
    page: "What this draft changes",
    press: "button ::-p-text(See who is moved)",
    seen: "in the first hour, by time alone",
  },
  {
    page: "Hit policy",
    press: "button ::-p-text(Count how often rows fire)",
    seen: "How often each row fired",
  },
  { page: "Hit policy", press: '[data-cell="0-2"]', keys: "F2 Control+a s u b s", seen: "substring" },
  { page: "Written in", press: "button ::-p-text(Send a test)", seen: "An address of yours" },
  { page: "may log in", keys: "n", seen: "Invite a colleague" },
  { page: "may log in", press: '[aria-label="Change: Aiko Tanaka"]', seen: "Save roles" },
  { page: "Good for", keys: "n", seen: "Make a key" },
  { page: "Good for", press: '[aria-label^="Revoke: "]', seen: "Whoever calls with it is refused" },
];

describe.skipIf(browser === null)("axe finds nothing in light, dark and forced colours, and at 200 %", () => {
  it.each(opened)("in what opens on $page: $seen", async ({ page, keys = "", press, seen }) => {
    await admin.go(routes[page] ?? "");
    await admin.sees(page);
    if (press !== undefined) await admin.page.locator(press).click();
    if (keys !== "") await admin.press(keys);
    await admin.sees(seen);
    expect(await findingsInEachLook(admin.page)).toEqual([]);
  });
});
