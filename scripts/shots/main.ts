import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { synthesize } from "#infra/local/assembly/synthesize.ts";
import { SAMPLE_PEOPLE } from "#infra/local/cognito/people.ts";
import type { Role } from "#runtime/http/roles.ts";
import { startChromium } from "../browser/chromium.ts";
import { fail, say, step } from "../hub/process.ts";
import { settleProcess } from "../hub/settle.ts";
import { playTrial, publishTrial, readTrialOptions, startTrial } from "../hub/trial.ts";
import { type Route, routesOf } from "./routes.ts";

/*
 * `npm run console:shots`: pictures of each page of the console, light, dark, as a phone shows it, and in German, for people to look at. They
 * show the made-up shop of `npm start -- --demo`, and lie in .rapport/shots.
 */
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOOKS = [
  { name: "light", scheme: "light", size: { width: 1280, height: 800 } },
  { name: "dark", scheme: "dark", size: { width: 1280, height: 800 } },
  { name: "phone", scheme: "light", size: { width: 390, height: 844 } },
  { name: "german", scheme: "light", size: { width: 1280, height: 800 } },
  { name: "german-phone", scheme: "dark", size: { width: 390, height: 844 } },
] as const;

/** A busy machine draws slowly. */
const LONGEST_MS = 120_000;

settleProcess();
await takePictures().catch(fail);

async function takePictures(): Promise<void> {
  const started = await startChromium();
  if ("missing" in started) throw new Error(started.missing);
  const options = { ...readTrialOptions(ROOT), demo: true, memory: true, port: 0, awsPort: 0 };
  const assembly = await synthesize({ root: ROOT, cache: join(ROOT, ".rapport/assembly"), onProgress: step });
  const cloud = await startTrial(assembly, options);
  await publishTrial(cloud, options);
  await playTrial(cloud, options);
  const folder = join(ROOT, ".rapport/shots");
  mkdirSync(folder, { recursive: true });
  const routes = await routesOf(cloud.url);
  for (const role of new Set(routes.map(roleOf))) {
    const page = await logIn(started.browser, cloud.url, role);
    for (const route of routes.filter((one) => roleOf(one) === role)) {
      for (const look of LOOKS) await takePicture(page, { url: cloud.url, route, look, folder });
      step(route.name);
    }
  }
  say(`the pictures are in ${folder}`);
  await started.browser.close();
  await cloud.stop();
  process.exit(0);
}

function roleOf({ as = "marketer" }: Route): Role {
  return as;
}

/** A window of somebody in that role. */
async function logIn(browser: Browser, url: string, wanted: Role): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  page.setDefaultTimeout(LONGEST_MS);
  const person = SAMPLE_PEOPLE.find(({ role }) => role === wanted)?.id ?? "";
  await page.goto(`${url}/console`, { waitUntil: "load" });
  await Promise.all([page.waitForNavigation(), page.click(`button[value="${person}"]`)]);
  return page;
}

type Picture = {
  readonly url: string;
  readonly route: Route;
  readonly look: (typeof LOOKS)[number];
  readonly folder: string;
};

async function takePicture(page: Page, { url, route, look, folder }: Picture): Promise<void> {
  await page.setViewport(look.size);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: look.scheme }]);
  const language = look.name.startsWith("german") ? "de" : "en";
  await page.evaluate(`localStorage.setItem("rapport.language", "${language}")`);
  await page.goto(`${url}/console${route.path}`, { waitUntil: "networkidle0" });
  for (const key of route.keys ?? []) await page.keyboard.press(key);
  // What opens by a key moves for as long as a blink.
  await new Promise((resolve) => setTimeout(resolve, 400));
  const path = join(folder, `${route.name}-${look.name}.webp`);
  await page.screenshot({ path: path as `${string}.webp`, type: "webp", quality: 60 });
}
