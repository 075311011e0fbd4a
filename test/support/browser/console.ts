import type { Browser, Page } from "puppeteer-core";
import { SAMPLE_PEOPLE } from "#infra/local/cognito/people.ts";
import type { Role } from "#runtime/http/roles.ts";
import { startChromium } from "#scripts/browser/chromium.ts";

/** A page of the console in a real browser, and what a person does there. */
export type ConsolePage = {
  readonly page: Page;
  /** Goes to an address below `/console`, and waits until its page is drawn. */
  readonly go: (path: string) => Promise<void>;
  /** Presses keys, one after the other: `g c`, `Control+k`. */
  readonly press: (keys: string) => Promise<void>;
  /** Presses a key, and waits for the next picture: what it moves takes the focus with it. */
  readonly step: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Waits until a text is seen. */
  readonly sees: (text: string) => Promise<void>;
  /** What is seen within an element; of the whole page by default. */
  readonly text: (selector?: string) => Promise<string>;
  /** The text of what has the focus. */
  readonly focused: () => Promise<string>;
  /** What the browser complained about: errors of scripts, what the page's policy held back. */
  readonly complaints: string[];
};

const LONGEST_MS = 15_000;

/** Starts the browser; a test that finds none says why, and is left out. */
export const findBrowser = async (): Promise<Browser | null> => {
  const started = await startChromium();
  if ("browser" in started) return started.browser;
  console.warn(`the console was not looked at: ${started.missing}`);
  return null;
};

const NEXT_PICTURE = "new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))";

const watch = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (line) => {
    // A browser writes a line for each answer that is no success; the page itself shows what came of it.
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource"))
      complaints.push(line.text());
  });
  return complaints;
};

const pressed = async (page: Page, keys: string): Promise<void> => {
  for (const chord of keys.split(" ")) {
    const held = chord.split("+").slice(0, -1) as "Control"[];
    const key = (chord.split("+").at(-1) ?? "") as "Enter";
    for (const one of held) await page.keyboard.down(one);
    await page.keyboard.press(key);
    for (const one of held) await page.keyboard.up(one);
  }
};

/** A new window of somebody who has just logged in, by the button of the local issuer. */
export const logInWith = async (browser: Browser, url: string, role: Role): Promise<ConsolePage> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_MS);
  await page.setViewport({ width: 1280, height: 800 });
  const complaints = watch(page);
  await page.goto(`${url}/console`, { waitUntil: "load" });
  const person = SAMPLE_PEOPLE.find((one) => one.role === role)?.id ?? "";
  await Promise.all([page.waitForNavigation(), page.click(`button[value="${person}"]`)]);
  return {
    page,
    complaints,
    go: async (path) => {
      await page.goto(`${url}/console${path}`, { waitUntil: "load" });
      await page.waitForSelector("h1");
    },
    press: (keys) => pressed(page, keys),
    step: async (key) => {
      await pressed(page, key);
      await page.evaluate(NEXT_PICTURE);
    },
    type: (text) => page.keyboard.type(text),
    sees: async (text) => {
      await page
        .waitForFunction(`document.body.innerText.includes(${JSON.stringify(text)})`)
        .catch(async () => {
          throw new Error(`"${text}" is not seen, but:\n${await textOf(page, "body")}`);
        });
    },
    text: (selector = "body") => textOf(page, selector),
    focused: async () =>
      String(
        await page.evaluate(
          "document.activeElement === document.body ? '' : document.activeElement.innerText",
        ),
      ),
  };
};

const textOf = async (page: Page, selector: string): Promise<string> =>
  String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`));
