import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, LaunchOptions } from "puppeteer-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGE = JSON.parse(readFileSync(join(ROOT, "node_modules/@sparticuz/chromium/package.json"), "utf8"));

/** A browser that runs, or why none does, in words. */
export type Started = { readonly browser: Browser } | { readonly missing: string };

/** Texts look alike wherever pictures are taken: with the package's own font. */
const fontsConfig = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;

/**
 * Chromium out of the npm package `@sparticuz/chromium`, unpacked once below `.rapport`. The package takes whatever lies in
 * the temporary folder for its own: it gets a folder for itself.
 */
const unpacked = async (): Promise<string> => {
  const folder = join(ROOT, `.rapport/chromium-${PACKAGE.version}`);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, "unpack.ts")], {
    // So it brings the libraries too that a bare machine lacks.
    env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  writeFileSync(join(draft, "fonts/fonts.conf"), fontsConfig(folder));
  if (existsSync(folder)) rmSync(draft, { recursive: true });
  else renameSync(draft, folder);
  return folder;
};

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--hide-scrollbars",
  "--lang=en-GB",
];

const launch = async (options: LaunchOptions): Promise<Browser> => {
  const { launch: start } = await import("puppeteer-core");
  return start({ headless: "shell", args: ARGUMENTS, ...options });
};

/** With the machine's own libraries, and where it lacks some, with those of the package. */
const launchUnpacked = async (): Promise<Browser> => {
  const folder = await unpacked();
  const env = { ...process.env, LANG: "en_GB.UTF-8", TMPDIR: folder, FONTCONFIG_PATH: join(folder, "fonts") };
  const executablePath = join(folder, "chromium");
  const libraries = join(folder, "al2023/lib");
  const browser = await launch({ executablePath, env }).catch(() =>
    launch({ executablePath, env: { ...env, LD_LIBRARY_PATH: libraries } }),
  );
  const version = await browser.version();
  const [major] = String(PACKAGE.version).split(".");
  if (version.includes(`/${major}.`)) return browser;
  await browser.close();
  throw new Error(`${executablePath} is ${version}, and not Chromium ${major}`);
};

/** A real Chromium: that of CHROME_PATH, else the one that npm brought (Linux on x64). */
export const startChromium = async (): Promise<Started> => {
  const own = process.env.CHROME_PATH;
  try {
    return { browser: own === undefined ? await launchUnpacked() : await launch({ executablePath: own }) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: `no Chromium runs on this machine (CHROME_PATH names one of your own): ${why}` };
  }
};
