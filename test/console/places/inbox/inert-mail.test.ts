import type { Browser } from "puppeteer-core";
import { afterAll, describe, expect, it } from "vitest";
import { inertMail } from "#console/places/inbox/inert-mail.ts";
import { findBrowser } from "../../../support/browser/console.ts";

const browser: Browser | null = await findBrowser();
afterAll(() => browser?.close());

/** Whatever a mail may try to be heard or seen outside of its frame. */
const HOSTILE = `
</body></html><script>parent.document.title = "owned"; fetch("https://spy.example/script")</script>
<meta http-equiv="Content-Security-Policy" content="default-src *">
<meta http-equiv="refresh" content="0; url=https://spy.example/refresh">
<link rel="stylesheet" href="https://spy.example/style"><link rel="preconnect prefetch" href="https://spy.example/link">
<style>@import "https://spy.example/import"; body { background: url(https://spy.example/background) }
  @font-face { font-family: x; src: url(https://spy.example/font) } p { font-family: x }</style>
<base href="https://spy.example/base/"><p onmouseover="parent.document.title = 'owned'" style="position: fixed; inset: 0">Hello</p>
<img src="https://spy.example/pixel"><img src="relative"><svg><image href="https://spy.example/svg"/><script>parent.document.title = "owned"</script></svg>
<iframe src="https://spy.example/frame"></iframe><object data="https://spy.example/object"></object><embed src="https://spy.example/embed">
<video src="https://spy.example/video" poster="https://spy.example/poster"></video><audio src="https://spy.example/audio"></audio>
<form action="https://spy.example/form"><input autofocus onfocus="parent.document.title = 'owned'"></form>`;

/** Shows it as the Inbox does, and gives what it asked for outside, and what became of the page around it. */
const shown = async (loadsPictures: boolean) => {
  if (browser === null) throw new Error("there is no browser");
  const page = await browser.newPage();
  const asked: string[] = [];
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (request.url().startsWith("https:")) asked.push(new URL(request.url()).pathname);
    void (request.url().startsWith("https:") ? request.abort() : request.continue());
  });
  await page.setContent("<title>Inbox</title><iframe sandbox></iframe>");
  await page.$eval(
    "iframe",
    (frame, html) => Reflect.set(frame, "srcdoc", html),
    inertMail(HOSTILE, loadsPictures),
  );
  await page.waitForFunction("true", { timeout: 1_000 });
  await new Promise((resolve) => setTimeout(resolve, 700));
  const title = await page.title();
  await page.close();
  return { asked, title };
};

describe.skipIf(browser === null)("a mail that is shown as it came", () => {
  it("runs nothing and fetches nothing, whatever it holds", async () => {
    expect(await shown(false)).toEqual({ asked: [], title: "Inbox" });
  });

  it("fetches its pictures alone once somebody asks for them", async () => {
    const { asked, title } = await shown(true);
    expect(title).toBe("Inbox");
    expect(asked).toContain("/pixel");
    // A page that may load pictures from there may say so beforehand.
    const pictures = new Set([
      "/link",
      "/pixel",
      "/svg",
      "/background",
      "/poster",
      "/relative",
      "/base/relative",
    ]);
    expect(asked.filter((path) => !pictures.has(path))).toEqual([]);
  });
});
