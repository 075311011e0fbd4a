import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** Resolves once nothing slides or fades in any more: half shown, nothing has its contrast yet. What turns for ever is not waited for, nor what is folded away: it stands still. */
const COME_TO_REST = `Promise.allSettled(
  document.getAnimations()
    .filter(({ playState, effect }) => playState === "running" && Number.isFinite(effect.getComputedTiming().endTime))
    .filter(({ effect }) => effect.target.checkVisibility())
    .map(({ finished }) => finished),
).then(() => null)`;

/** Of another look the colours alone are other ones. */
const COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };

/** What axe finds on the page once it has come to rest. */
const findings = async (page: Page, rules: object = {}): Promise<readonly string[]> => {
  await page.evaluate(COME_TO_REST);
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(AXE);
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(rules)})`)) as {
    violations: readonly Finding[];
  };
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
};

const LOOKS = {
  light: { features: [{ name: "prefers-color-scheme", value: "light" }], rules: {} },
  dark: { features: [{ name: "prefers-color-scheme", value: "dark" }], rules: COLOURS },
  "forced colours": { features: [{ name: "forced-colors", value: "active" }], rules: COLOURS },
} as const;

/** What is wrong with what is seen, in each look and at 200 %, where nothing may have to be scrolled sideways. */
export const findingsInEachLook = async (page: Page): Promise<readonly string[]> => {
  const session = await page.createCDPSession();
  const found: string[] = [];
  for (const [look, { features, rules }] of Object.entries(LOOKS)) {
    // Chromium alone knows how to force colours; puppeteer does not name the feature.
    await session.send("Emulation.setEmulatedMedia", { features: [...features] });
    found.push(...(await findings(page, rules)).map((one) => `in ${look}: ${one}`));
  }
  await session.send("Emulation.setEmulatedMedia", { features: [] });
  await session.detach();
  await page.setViewport({ width: 640, height: 400, deviceScaleFactor: 2 });
  found.push(...(await findings(page)).map((one) => `at 200 %: ${one}`));
  const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  if (Number(wide) > 0) found.push(`at 200 %: ${wide} pixels too wide`);
  await page.setViewport({ width: 1280, height: 800 });
  return found;
};
