import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { liveInShop, SHOP_PEOPLE } from "../support/browser/people.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const browser: Browser | null = await findBrowser();
let hub: Hub;
let agent: ConsolePage;

beforeAll(async () => {
  if (browser === null) return;
  hub = hubAt((await startTestCloud()).url);
  await liveInShop(hub);
  agent = await logInWith(browser, hub.url, "agent");
});
afterAll(() => browser?.close());

/** Goes to a customer as somebody does who knows their mail address. */
const find = async (who: ConsolePage, email: string): Promise<void> => {
  await who.press("/");
  await who.type(email);
  await who.sees(`Find the customer ${email}`);
  await who.press("Enter");
  await who.sees("What happened");
};

describe.skipIf(browser === null)("with the keyboard alone", () => {
  it("somebody finds Kim by her mail address, and why she got no mail", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.kim.email);
    await agent.sees("Kim Larsen");
    await agent.sees("chose to say nothing");
    // The newest entry is the hero on the page; the silence after her sign-up lies below.
    for (let lines = 0; lines < 20 && !(await agent.focused()).includes("trigger.welcome"); lines += 1)
      await agent.step("j");
    await agent.press("w");
    await agent.sees("Why, and why not");
    await agent.sees("No consent");
    await agent.press("Escape");
    expect(await agent.text()).not.toContain("Why, and why not");
    expect(await agent.focused()).toContain("trigger.welcome");
  });

  it("somebody asks what would be decided elsewhere, and nothing is recorded of it", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.kim.email);
    await agent.sees("Decided at");
    const before = await hub.timeline("userId:kim");
    await agent.press("a");
    await agent.sees("On the channel");
    // It begins where Kim was last left alone.
    expect(await agent.page.$eval("select", (one) => (one as { value: string }).value)).toMatch(/^trigger\./);
    await agent.press("Tab Tab");
    await agent.type("call.retention");
    await agent.press("Tab Tab Tab Enter");
    await agent.sees("A question: nothing was sent");
    expect(await hub.timeline("userId:kim")).toHaveLength(before.length);
  });

  it("somebody searches for discount, and comes to the table that decides it", async () => {
    await agent.go("/");
    await agent.press("/");
    await agent.type("discount");
    await agent.sees("Discount band");
    await agent.sees("retention-discount");
    await agent.sees("Find the customer discount");
    await agent.press("Enter");
    await agent.sees("Hit policy");
    expect(new URL(agent.page.url()).searchParams.get("file")).toBe("decisions/discount.dmn");
  });

  it("somebody sends Ada a message, which leaves once", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.ada.email);
    await agent.sees("Ada Byron");
    await agent.press("m");
    await agent.sees("It is a decision like any other");
    await agent.press("Tab Tab Tab");
    await agent.type("Your question");
    await agent.press("Tab");
    await agent.type("We have found the parcel.");
    await agent.press("Tab Tab Enter");
    await agent.sees("It is accepted");
    await hub.settle();
    const mails = (await hub.outbox()).filter(({ text }) => text.includes("We have found the parcel."));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([[SHOP_PEOPLE.ada.email, "Your question"]]);
  });
});

describe.skipIf(browser === null)("an admin, with the keyboard alone", () => {
  let admin: ConsolePage;
  beforeAll(async () => {
    if (browser !== null) admin = await logInWith(browser, hub.url, "admin");
  });
  const button = (label: string) => admin.page.locator(`[aria-label="${label}"]`);

  it("makes a key that is shown once, puts another in its place, and revokes the first", async () => {
    await admin.go("/settings?view=keys");
    await admin.sees("local secret key");
    await admin.press("n");
    await admin.type("till");
    await admin.press("Tab Tab Space");
    await admin.press("Enter");
    await admin.sees("This is the key");
    const key = /sk_[\w-]+/.exec(await admin.text("dialog[open]"))?.[0] ?? "";
    const asked = { authorization: `Bearer ${key}` };
    const body = { userId: "till", event: "Rung Up" };
    expect((await hub.call("POST", "/v1/track", body, asked)).status).toBe(200);
    await admin.press("Tab Enter");
    expect(await admin.page.content()).not.toContain(key);

    await button("Replace: till").click();
    await admin.sees("A second key that may the same");
    await admin.press("Enter");
    await admin.sees("This is the key");
    await admin.press("Tab Enter");
    await admin.sees("Whoever calls with it is refused");
    await admin.press("Tab Enter");
    await admin.sees("The key till is revoked");
    await hub.advance("PT1M");
    expect((await hub.call("POST", "/v1/track", body, asked)).status).toBe(401);
  });

  it("reveals Ada's addresses, which the audit log tells, and records what she said", async () => {
    await admin.go("/");
    await find(admin, SHOP_PEOPLE.ada.email);
    await admin.sees("Addresses are masked.");
    expect(await admin.text("main")).not.toContain(SHOP_PEOPLE.ada.email);
    await admin.page.locator("button ::-p-text(Reveal them)").click();
    await admin.sees(SHOP_PEOPLE.ada.email);
    await button("Withdraw: email marketing").click();
    await admin.sees("How they told it");
    await admin.press("Tab Tab Tab ArrowDown Tab Tab Enter");
    await admin.sees("Consent is withdrawn, as of now.");
    await admin.sees("by telephone");
    const { consent } = await hub.profile("userId:ada");
    expect(consent).toContainEqual(
      expect.objectContaining({ channel: "email", status: "withdrawn", source: "phone" }),
    );
    await admin.go("/settings?view=audit");
    await admin.sees("Looked at addresses");
    await admin.sees("Recorded consent");
  });

  it("invites a colleague, takes a role from them, and reads in the audit log who did", async () => {
    await admin.go("/settings?view=people");
    await admin.sees("Aiko Tanaka");
    await admin.press("n");
    await admin.type("Zoe Marin");
    await admin.press("Tab");
    await admin.type("zoe@tamarack.example");
    await admin.press("Tab Tab Space");
    await admin.press("Enter");
    await admin.sees("Zoe Marin is invited.");
    await button("Change: Zoe Marin").click();
    await admin.press("Space");
    await admin.page.locator("button ::-p-text(Save roles)").click();
    await admin.sees("in force within 15 minutes");
    await admin.go("/settings?view=audit&call=changePerson");
    // The list to choose from says it, too: the line is waited for.
    await admin.page.waitForSelector("main tbody tr");
    const line = await admin.text("main tbody tr");
    for (const told of ["Ada Okafor", "viewer, analyst", "done"]) expect(line).toContain(told);
    expect(admin.complaints).toEqual([]);
  });
});

describe.skipIf(browser === null)("what somebody typed", () => {
  it("is still there when the session ends, and is sent after logging in again", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.ada.email);
    await agent.sees("Ada Byron");
    await agent.press("m");
    await agent.sees("It is a decision like any other");
    await agent.type("transactional");
    await agent.press("Tab Tab Tab");
    await agent.type("Late");
    await agent.press("Tab");
    await agent.type("Typed before the session ended.");
    const cookies = await agent.page.browserContext().cookies();
    await agent.page.browserContext().deleteCookie(...cookies);
    await agent.press("Tab Tab Enter");
    await agent.sees("Your session has ended");
    expect(await agent.page.$eval("textarea", (area) => (area as { value: string }).value)).toBe(
      "Typed before the session ended.",
    );
    await agent.page.browserContext().setCookie(...cookies);
    await agent.page.locator("button ::-p-text(I have logged in)").click();
    await agent.page.locator("button[type=submit] ::-p-text(Send)").click();
    await agent.sees("It is accepted");
  });
});

/** From now on answers to these calls reach the page when `release` is called, and not before; `held` counts the calls. */
const holdAnswers = `
  globalThis.held = { messages: 0, reports: 0 };
  const released = new Promise((release) => { globalThis.release = release; });
  const asked = globalThis.fetch;
  globalThis.fetch = async (url, request) => {
    const name = /^\\/v1\\/(messages|reports)/.exec(String(url))?.[1];
    if (name === undefined) return asked(url, request);
    held[name] += 1;
    const answer = await asked(url, request);
    await released;
    return answer;
  };
`;

describe.skipIf(browser === null)("a hub that takes its time", () => {
  it("is said to, gets what was typed once however often one asks, and lets one go elsewhere meanwhile", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.ada.email);
    await agent.sees("Ada Byron");
    await agent.press("m");
    await agent.sees("It is a decision like any other");
    await agent.type("transactional");
    await agent.press("Tab Tab Tab");
    await agent.type("Slowly");
    await agent.press("Tab");
    const words = "Typed while the hub was slow.";
    await agent.type(words);
    await agent.page.evaluate(holdAnswers);
    await agent.press("Control+Enter");
    await agent.press("Tab Tab Enter Enter Enter");
    await agent.page.waitForFunction(
      `document.querySelector("dialog[open] [role=status]").innerText.includes("longer than usual")`,
    );
    expect(await agent.page.$eval("textarea", (area) => (area as { value: string }).value)).toBe(words);
    expect(await agent.text()).not.toContain("It is accepted");
    await agent.press("Escape");
    await agent.press("g o");
    await agent.page.waitForFunction(`document.querySelector("h1").innerText === "Outcomes"`);
    expect(await agent.text("main")).toContain("longer than usual");
    expect(await agent.page.$("main table")).toBeNull();
    await agent.page.evaluate("release()");
    await agent.page.waitForSelector("main table tbody tr");
    await agent.page.waitForFunction(`!document.body.innerText.includes("longer than usual")`);
    expect(await agent.page.evaluate("held.messages")).toBe(1);
    await hub.settle();
    const mails = (await hub.outbox()).filter(({ text }) => text.includes(words));
    expect(mails.map(({ subject }) => subject)).toEqual(["Slowly"]);
  });
});

describe.skipIf(browser === null)("the console", () => {
  it("shows hostile names as what they are, text, and lets nothing of them run", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.hostile.email);
    await agent.sees("onerror");
    expect(await agent.page.title()).not.toBe("owned");
    expect(await agent.page.$("main img")).toBeNull();
    const wide = await agent.page.evaluate("document.documentElement.scrollWidth > innerWidth");
    expect(wide).toBe(false);
  });

  it("keeps nothing of people in the browser: no storage, no address", async () => {
    await agent.go("/");
    await find(agent, SHOP_PEOPLE.kim.email);
    const kept = await agent.page.evaluate(
      `(async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys(), location.href, document.cookie]))()`,
    );
    for (const personal of ["kim", "Kim", "Larsen", "example.com"]) expect(kept).not.toContain(personal);
  });

  it("tells on its first page what the report tells", async () => {
    // Reports are added up by batches: what was sent before is in them now, and nothing comes while one looks.
    await hub.advance("PT1M");
    await agent.go("/");
    await agent.sees("What left, by channel");
    await agent.sees("How the hub does");
    const { body } = await hub.call("GET", "/v1/reports?by=channel&limit=100");
    const { items } = body as { items: readonly { key: string; decided: number; sent: number }[] };
    const rows = await agent.page.$$eval("main table tbody tr", (lines) =>
      lines.map((line) =>
        [...(line as { cells: Iterable<{ textContent: string }> }).cells].map((cell) => cell.textContent),
      ),
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { key, decided, sent } of items)
      expect(rows).toContainEqual(expect.arrayContaining([key, String(decided), String(sent)]));
    await agent.page.locator("label ::-p-text(Last hour)").click();
    await agent.sees("Since ");
    for (const { key } of items) expect(await agent.text("main table")).toContain(key);
  });

  it("says what an action brought last week, and between which shares its true one lies", async () => {
    await agent.go("/outcomes");
    await agent.page.waitForSelector("main table tbody tr");
    const rows = await agent.page.$$eval("main table tbody tr", (lines) =>
      lines.map((line) => (line as { textContent: string }).textContent),
    );
    expect(rows.find((row) => row.startsWith("order-confirmation"))).toMatch(
      /\d%\s?\d(\.\d)?% to \d+(\.\d)?\s?%/,
    );
  });

  it("says so when the hub is down, and goes on when it is back", async () => {
    await agent.go("/outcomes");
    await agent.sees("What came of what was decided");
    await agent.page.waitForSelector("main table tbody tr");
    await agent.page.setOfflineMode(true);
    try {
      await agent.page.select("main select", "placement");
      await agent.sees("The hub does not answer");
    } finally {
      await agent.page.setOfflineMode(false);
    }
    await agent.page.locator("button ::-p-text(Try again)").click();
    await agent.sees("trigger.welcome");
  });

  it("speaks German to those who want it", async () => {
    await agent.go("/");
    await agent.page.evaluate(`localStorage.setItem("rapport.language", "de")`);
    await agent.go("/");
    await agent.sees("Was hinausging, nach Kanal");
    await agent.page.evaluate(`localStorage.removeItem("rapport.language")`);
  });

  it("had nothing to complain about, and its policy held nothing back", () => {
    expect(agent.complaints).toEqual([]);
  });
});
