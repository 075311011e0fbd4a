import { beforeEach, describe, expect, it } from "vitest";
import { memoryConfirmationStore } from "#adapters/memory/confirmation-store.ts";
import { memoryCustomerStore, memoryCustomers } from "#adapters/memory/customer-store.ts";
import { memoryMessageStore } from "#adapters/memory/message-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import { consentFor } from "#domain/contact-policy/consent.ts";
import { messageLinks } from "#domain/message/links.ts";
import { signToken } from "#domain/message/token.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { linkCalls } from "#functions/measure/links/links.ts";
import { operations } from "#functions/measure/links/operations.ts";
import type { HttpResponse } from "#runtime/http/http-handler.ts";
import { system } from "#runtime/system.ts";
import { NOW } from "../../support/customers/events.ts";
import { callerOf } from "../../support/handlers/requests.ts";
import { testFiles, testPlaybook } from "../../support/playbook/files.ts";
import { message } from "../../support/sending/message.ts";
import { customer } from "../../support/sending/world.ts";

const KEYS = ["secret"];
const ASKED = message();
const LINKS = messageLinks({ publicUrl: "https://hub.example", keys: KEYS, message: ASKED, sentAtMs: NOW });

const linksTo = (address: string) =>
  messageLinks({ publicUrl: "https://hub.example", keys: KEYS, message: ASKED, address, sentAtMs: NOW });

let playbook: CompiledPlaybook;

let shared: ReturnType<typeof memoryCustomers>;
let addresses: ReturnType<typeof memorySuppressionStore>;
let confirmations: ReturnType<typeof memoryConfirmationStore>;
let told: CollectedEvent[];
let broken: boolean;
let clock: number;
beforeEach(async () => {
  playbook = await testPlaybook();
  shared = memoryCustomers();
  const known = customer();
  shared.states.set("cus_test", known.state);
  shared.consents.set("cus_test", known.consent);
  addresses = memorySuppressionStore();
  confirmations = memoryConfirmationStore();
  told = [];
  broken = false;
  clock = NOW + 60_000;
});

const call = async (
  method: "GET" | "HEAD" | "POST",
  url: string,
  options: { body?: string; headers?: Record<string, string> } = {},
): Promise<HttpResponse> => {
  const [, letter = "", token = ""] = /\/([loupc])\/(.*)$/.exec(url) ?? [];
  const route = `${method} /${letter}/{token}` as (typeof operations)[keyof typeof operations]["route"];
  const answer = callerOf(
    operations,
    linkCalls({
      messages: memoryMessageStore(new Map([[ASKED.messageId, ASKED]])),
      customers: memoryCustomerStore(new Map(), shared),
      suppressions: addresses,
      confirmations,
      inbox: {
        send: async (events) => {
          if (broken) throw new Error("the queue does not answer");
          told.push(...events);
        },
      },
      playbook: async () => playbook.document,
      linkKeys: async () => KEYS,
      publicUrl: "https://hub.example",
      clock: { now: () => clock },
      telemetry: system.telemetry,
    }),
  );
  return answer(route, {
    ...options,
    params: { token },
    headers: { "user-agent": "Mozilla/5.0 (X11) Firefox/140", ...options.headers },
  });
};
const verdict = (channel = "email", topic = "marketing") => {
  const category = playbook.categories.get(topic);
  const consent = shared.consents.get("cus_test");
  if (category === undefined || consent === undefined) throw new Error("no such category or customer");
  return consentFor(consent, category, channel, { now: new Date(clock).toISOString(), inline: false });
};

describe("a click", () => {
  const link = LINKS.click("https://shop.example/x?a=1&b=2");

  it("leads where the message pointed, and is told", async () => {
    const answer = await call("GET", link);
    expect(answer.status).toBe(302);
    expect(answer.headers).toMatchObject({
      location: "https://shop.example/x?a=1&b=2",
      "cache-control": "no-store",
    });
    expect(told).toMatchObject([
      {
        name: "message.clicked",
        customerId: "cus_test",
        depth: 1,
        properties: { url: "https://shop.example/x?a=1&b=2", machine: false, action: "welcome" },
      },
    ]);
  });

  it("leads there even when it cannot be told", async () => {
    broken = true;
    expect((await call("GET", link)).status).toBe(302);
  });

  it("is one click when the browser asks twice within a second, two when a person comes back", async () => {
    await call("GET", link);
    clock += 200;
    await call("GET", link);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    clock += 5_000;
    await call("GET", link);
    expect(new Set(told.map(({ id }) => id)).size).toBe(2);
  });
});

describe("an opening", () => {
  it("is answered by a picture that nobody keeps", async () => {
    const answer = await call("GET", LINKS.open);
    expect(answer).toMatchObject({
      status: 200,
      bytes: { type: "image/gif" },
      headers: { "cache-control": "no-store" },
    });
    expect(answer.bytes?.body.subarray(0, 6).toString()).toBe("GIF89a");
    expect(told).toMatchObject([{ name: "message.opened", properties: { machine: false } }]);
  });

  it("is marked when a machine made it", async () => {
    await call("GET", LINKS.open, { headers: { "user-agent": "Mozilla/5.0" } });
    expect(told[0]?.properties?.machine).toBe(true);
  });
});

describe("unsubscribing", () => {
  it("asks on GET and changes nothing: scanners follow every link", async () => {
    const answer = await call("GET", LINKS.unsubscribe);
    expect(answer.status).toBe(200);
    expect(answer.html).toContain('<form method="post">');
    expect(verdict()).toBe("granted");
    expect(told).toEqual([]);
  });

  it.each(["List-Unsubscribe=One-Click", "", "List-Unsubscribe=One-Click&by=page"])(
    "acts at once on POST with body %j, without redirect or cookie",
    async (body) => {
      const answer = await call("POST", LINKS.unsubscribe, { body });
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.headers ?? {})).not.toContain("location");
      expect(Object.keys(answer.headers ?? {})).not.toContain("set-cookie");
      expect(verdict()).toBe("withdrawn");
      expect(told.map(({ name }) => name)).toEqual(["Consent Changed", "unsubscribed"]);
      expect(told[0]?.properties).toMatchObject({
        channel: "email",
        topic: "marketing",
        status: "withdrawn",
        source: body.includes("page") ? "unsubscribe page" : "one-click unsubscribe",
      });
    },
  );

  it("writes the withdrawal even when it cannot be told", async () => {
    broken = true;
    await expect(call("POST", LINKS.unsubscribe)).rejects.toThrow();
    expect(verdict()).toBe("withdrawn");
  });

  it("reaches the survivor of a merge", async () => {
    const survivor = { ...customer().state, customerId: "cus_new" };
    shared.states.set("cus_new", survivor);
    shared.consents.set("cus_new", customer().consent);
    const absorbed = shared.states.get("cus_test");
    if (absorbed === undefined) throw new Error("missing");
    shared.states.set("cus_test", { ...absorbed, mergedInto: "cus_new" });
    await call("POST", LINKS.unsubscribe);
    expect(shared.consents.get("cus_new")?.entries["email|marketing"]?.status).toBe("withdrawn");
  });

  const saidAt = async (address: string, channel = "email") =>
    (await addresses.find(channel, [address])).get(address)?.said ?? [];
  const NO = { topic: "marketing", status: "withdrawn" };

  it("holds for the address that the message went to, whoever has it", async () => {
    await call("POST", linksTo("house@example.com").unsubscribe);
    expect(await saidAt("house@example.com")).toMatchObject([NO]);
    expect(await saidAt("ada@example.com")).toEqual([]);
  });

  it("by a link of release 0.1 holds where the message would go now", async () => {
    const token = { kind: "unsubscribe", customerId: "cus_test", messageId: ASKED.messageId } as const;
    const old = signToken(KEYS, { ...token, channel: "email", topic: "marketing" }, NOW + 86_400_000);
    await call("POST", `https://hub.example/u/${old}`);
    expect(await saidAt("ada@example.com")).toMatchObject([NO]);
    expect(verdict()).toBe("withdrawn");
  });

  it("holds for the address when nothing else of the customer is left", async () => {
    shared.states.clear();
    shared.consents.clear();
    expect((await call("POST", linksTo("house@example.com").unsubscribe)).status).toBe(200);
    expect(await saidAt("house@example.com")).toMatchObject([NO]);
  });

  it("is taken back on the page of preferences that the same message leads to", async () => {
    const links = linksTo("ada@example.com");
    const { html = "" } = await call("POST", links.unsubscribe);
    const [, onPage = ""] = /href="(https:[^"]+)"/.exec(html) ?? [];
    for (const preferences of [links.preferences, onPage]) {
      clock += 1_000;
      await call("POST", preferences, { body: "shown=email%7Cmarketing&allow=email%7Cmarketing" });
      expect(await saidAt("ada@example.com")).toMatchObject([{ topic: "marketing", status: "granted" }]);
      expect(verdict()).toBe("granted");
      clock += 1_000;
      await call("POST", links.unsubscribe);
    }
  });

  it("says so when the customer is gone, and brings nobody back", async () => {
    shared.states.clear();
    shared.consents.clear();
    const answer = await call("POST", LINKS.unsubscribe);
    expect(answer.status).toBe(200);
    expect(shared.consents.size).toBe(0);
    expect(told).toEqual([]);
  });
});

describe("a link to an address that no header takes", () => {
  it.each([
    ["https://shop.example/größe?q=süß", "https://shop.example/gr%C3%B6%C3%9Fe?q=s%C3%BC%C3%9F"],
    ["https://shop.example/a\r\nSet-Cookie: b=c", "https://shop.example/aSet-Cookie:%20b=c"],
    ["https://shop.example/日本 x", "https://shop.example/%E6%97%A5%E6%9C%AC%20x"],
    ["https://shop.example/as-it-is?a=%20b#c", "https://shop.example/as-it-is?a=%20b#c"],
  ])("leads %j there, encoded", async (url, location) => {
    const token = signToken(KEYS, { kind: "click", messageId: "msg_1", url }, NOW + 86_400_000);
    const { status, headers } = await call("GET", `https://hub.example/l/${token}`);
    expect([status, headers?.location]).toEqual([302, location]);
  });
});

describe("preferences", () => {
  it("show every category that may be refused, on every channel", async () => {
    const { html = "" } = await call("GET", LINKS.preferences);
    expect(html).toMatch(/value="email\|marketing" checked/);
    expect(html).toMatch(/value="sms\|marketing">/);
    expect(html).toContain("email|service");
    expect(html).not.toContain("transactional");
  });

  it("name categories as the playbook does in the reader's language, else in the brand's, else by their names", async () => {
    playbook = await testPlaybook({
      "contact-policy.yaml": `
categories:
  marketing: { consent: express, titles: { en: "News & offers", de-AT: Neues } }
  price-alerts: { consent: express }
  service: { consent: implied, titles: { en: Your orders } }
`,
      "actions/order-confirmation.yaml": null,
      "templates/order-confirmation/email.html": null,
    });
    const pageIn = async (language: string) =>
      (await call("GET", LINKS.preferences, { headers: { "accept-language": language } })).html;
    const english = await pageIn("en");
    for (const title of ["News &amp; offers", "Price alerts", "Your orders"])
      expect(english).toContain(title);
    const german = await pageIn("de");
    for (const title of ["Neues", "Price alerts", "Your orders"]) expect(german).toContain(title);
    expect(german).not.toContain("News &amp; offers");
  });

  it("show a category's title in any language, and the hub's words in each that the playbook adds", async () => {
    const files = testFiles();
    playbook = await testPlaybook({
      "contact-policy.yaml": (files["contact-policy.yaml"] ?? "").replace(
        "consent: express",
        "consent: express, titles: { en: News, pl: Nowości, da: Nyheder, sv: Nyheter }",
      ),
      "playbook.yaml": (files["playbook.yaml"] ?? "").replace(
        "  postal",
        "  words: { da: { preferences: Dine indstillinger, sms: Tekstbesked } }\n  postal",
      ),
    });
    const pageIn = async (language: string) =>
      (await call("GET", LINKS.preferences, { headers: { "accept-language": language } })).html ?? "";
    const polish = await pageIn("pl-PL,pl;q=0.9");
    expect([polish.includes("Nowości"), polish.includes("Your preferences")]).toEqual([true, true]);
    const danish = await pageIn("da;q=1.0, en");
    for (const words of ["Nyheder", "Dine indstillinger", "Tekstbesked", '<html lang="da">', "Save"])
      expect(danish).toContain(words);
    const swedish = await pageIn("sv-FI");
    for (const words of ["Nyheter", "Dina inställningar", "E-post", "Spara"])
      expect(swedish).toContain(words);
  });

  it("write what was changed and nothing else", async () => {
    const shown = ["email|marketing", "sms|marketing", "email|service"].map(
      (key) => `shown=${encodeURIComponent(key)}`,
    );
    const { html = "" } = await call("POST", LINKS.preferences, {
      body: [...shown, "allow=sms%7Cmarketing"].join("&"),
    });
    expect(html).toContain("saved");
    expect(html).toMatch(/value="sms\|marketing" checked/);
    expect(verdict("email")).toBe("withdrawn");
    expect(verdict("sms")).toBe("granted");
    expect(Object.keys(shared.consents.get("cus_test")?.entries ?? {}).toSorted()).toEqual([
      "email|marketing",
      "sms|marketing",
    ]);
    expect(told.map(({ properties }) => properties?.source)).toEqual(["preference page", "preference page"]);
  });

  it("refuse everything by one button, and can be opened again", async () => {
    await call("POST", LINKS.preferences, {
      body: "nothing=1&allow=email%7Cmarketing&shown=email%7Cmarketing",
    });
    expect(verdict("email")).toBe("withdrawn");
    clock += 1_000;
    await call("POST", LINKS.preferences, { body: "allow=email%7Cmarketing&shown=email%7Cmarketing" });
    expect(verdict("email")).toBe("granted");
    expect(verdict("sms")).toBe("withdrawn");
  });

  it("show what somebody else refused at the address as refused, and hold there what is chosen", async () => {
    const no = { topic: "marketing", status: "withdrawn", at: new Date(NOW).toISOString() } as const;
    await addresses.say("email", "ada@example.com", no);
    const { preferences } = linksTo("ada@example.com");
    expect((await call("GET", preferences)).html).toMatch(/value="email\|marketing">/);
    const { html } = await call("POST", preferences, {
      body: "shown=email%7Cmarketing&allow=email%7Cmarketing",
    });
    expect(html).toMatch(/value="email\|marketing" checked/);
    clock += 1_000;
    await call("POST", preferences, { body: "nothing=1" });
    const facts = (await addresses.find("email", ["ada@example.com"])).get("ada@example.com");
    expect(facts?.said).toMatchObject([
      { topic: "marketing", status: "granted" },
      { topic: "*", status: "withdrawn" },
    ]);
    expect((await call("GET", preferences)).html).not.toContain("checked");
  });

  it("ignore names that the form did not show", async () => {
    await call("POST", LINKS.preferences, {
      body: "allow=email%7Ctransactional&shown=email%7Ctransactional&shown=x",
    });
    expect(told).toEqual([]);
  });
});

describe("confirming", () => {
  const asking = { ...ASKED, confirms: ["marketing", "gone"] };
  const link =
    messageLinks({
      publicUrl: "https://hub.example",
      keys: KEYS,
      message: asking,
      address: "ada@example.com",
      sentAtMs: NOW,
    }).confirm ?? "";
  const entriesNow = () => Object.values(shared.consents.get("cus_test")?.entries ?? {});
  const waiting = {
    channel: "*",
    topic: "marketing",
    status: "granted",
    kind: "implied",
    source: "form",
    at: new Date(NOW - 1_000).toISOString(),
    text: "I want news",
    standing: "public",
  } as const;
  beforeEach(() => {
    shared.consents.set("cus_test", { entries: { "*|marketing|public": waiting } });
  });

  it.each(["GET", "HEAD"] as const)("shows on %s what is asked, and changes nothing", async (method) => {
    const { status, html } = await call(method, link);
    expect(status).toBe(200);
    expect(html).toContain("<li>Marketing</li>");
    expect(html).toContain('<form method="post">');
    expect(entriesNow()).toEqual([waiting]);
    expect(told).toEqual([]);
  });

  it("grants on POST what the link names and the playbook still has, with the words agreed to and the message", async () => {
    expect((await call("POST", link)).html).toContain("Thank you");
    const granted = {
      channel: "email",
      topic: "marketing",
      status: "granted",
      kind: "express",
      source: "confirmation link",
      text: "I want news",
      messageId: ASKED.messageId,
    };
    expect(entriesNow()).toMatchObject([waiting, granted]);
    expect(told).toMatchObject([{ name: "Consent Changed", properties: granted }]);
  });

  it("lets the address be asked once more, and takes back a no that was said there", async () => {
    const now = new Date(NOW).toISOString();
    await confirmations.mayAsk("email", "ada@example.com", { by: "dec_1", now });
    await addresses.say("email", "ada@example.com", { topic: "marketing", status: "withdrawn", at: now });
    await call("POST", link);
    expect(await confirmations.mayAsk("email", "ada@example.com", { by: "dec_2", now })).toBe(true);
    const facts = (await addresses.find("email", ["ada@example.com"])).get("ada@example.com");
    expect(facts?.said).toMatchObject([{ topic: "marketing", status: "granted" }]);
  });

  it("brings nobody back who is gone", async () => {
    shared.states.clear();
    shared.consents.clear();
    expect((await call("POST", link)).html).toContain("nothing left");
    expect(shared.consents.size).toBe(0);
    expect(told).toEqual([]);
  });

  it("can be done for a month", async () => {
    clock = NOW + 31 * 86_400_000;
    expect((await call("POST", link)).status).toBe(410);
  });
});

describe("every page", () => {
  it("runs no script, loads nothing, is framed by nobody, and speaks the reader's language", async () => {
    const { headers = {}, html = "" } = await call("GET", LINKS.unsubscribe, {
      headers: { "accept-language": "de-AT,en" },
    });
    expect(headers["content-security-policy"]).toMatch(
      /default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/,
    );
    expect(headers).toMatchObject({
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    });
    expect(html).not.toContain("<script");
    expect(html).toMatch(/<html lang="de">/);
    expect(html).toContain("Abmelden");
    expect(html).toContain("Test Shop");
  });

  it("says which language its words are in, also where it does not speak the one that was asked for", async () => {
    const german = await call("GET", LINKS.unsubscribe, {
      headers: { "accept-language": "pl-PL, de;q=0.8" },
    });
    expect(german.html).toMatch(/<html lang="de">/);
    const english = await call("GET", LINKS.unsubscribe, { headers: { "accept-language": "pl" } });
    expect(english.html).toMatch(/<html lang="en">/);
    expect(english.html).toContain("Unsubscribe");
  });
});

describe("who only looks, with HEAD", () => {
  it.each([
    ["a click", LINKS.click("https://shop.example/x")],
    ["an opening", LINKS.open],
    ["unsubscribing", LINKS.unsubscribe],
    ["preferences", LINKS.preferences],
  ])("is answered as who asks for %s, and nothing comes of it", async (_, url) => {
    const looked = await call("HEAD", url);
    expect(told).toEqual([]);
    expect(verdict()).toBe("granted");
    expect(looked).toEqual(await call("GET", url));
  });
});

describe("a token that is no good", () => {
  const expired = signToken(KEYS, { kind: "open", messageId: "msg_1" }, NOW);
  const tokens: Record<string, LinkToken> = {
    l: { kind: "open", messageId: "msg_1" },
    o: { kind: "preferences", customerId: "cus_test", messageId: "msg_1" },
    u: { kind: "preferences", customerId: "cus_test", messageId: "msg_1" },
    c: {
      kind: "unsubscribe",
      customerId: "cus_test",
      messageId: "msg_1",
      channel: "email",
      topic: "marketing",
      address: "ada@example.com",
    },
    p: {
      kind: "unsubscribe",
      customerId: "cus_test",
      messageId: "msg_1",
      channel: "email",
      topic: "marketing",
    },
  };

  it.each(Object.entries(tokens))("of another kind opens nothing under /%s", async (letter, token) => {
    const url = `https://hub.example/${letter}/${signToken(KEYS, token, NOW + 86_400_000)}`;
    expect((await call("GET", url)).status).toBe(404);
  });

  it.each(["l", "o", "u", "p", "c"])(
    "answers 404 under /%s when forged and 410 when expired, on a readable page",
    async (letter) => {
      const forged = await call("GET", `https://hub.example/${letter}/AAAA`);
      expect(forged).toMatchObject({ status: 404, html: expect.stringContaining("This link does not work") });
      const old = await call("GET", `https://hub.example/${letter}/${expired}`);
      expect(old).toMatchObject({ status: 410, html: expect.stringContaining("too old") });
    },
  );

  it("changes nothing by POST either", async () => {
    for (const letter of ["u", "p", "c"]) {
      expect((await call("POST", `https://hub.example/${letter}/AAAA`, { body: "nothing=1" })).status).toBe(
        404,
      );
    }
    expect(verdict()).toBe("granted");
  });
});
