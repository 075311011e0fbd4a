import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { ROLES } from "#runtime/http/roles.ts";
import { browserAt, choose, consoleHeaders, locationOf, logInAs } from "../support/console/log-in.ts";
import { hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";

let cloud: LocalCloud;
let url: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  url = cloud.url;
});

const codeOf = (body: unknown): unknown => Reflect.get(Object(body), "code");

describe("the console without a session", () => {
  it("leads straight to log-in, where a button stands for each role, and back to the page that was asked for", async () => {
    const browser = browserAt(url);
    const first = await browser.visit("/console/customers?q=kim");
    expect([first.status, locationOf(first)]).toEqual([302, "/console/login?to=%2Fconsole%2Fcustomers"]);
    const page = locationOf(await browser.visit(locationOf(first)));
    const text = await (await browser.visit(page)).text();
    for (const role of ROLES) expect(text).toMatch(new RegExp(`aria-label="Log in as [A-Z][^"]+, ${role}"`));

    const back = await browser.visit(await choose(browser, page, "viewer"));
    expect([back.status, locationOf(back)]).toEqual([302, "/console/customers"]);
    const shown = await browser.visit("/console/customers");
    const [, script = ""] = /<script type="module" crossorigin src="([^"]+)"/.exec(await shown.text()) ?? [];
    const asset = await browser.visit(script);
    expect([shown.status, asset.status, asset.headers.get("cache-control")]).toEqual([
      200,
      200,
      "public, max-age=31536000, immutable",
    ]);
  });

  it.each([
    ["https://evil.example/console"],
    ["//evil.example/console"],
    ["/\\evil.example/console"],
    ["/console/../v1/messages"],
    ["/console/login"],
    ["javascript:alert(1)"],
  ])("comes back from log-in to nowhere but a page of its own: not to %s", async (to) => {
    const browser = browserAt(url);
    const page = locationOf(await browser.visit(`/console/login?to=${encodeURIComponent(to)}`));
    expect(locationOf(await browser.visit(await choose(browser, page, "viewer")))).toBe("/console");
  });
});

describe("a session", () => {
  it("says who is logged in and what they may do, and gives no token to a page", async () => {
    const { call, browser } = await logInAs(url, "marketer");
    const { status, body } = await call("GET", "/console/session");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "Mara Lindqvist",
      email: "mara@tamarack.example",
      roles: ["marketer"],
      addresses: "masked",
    });
    expect(Reflect.get(Object(body), "calls")).toEqual(expect.arrayContaining(["publishPlaybook"]));
    for (const { value } of browser.cookies.values()) expect(JSON.stringify(body)).not.toContain(value);
    expect((await call("GET", "/v1/playbooks")).status).toBe(200);
  });

  it("lies in cookies that no script reads and that other sites' requests do not carry", async () => {
    const browser = browserAt(url);
    const page = locationOf(await browser.visit("/console/login"));
    const back = await browser.visit(await choose(browser, page, "viewer"));
    const lines = back.headers.getSetCookie();
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/; HttpOnly; SameSite=Lax/);
  });

  it.each([
    ["without the console's header", { "x-rapport-console": undefined, origin: "own" }],
    ["from another origin", { "x-rapport-console": "1", origin: "https://evil.example" }],
    ["from no origin", { "x-rapport-console": "1", origin: undefined }],
    ["from an origin that is hidden", { "x-rapport-console": "1", origin: "null" }],
    [
      "from another site's frame",
      { "x-rapport-console": "1", origin: "own", "sec-fetch-site": "cross-site" },
    ],
    [
      "from another host of the same site",
      { "x-rapport-console": "1", origin: "own", "sec-fetch-site": "same-site" },
    ],
  ])("counts for nothing in a POST %s", async (_name, given) => {
    const { browser } = await logInAs(url, "admin");
    const own = { ...given, origin: given.origin === "own" ? new URL(url).origin : given.origin };
    const headers = Object.fromEntries(
      Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const body = JSON.stringify({ files: {} });
    for (const path of ["/v1/playbooks", "/console/session"]) {
      const answer = await browser.visit(path, { method: "POST", headers, body });
      expect([path, answer.status]).toEqual([path, 401]);
    }
  });

  it("is no key: a key in the header speaks for the request, a wrong one too", async () => {
    const { call } = await logInAs(url, "admin");
    const wrong = await call("GET", "/v1/playbooks", undefined, { authorization: "Bearer sk_nobody" });
    expect([wrong.status, codeOf(wrong.body)]).toEqual([401, "key_unknown"]);
    const right = await call("GET", "/v1/models", undefined, { authorization: "Bearer local-secret-key" });
    expect(right.status).toBe(200);
  });

  it("collects nothing: what a browser tells of customers takes a write key", async () => {
    const { call } = await logInAs(url, "admin");
    const { status, body } = await call("POST", "/v1/track", { userId: "kim", event: "Signed Up" });
    expect([status, codeOf(body)]).toEqual([401, "key_missing"]);
  });

  it("is renewed when its time is over, by the cookie alone, and is over when somebody logs out", async () => {
    const { call, browser } = await logInAs(url, "viewer");
    const renewal = browser.cookies.get("rapport-renewal")?.value ?? "";
    await hubAt(url).advance("PT16M");
    const late = await call("GET", "/v1/playbooks");
    expect([late.status, codeOf(late.body)]).toEqual([401, "session_expired"]);
    expect((await call("POST", "/console/session")).status).toBe(200);
    expect((await call("GET", "/v1/playbooks")).status).toBe(200);
    expect(browser.cookies.get("rapport-renewal")?.value).not.toBe(renewal);

    const newest = browser.cookies.get("rapport-renewal")?.value ?? "";
    const out = await call("DELETE", "/console/session");
    expect(out.status).toBe(200);
    expect(browser.cookies.size).toBe(0);
    const to = String(Reflect.get(Object(out.body), "to"));
    expect(locationOf(await browser.visit(to))).toBe(`${url}/console/login`);
    for (const kept of [newest, renewal]) {
      await hubAt(url).advance("PT2M");
      const again = await fetch(`${url}/console/session`, {
        method: "POST",
        headers: { ...consoleHeaders(url), cookie: `rapport-renewal=${kept}` },
      });
      expect(again.status).toBe(401);
    }
  });

  it("goes on as nobody else, whatever another host of the site puts beside its cookie", async () => {
    const { call, browser } = await logInAs(url, "viewer");
    const other = (await logInAs(url, "admin")).browser.cookies.get("rapport-renewal");
    if (other !== undefined) browser.cookies.set("rapport-renewal", other);
    const { status, body } = await call("POST", "/console/session");
    expect([status, codeOf(body)]).toEqual([401, "session_unknown"]);
  });

  it("ends with the day's work, however often it is renewed with what it began with", async () => {
    const { call } = await logInAs(url, "viewer");
    await hubAt(url).advance("PT13H");
    const { status, body } = await call("POST", "/console/session");
    expect([status, codeOf(body)]).toEqual([401, "session_unknown"]);
  });

  it.each([
    ["nothing signed", (token: string) => token.replace(/[^.]*$/, "")],
    ["another signature", (token: string) => token.replace(/.{20}$/, "A".repeat(20))],
    ["no algorithm", (token: string) => `${encoded({ alg: "none" })}.${token.split(".")[1]}.`],
    ["another role", (token: string) => withClaims(token, { "cognito:groups": ["admin"] })],
    ["no token at all", () => "x"],
  ])("is not had with %s", async (_name, forge) => {
    const { browser } = await logInAs(url, "viewer");
    const token = browser.cookies.get("rapport-session")?.value ?? "";
    const answer = await fetch(`${url}/v1/playbooks`, {
      headers: { ...consoleHeaders(url), cookie: `rapport-session=${forge(token)}` },
    });
    expect([answer.status, codeOf(await answer.json())]).toEqual([401, "session_unknown"]);
  });

  it("is not had with the token that it is renewed with", async () => {
    const { browser } = await logInAs(url, "viewer");
    const cookie = `rapport-session=${browser.cookies.get("rapport-renewal")?.value}`;
    const answer = await fetch(`${url}/v1/playbooks`, { headers: { ...consoleHeaders(url), cookie } });
    expect(answer.status).toBe(401);
  });
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const withClaims = (token: string, claims: object): string => {
  const [header = "", body = "", signature = ""] = token.split(".");
  const told: object = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  return [header, encoded({ ...told, ...claims }), signature].join(".");
};

describe("logging in", () => {
  it("is nothing that somebody else can do to a browser: the answer of a log-in that it did not begin begins another", async () => {
    const attacker = browserAt(url);
    const page = locationOf(await attacker.visit("/console/login"));
    const back = await choose(attacker, page, "admin");
    const victim = browserAt(url);
    const answer = await victim.visit(back);
    expect([answer.status, locationOf(answer)]).toEqual([302, "/console/login?again=1"]);
    expect(victim.cookies.size).toBe(0);
  });

  it("says so when the browser keeps no cookies, instead of going round for ever", async () => {
    const browser = browserAt(url);
    const page = locationOf(await browser.visit("/console/login?again=1"));
    browser.cookies.clear();
    const answer = await browser.visit(await choose(browser, page, "viewer"));
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("kept no cookie")]);
  });

  it("takes a code once", async () => {
    const browser = browserAt(url);
    const back = await choose(browser, locationOf(await browser.visit("/console/login")), "viewer");
    const begun = new Map(browser.cookies);
    expect((await browser.visit(back)).status).toBe(302);
    browser.cookies.clear();
    for (const [name, cookie] of begun) browser.cookies.set(name, cookie);
    const again = await browser.visit(back);
    expect([again.status, browser.cookies.size]).toEqual([400, 0]);
  });

  it("leads to no address but the console's own", async () => {
    const page = new URL(locationOf(await browserAt(url).visit("/console/login")));
    page.searchParams.set("redirect_uri", "https://evil.example/console/callback");
    const answer = await fetch(page, { method: "POST", redirect: "manual", body: "person=x" });
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
  });
});
