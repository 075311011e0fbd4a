import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFolder } from "#cli/folder.ts";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { RETAIL_FOLDER } from "../support/playbook/retail.ts";

const RULES = 10_000;
/** More than fit into the 2 MB of a table. */
const PASTED = 20_000;
const EVENTS = 5_000;
const PATH = "decisions/discount.dmn";

const browser: Browser | null = await findBrowser();
let hub: Hub;
let who: ConsolePage;
let draftId: string;

/** The retailer's table with so many rows: each order a row of its own. */
const large = (): string => {
  const rows = Array.from(
    { length: RULES - 1 },
    (_, index) =>
      `<rule id="n${index}"><inputEntry><text>${index}</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"small"</text></outputEntry></rule>`,
  );
  rows.push(
    `<rule id="last"><inputEntry><text>&gt;= ${RULES - 1}</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"large"</text></outputEntry></rule>`,
  );
  const [first = ""] = (readFolder(RETAIL_FOLDER)[PATH] ?? "").split(/(?<=<\/output>\s*)<rule/);
  const rest = (readFolder(RETAIL_FOLDER)[PATH] ?? "")
    .split("</decisionTable>")
    .slice(1)
    .join("</decisionTable>");
  return `${first}${rows.join("\n")}</decisionTable>${rest}`;
};

beforeAll(async () => {
  if (browser === null) return;
  hub = hubAt((await startTestCloud()).url);
  who = await logInWith(browser, hub.url, "admin");
  const { body } = await hub.call("POST", "/v1/drafts", { name: "Thousands of rules" });
  draftId = String(Reflect.get(Object(body), "draftId"));
  const files = await hub.call("GET", `/v1/drafts/${draftId}/files?path=${PATH}`);
  const began = Object(Reflect.get(Object(files.body), "files"))[PATH]?.revision ?? null;
  const saved = await hub.call("PUT", `/v1/drafts/${draftId}`, {
    files: [{ path: PATH, text: large(), began }],
  });
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
});
afterAll(() => browser?.close());

/** Milliseconds from a key to the next picture. */
const timed = async (key: string): Promise<number> => {
  const before = performance.now();
  await who.step(key);
  return performance.now() - before;
};
const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;

describe.skipIf(browser === null)("a table of thousands of rules", () => {
  it("opens, is moved in and written in without a wait, and is saved", async () => {
    await who.go(`/playbook/${draftId}?file=${PATH}`);
    await who.sees("10,000 rows");
    await who.page.focus('[data-cell="0-0"]');
    const moves: number[] = [];
    for (let times = 0; times < 60; times += 1)
      moves.push(await timed(times % 2 === 0 ? "PageDown" : "ArrowDown"));
    await who.press("Control+End");
    await who.page.waitForFunction(`document.activeElement.dataset.cell === "${RULES - 1}-2"`);
    const writes: number[] = [];
    await who.press("F2 Control+a");
    for (const letter of '"small"') writes.push(await timed(letter));
    await who.press("Enter");
    expect((await who.page.$$('[role="grid"] [role="row"]')).length).toBeLessThan(200);
    console.log(
      `${RULES} rules: p95 of a move ${p95(moves).toFixed(0)} ms, of a letter ${p95(writes).toFixed(0)} ms`,
    );
    // A megabyte and a half would be printed where it is not as it should be: whether it is, is enough.
    const isSaved = async (): Promise<boolean> => {
      const { body } = await hub.call("GET", `/v1/drafts/${draftId}/files?path=${PATH}`);
      return JSON.stringify(body).includes(
        `&gt;= ${RULES - 1}</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>\\"small\\"`,
      );
    };
    await expect.poll(isSaved, { timeout: 10_000 }).toBe(true);
    expect(who.complaints).toEqual([]);
  });

  it("is undone and redone as a small one, and says which row a finding is about", async () => {
    await who.page.focus(`[data-cell="${RULES - 1}-2"]`);
    await who.press("Control+z");
    await who.page.waitForFunction(
      `document.querySelector('[data-cell="${RULES - 1}-2"]').innerText === '"large"'`,
    );
    await who.page.focus(`[data-cell="${RULES - 1}-0"]`);
    await who.press("F2 Control+a");
    await who.type("not a test(");
    await who.press("Enter");
    await who.page.waitForFunction(
      `document.querySelector('[role="row"][aria-rowindex="${RULES + 1}"]')?.lastElementChild.innerText.length > 0`,
      { timeout: 60_000 },
    );
    expect(who.complaints).toEqual([]);
  });

  it("takes twenty thousand rows from a spreadsheet, of which the hub says that they are too many, and loses none", async () => {
    await who.page.focus(`[data-cell="${RULES - 1}-0"]`);
    await who.press("Control+Home");
    await who.page.waitForFunction('document.activeElement.dataset.cell === "0-0"');
    const before = performance.now();
    await who.page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData("text/plain", Array.from({ length: ${PASTED} }, (_, row) => row + "\\t-\\tsmall").join("\\n"));
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await who.sees("20,000 rows");
    console.log(`20,000 rows were pasted within ${(performance.now() - before).toFixed(0)} ms`);
    await who.page.waitForSelector('[data-saving="refused"]');
    await who.sees("at most 2097152 bytes");
    await who.press("Control+z");
    await who.sees("10,000 rows");
    await who.page.waitForSelector('[data-saving="saved"]');
    expect(who.complaints).toEqual([]);
  });
});

describe.skipIf(browser === null)("a story of thousands of entries", () => {
  it("is scrolled through to its end, with a screenful of it on the page at a time", async () => {
    const events = Array.from({ length: EVENTS }, (_, index) => ({
      type: "track",
      userId: "busy",
      event: "Product Viewed",
      properties: {
        product_id: `p${index}`,
        name: `${"W".repeat(300)} ${index}`,
        category: "Coffee",
        price: 1,
      },
      messageId: `busy-${index}`,
    }));
    for (let from = 0; from < EVENTS; from += 500) {
      await hub.tell("batch", { batch: events.slice(from, from + 500) });
      await hub.settle();
    }
    const { customerId } = await hub.profile("userId:busy");
    await who.go(`/customers/${customerId}`);
    await who.sees("WWWW");
    for (let screens = 0; screens < 40; screens += 1) {
      await who.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
      await who.step("j");
    }
    const shown = await who.page.evaluate(`document.querySelectorAll("main [data-index]").length`);
    expect(Number(shown)).toBeLessThan(150);
    expect(await who.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(who.complaints).toEqual([]);
  });
});
