import { randomUUID } from "node:crypto";
import type { Browser, HTTPRequest } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingsInEachLook } from "../support/browser/axe.ts";
import { type ConsolePage, findBrowser, logInWith } from "../support/browser/console.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

const browser: Browser | null = await findBrowser();
/** Who waits longest comes first in the list. */
const CUSTOMERS = {
  omar: { userId: "omar", phone: "+12025550181", firstName: "Omar", lastName: "Diallo" },
  noor: { userId: "noor", phone: "+12025550182", firstName: "نور", lastName: "حداد" },
} as const;
let hub: Hub;
let aiko: ConsolePage;
let ada: ConsolePage;

const writes = async (phone: string, text: string): Promise<void> => {
  await hub.call("POST", "/_local/inbound", { channel: "sms", from: phone, text });
  await hub.settle();
};

beforeAll(async () => {
  if (browser === null) return;
  hub = hubAt((await startTestCloud()).url);
  for (const { userId, ...traits } of Object.values(CUSTOMERS))
    await hub.tell("identify", { userId, traits });
  await hub.settle();
  const content = { text: "Your parcel leaves us today." };
  await hub.send({ to: "userId:omar", category: "transactional", channel: "sms", content }, randomUUID());
  await hub.settle();
  await writes(CUSTOMERS.omar.phone, "Is it on its way?");
  await writes(CUSTOMERS.noor.phone, "أين طلبي؟");
  aiko = await logInWith(browser, hub.url, "agent");
  ada = await logInWith(browser, hub.url, "admin");
});
afterAll(() => browser?.close());

const left = async (phone: string): Promise<readonly string[]> => {
  await hub.settle();
  return (await hub.outbox({ to: phone })).map(({ text }) => text);
};
const typed = (who: ConsolePage): Promise<string> =>
  who.page.$eval("textarea", (area) => (area as { value: string }).value);

describe.skipIf(browser === null)("the first page", () => {
  it("says to those who answer how many customers wait, and leads to them", async () => {
    await aiko.go("/");
    await aiko.sees("2 customers wait for an answer");
    await aiko.page.locator("a ::-p-text(customers wait)").click();
    await aiko.sees("Omar Diallo");
  });

  it("says which provider fails, and by which reasons", async () => {
    const failing = { provider: "ses", account: "default", channel: "email", health: "open", share: 0.95 };
    const answer = { items: [{ ...failing, errors: { throttled: 2, unavailable: 17 } }] };
    await ada.page.evaluateOnNewDocument(`{
      const asked = globalThis.fetch;
      globalThis.fetch = async (url, request) =>
        String(url).startsWith("/v1/providers") ? Response.json(${JSON.stringify(answer)}) : asked(url, request);
    }`);
    await ada.go("/");
    await ada.sees("ses fails on email: 95% of its calls in the last minute");
    await ada.sees("unavailable 17, throttled 2");
  });
});

describe.skipIf(browser === null)("a slash where an answer is typed", () => {
  it("offers what is said often, filled in for the customer, and puts it where it was typed", async () => {
    const before = await left(CUSTOMERS.omar.phone);
    await aiko.go("/inbox");
    await aiko.sees("Omar Diallo");
    await aiko.press("j");
    await aiko.sees("It began with this");
    await aiko.press("r");
    await aiko.type("/");
    await aiko.sees("6 canned answers");
    await aiko.type("parcel on its way");
    await aiko.sees("1 canned answer");
    expect(await findingsInEachLook(aiko.page)).toEqual([]);
    await aiko.press("Enter");
    await aiko.page.waitForFunction(`document.querySelector("textarea").value.startsWith("Hello Omar, ")`);
    expect(await typed(aiko)).toMatch(/Aiko Tanaka, Tamarack & Finch$/);
    expect(await left(CUSTOMERS.omar.phone)).toEqual(before);
    // As a text it may be changed, or left.
    await aiko.press("Control+a");
    await aiko.press("Backspace");
    await aiko.press("Escape");
  });
});

describe.skipIf(browser === null)("an answer for which the channel closed while it was typed", () => {
  it("is kept, and what may be said in its place is offered in its words, and leaves by a key", async () => {
    const asked: HTTPRequest[] = [];
    const closed = { channel: "whatsapp", reason: "window", treatments: ["late"] };
    const problem = {
      ...{ type: "about:blank", title: "The customer cannot be written to that way", status: 422 },
      ...{ code: "channel_closed", message: "whatsapp: window" },
      channels: [{ ...closed, offers: [{ treatment: "late", text: "Your order is late: write to us." }] }],
    };
    const answer = (request: HTTPRequest): void => {
      if (request.method() !== "POST" || !request.url().endsWith("/replies")) return void request.continue();
      asked.push(request);
      const isFirst = asked.length === 1;
      const taken = { messageId: "msg_1", channel: "whatsapp", status: "requested" };
      void request.respond({
        status: isFirst ? 422 : 202,
        contentType: isFirst ? "application/problem+json" : "application/json",
        body: JSON.stringify(isFirst ? problem : taken),
      });
    };
    await aiko.page.setRequestInterception(true);
    aiko.page.on("request", answer);
    await aiko.press("r");
    await aiko.type("It will be late.");
    await aiko.press("Control+Enter");
    await aiko.sees("Your order is late: write to us.");
    expect(await typed(aiko)).toBe("It will be late.");
    await aiko.page.keyboard.down("Shift");
    await aiko.press("Tab");
    expect(await aiko.focused()).toBe("By sms instead");
    await aiko.press("Tab");
    await aiko.page.keyboard.up("Shift");
    expect(await aiko.focused()).toBe("Send this by whatsapp");
    await aiko.press("Enter");
    await aiko.page.waitForFunction(`document.querySelector("[role=alert]") === null`);
    expect(JSON.parse(asked[1]?.postData() ?? "{}")).toMatchObject({
      treatment: "late",
      channel: "whatsapp",
    });
    expect(await typed(aiko)).toBe("It will be late.");
    aiko.page.off("request", answer);
    await aiko.page.setRequestInterception(false);
    await aiko.press("r");
    await aiko.press("Control+a");
    await aiko.press("Backspace");
    await aiko.press("Escape");
  });
});

describe.skipIf(browser === null)("two agents and one conversation, with the keyboard alone", () => {
  it("see one thread that begins with what the customer answers, and one of them has it", async () => {
    for (const who of [aiko, ada]) {
      await who.go("/inbox");
      await who.sees("Omar Diallo");
      await who.press("j");
      await who.sees("It began with this");
      await who.sees("Your parcel leaves us today.");
    }
    await aiko.press("c");
    await aiko.sees("You have it");
    await ada.press("c");
    await ada.sees("Aiko Tanaka has it");
  });

  it("answer with what the customer wrote meanwhile before their eyes, and lose nothing of what they typed", async () => {
    await aiko.press("r");
    await aiko.type("It comes on Thursday.");
    await aiko.press("Control+Enter");
    await aiko.sees("the customer’s turn");
    expect(await typed(aiko)).toBe("");
    expect(await left(CUSTOMERS.omar.phone)).toContain("It comes on Thursday.");

    // What the hub has to tell of the thread comes late: the customer is quicker.
    const held: HTTPRequest[] = [];
    const hold = (request: HTTPRequest): void => {
      const isThread = request.method() === "GET" && /conversations\/cnv_\w+$/.test(request.url());
      if (isThread) held.push(request);
      else void request.continue();
    };
    await aiko.page.setRequestInterception(true);
    aiko.page.on("request", hold);
    await aiko.type("And nothing else?");
    await writes(CUSTOMERS.omar.phone, "Please leave it with the neighbour.");
    await aiko.press("Control+Enter");
    await aiko.sees("They wrote while you did");
    aiko.page.off("request", hold);
    await aiko.page.setRequestInterception(false);
    for (const request of held) await request.continue().catch(() => {});
    await aiko.page.waitForFunction(
      `document.querySelector("[role=alert]").innerText.includes("Please leave it with the neighbour.")`,
    );
    expect(await typed(aiko)).toBe("And nothing else?");
    expect(await left(CUSTOMERS.omar.phone)).not.toContain("And nothing else?");
    await aiko.press("Control+a");
    await aiko.type("With the neighbour, then.");
    await aiko.page.keyboard.down("Shift");
    await aiko.press("Tab");
    await aiko.page.keyboard.up("Shift");
    expect(await aiko.focused()).toBe("Send it all the same");
    await aiko.press("Enter");
    await aiko.page.waitForFunction(`document.querySelector("textarea").value === ""`);
    expect(await left(CUSTOMERS.omar.phone)).toContain("With the neighbour, then.");
    await ada.sees("With the neighbour, then.");
  });

  it("leave a note, close it, and go on to the next, whose words run from right to left", async () => {
    await aiko.press("Escape");
    await aiko.press("n");
    await aiko.type("He is nice.");
    await aiko.press("Control+Enter");
    await aiko.page.waitForFunction(`document.querySelector("textarea").value === ""`);
    await ada.sees("He is nice.");
    expect(await left(CUSTOMERS.omar.phone)).not.toContain("He is nice.");
    await aiko.press("Escape");
    await aiko.press("e");
    await aiko.sees("Closed. u opens it again.");
    await aiko.sees("أين طلبي؟");
    await aiko.page.waitForSelector("article li p");
    const direction = await aiko.page.$eval("article li p", (said) =>
      String(Reflect.get(globalThis, "getComputedStyle")(said).direction),
    );
    expect(direction).toBe("rtl");
    expect(new URL(aiko.page.url()).searchParams.get("open")).toMatch(/^cnv_/);
    await ada.sees("closed");
  });

  it("keep what they typed when the session ends, and nothing of it in the browser", async () => {
    await aiko.press("r");
    await aiko.type("Typed before the session ended.");
    const cookies = await aiko.page.browserContext().cookies();
    await aiko.page.browserContext().deleteCookie(...cookies);
    await aiko.press("Control+Enter");
    await aiko.sees("Your session has ended");
    expect(await typed(aiko)).toBe("Typed before the session ended.");
    const kept = await aiko.page.evaluate(
      `(async () => JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, await indexedDB.databases(), location.href]))()`,
    );
    for (const personal of ["Typed before", "Omar", CUSTOMERS.omar.phone, "طلبي"])
      expect(kept).not.toContain(personal);
    await aiko.page.browserContext().setCookie(...cookies);
    await aiko.page.locator("button ::-p-text(I have logged in)").click();
    await aiko.page.waitForFunction(`!document.body.innerText.includes("Your session has ended")`);
    await aiko.page.focus("textarea");
    await aiko.press("Control+Enter");
    await aiko.page.waitForFunction(`document.querySelector("textarea").value === ""`);
    expect(await left(CUSTOMERS.noor.phone)).toContain("Typed before the session ended.");
    expect([...aiko.complaints, ...ada.complaints]).toEqual([]);
  });

  it("look at a mail as it came, which is inert until they ask for its pictures", async () => {
    const raw = [
      "From: Lena Brandt <lena@example.net>",
      "To: hello@tamarack.example",
      "Subject: The grinder",
      "Message-ID: <grinder@example.net>",
      "MIME-Version: 1.0",
      "Content-Type: text/html; charset=utf-8",
      "",
      "<h1>It arrived broken</h1><img src='https://spy.example/pixel'><script>top.document.title = 'owned'</script>",
    ].join("\r\n");
    const sent = await hub.call("POST", "/_local/inbound", { channel: "email", raw });
    expect(sent.status).toBe(202);
    await hub.settle();
    const asked: string[] = [];
    // What a policy holds back never comes to whoever stands between the page and the network.
    await aiko.page.setRequestInterception(true);
    aiko.page.on("request", (request) => {
      asked.push(new URL(request.url()).pathname);
      void (request.url().startsWith("https:") ? request.abort() : request.continue());
    });
    await aiko.go("/inbox");
    await aiko.sees("It arrived broken");
    await aiko.press("j");
    await aiko.sees("The grinder");
    await aiko.page.locator("article button ::-p-text(As it came)").click();
    const frame = await (await aiko.page.waitForSelector("article iframe"))?.contentFrame();
    await frame?.waitForSelector("h1");
    expect(await aiko.page.title()).toBe("Inbox · Rapport");
    expect(asked).not.toContain("/pixel");
    await aiko.page.locator("button ::-p-text(Load its pictures)").click();
    await expect.poll(() => asked).toContain("/pixel");
  });
});
