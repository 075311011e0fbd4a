import { randomUUID } from "node:crypto";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DecisionAnswer } from "#functions/decide/api/operations.ts";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { named, pressOn, tabTo } from "../support/browser/tabs.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const browser: Browser | null = await findBrowser();
const userId = `regular-${randomUUID()}`;
let hub: Hub;
let marketer: ConsolePage;

beforeAll(async () => {
  if (browser === null) return;
  hub = hubAt((await startTestCloud()).url);
  // Three orders worth 250 euro together: a small discount, as the retailer's table stands.
  for (const [order, total] of Object.entries({ A: 100, B: 100, C: 50 })) {
    const properties = { order_id: `${userId}-${order}`, total, currency: "EUR", products: [] };
    await hub.tell("track", { userId, event: "Order Completed", properties });
  }
  await hub.settle();
  marketer = await logInWith(browser, hub.url, "marketer");
});
afterAll(() => browser?.close());

/** What a small discount is worth, and a large one: ours and the customer's value, three to two. */
const [SMALL, LARGE] = [8, 14];
const discount = async (): Promise<number | undefined> => {
  const asked = { customer: `userId:${userId}`, placement: "call.retention", explain: true };
  const { actions, rejected = [] } = DecisionAnswer.parse(
    (await hub.call("POST", "/v1/decisions", asked)).body,
  );
  const chosen = actions.find(({ action }) => action === "retention-discount")?.value;
  return chosen ?? rejected.find(({ action }) => action === "retention-discount")?.factors?.value;
};

const write = async (who: ConsolePage, text: string): Promise<void> => {
  await who.press("F2 Control+a");
  await who.type(text);
  await who.press("Enter");
};

describe.skipIf(browser === null)("a row of the discount table, with the keyboard alone", () => {
  /** Begins a draft, and opens one of its files. */
  const beginWith = async (name: string, path: string, title: string): Promise<void> => {
    await marketer.go("/playbook");
    await marketer.sees("A draft changes nothing");
    await marketer.press("n");
    await marketer.type(name);
    await marketer.press("Enter");
    await marketer.sees("Decision tables");
    await tabTo(marketer, "Find a file");
    await marketer.type(path);
    await pressOn(marketer, title);
  };

  it("can be looked at as it is live, without a draft", async () => {
    await marketer.go("/playbook");
    await marketer.sees("pb_");
    await pressOn(marketer, "pb_");
    await marketer.sees("As it was kept");
    await marketer.sees("Where to begin");
    await pressOn(marketer, "discount");
    await marketer.sees("Discount band");
    expect(await marketer.text()).not.toContain("Add row");
    expect(marketer.complaints).toEqual([]);
  });

  it("is changed, its gap seen and closed, simulated, proposed, approved by somebody else, published and rolled back", async () => {
    if (browser === null) return;
    expect(await discount()).toBeCloseTo(SMALL);
    await beginWith("Large from 200", "discount.dmn", "discount");
    await marketer.sees("Discount band");
    await tabTo(marketer, "< 2");
    await marketer.press("ArrowDown ArrowDown ArrowRight");
    await write(marketer, "< 200");
    await marketer.sees("no row covers orders = 2, spent = 200");
    expect(await marketer.text('[role="row"][aria-rowindex="4"]')).toContain("no row covers");
    await write(marketer, ">= 200");
    await marketer.page.waitForFunction('!document.body.innerText.includes("no row covers")');

    // A cell offers what its column may say; Escape closes the list first, and takes back what was typed then.
    await marketer.press("ArrowRight F2 Control+a");
    await marketer.type("lar");
    await marketer.page.waitForSelector('[role="listbox"] [role="option"][aria-selected="true"]');
    await marketer.press("Enter");
    expect(await marketer.page.evaluate("document.activeElement.value")).toBe('"large"');
    await marketer.press("Escape");

    await marketer.page.locator("button ::-p-text(Count how often rows fire)").click();
    await marketer.sees("How often each row fired in the last seven days");
    // One who spent 250 with three orders was asked about a discount: now the row that was just written fires.
    const fired = await marketer.page.$$eval('[aria-label="Discount band"] [data-fired]', (cells) =>
      cells.map((cell) => (cell as { dataset: { fired?: string } }).dataset.fired),
    );
    expect(fired).toEqual(["0", "0", "0", "1", "0"]);

    // In the grid a letter begins a cell: one leaves it first.
    await tabTo(marketer, "Edit");
    await marketer.press("ArrowRight");
    await marketer.sees("What this draft changes");
    expect(await marketer.text("main")).toContain("Discount band, Row 3");
    await pressOn(marketer, "Simulate");
    await marketer.sees("decisions change");
    await pressOn(marketer, "Propose");
    await marketer.type("Who spends 200 deserves it");
    await pressOn(marketer, "Propose");
    await marketer.sees("It is proposed");
    expect(await discount()).toBeCloseTo(SMALL);

    const admin = await logInWith(browser, hub.url, "admin");
    await admin.go(new URL(marketer.page.url()).pathname.replace("/console", ""));
    await admin.sees("Proposed");
    await pressOn(admin, "Approve");
    await admin.sees("It is approved");
    await pressOn(admin, "Publish");
    await admin.sees("You can make the version before live again");
    await pressOn(admin, "Publish");
    await admin.sees("It is live within five seconds");
    await hub.advance("PT6S");
    expect(await discount()).toBeCloseTo(LARGE);

    await admin.press("g p");
    await admin.sees("Versions");
    await pressOn(admin, "Make live again: pb_");
    await admin.sees("Make this version live again?");
    await pressOn(admin, "Make live again");
    await admin.sees("It is live within five seconds");
    await hub.advance("PT6S");
    expect(await discount()).toBeCloseTo(SMALL);
    expect([...marketer.complaints, ...admin.complaints]).toEqual([]);
  });

  it("of a trigger is written in a form, with names to choose from; of the file it changes that line alone", async () => {
    await beginWith("Larger orders", "triggers.yaml", "triggers.yaml");
    await tabTo(marketer, "browse-abandoned");
    await marketer.press("Enter");
    await tabTo(marketer, "Only if");
    await marketer.press("Control+a");
    await marketer.type("customer.larg");
    await marketer.sees("largestOrder");
    await marketer.press("Enter");
    await marketer.type(" >= fifty");
    await marketer.page.waitForFunction(
      `[...document.querySelectorAll("details[open] p")].some(({ innerText }) => innerText.includes("fifty"))`,
    );
    await marketer.press("Backspace Backspace Backspace Backspace Backspace");
    await marketer.type("50");
    await marketer.page.waitForFunction(`!document.body.innerText.includes("fifty")`);
    await marketer.page.waitForSelector('[data-saving="saved"]');
    const id = /dft_\w+/.exec(marketer.page.url())?.[0];
    const { body } = await hub.call("GET", `/v1/drafts/${id}/files?path=triggers.yaml`);
    const { text, base } = (body as { files: Record<string, { text: string; base: string }> }).files[
      "triggers.yaml"
    ] ?? { text: "", base: "" };
    const before = base.split("\n");
    expect(text.split("\n").filter((line, index) => line !== before[index])).toEqual([
      "  if: customer.largestOrder >= 50",
    ]);
    expect(text.split("\n")).toHaveLength(before.length);
    expect(marketer.complaints).toEqual([]);
  });

  it("of the contact policy changes places with the next, and the key that moved it moves it on", async () => {
    await beginWith("Order of caps", "contact-policy.yaml", "contact-policy.yaml");
    const capsOf = async (): Promise<readonly string[]> => {
      await marketer.page.waitForSelector('[data-saving="saved"]');
      const id = /dft_\w+/.exec(marketer.page.url())?.[0];
      const { body } = await hub.call("GET", `/v1/drafts/${id}/files?path=contact-policy.yaml`);
      const { files } = body as { files: Record<string, { text: string }> };
      const { caps } = parse(files["contact-policy.yaml"]?.text ?? "") as { caps: { name: string }[] };
      return caps.map(({ name }) => name);
    };
    await marketer.sees("Caps");
    const [first, second, ...rest] = await capsOf();
    await marketer.page.evaluate(
      `[...document.querySelectorAll("fieldset")].find((set) => set.firstElementChild.innerText === "Caps").querySelector("summary").focus()`,
    );
    await marketer.press("Enter");
    // The entry opens first; whoever goes on before that goes past it.
    await marketer.page.waitForSelector('[aria-label="Move 1 down"]');
    await pressOn(marketer, "Move 1 down");
    await marketer.sees("Now in place 2 of");
    expect(await capsOf()).toEqual([second, first, ...rest]);
    expect(await named(marketer)).toMatch(/^Move 2 /);
    expect(marketer.complaints).toEqual([]);
  });

  it("of a welcome mail is written in two languages, seen as it will look in each, and sent as a test", async () => {
    await beginWith("Warmer welcome", "welcome/email", "welcome/email.mjml");
    const previewed = (subject: string) =>
      marketer.page.waitForFunction(
        `[...document.querySelectorAll("[data-width] strong")].some(({ innerText }) => innerText === ${JSON.stringify(subject)})`,
      );
    await previewed("Welcome to Tamarack & Finch");
    /** Puts words before the subject that stands in the second line. */
    const subject = async (before: string): Promise<void> => {
      await tabTo(marketer, "templates/welcome/");
      await marketer.press("Control+Home ArrowDown");
      for (const _ of "subject: ") await marketer.press("ArrowRight");
      await marketer.type(before);
    };
    await subject("A warm ");
    await previewed("A warm Welcome to Tamarack & Finch");
    await marketer.sees("Changed in this draft in another language only: de");
    await pressOn(marketer, "Send a test");
    await marketer.type("me@tamarack.example");
    await marketer.press("Enter");
    await marketer.sees("The hub has taken the test.");
    await hub.settle();
    expect((await hub.outbox({ to: "me@tamarack.example" })).map((mail) => mail.subject)).toEqual([
      "[Test] A warm Welcome to Tamarack & Finch",
    ]);

    await tabTo(marketer, "Find a file");
    await marketer.press("Control+a");
    await marketer.type("welcome/email.de");
    await pressOn(marketer, "welcome/email.de.mjml");
    await previewed("Willkommen bei Tamarack & Finch");
    await subject("Herzlich ");
    await previewed("Herzlich Willkommen bei Tamarack & Finch");
    expect(await marketer.text()).not.toContain("in another language only");
    await marketer.page.waitForSelector('[data-saving="saved"]');
    expect(marketer.complaints).toEqual([]);
  });

  it("keeps what was typed while the hub does not answer, and saves it when it does", async () => {
    await beginWith("While offline", "segments.yaml", "segments.yaml");
    await marketer.press("Tab");
    await tabTo(marketer, "segments.yaml");
    await marketer.page.setOfflineMode(true);
    await marketer.press("Control+Home");
    await marketer.type("# typed on a train\n");
    await marketer.sees("what you typed is here and is tried again");
    await marketer.press("Escape");
    await marketer.page.setOfflineMode(false);
    await marketer.page.waitForSelector('[data-saving="saved"]');
    const id = /dft_\w+/.exec(marketer.page.url())?.[0];
    const { body } = await hub.call("GET", `/v1/drafts/${id}/files?path=segments.yaml`);
    expect(JSON.stringify(body)).toContain("# typed on a train");

    // The same when the session ends while one writes: the page stays, and goes on once somebody has logged in.
    const cookies = await marketer.page.browserContext().cookies();
    await marketer.page.browserContext().deleteCookie(...cookies);
    await tabTo(marketer, "segments.yaml");
    await marketer.press("Control+Home");
    await marketer.type("# typed too late\n");
    await marketer.sees("Your session has ended");
    await marketer.page.browserContext().setCookie(...cookies);
    await marketer.page.locator("button ::-p-text(I have logged in)").click();
    await marketer.page.waitForSelector('[data-saving="saved"]');
    const again = await hub.call("GET", `/v1/drafts/${id}/files?path=segments.yaml`);
    expect(JSON.stringify(again.body)).toContain("# typed too late\\n# typed on a train");
  });
});
