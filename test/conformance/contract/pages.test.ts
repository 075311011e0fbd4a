import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../support/hub/client.ts";
import { testHub } from "../../support/hub/local-cloud.ts";
import { consentTo } from "../../support/hub/people.ts";
import { testFiles } from "../../support/playbook/files.ts";

let hub: Hub;
const userId = `pages-${randomUUID()}`;
const email = `${userId}@example.com`;
let links: Record<"l" | "o" | "u" | "p", string>;
let header = "";

beforeAll(async () => {
  hub = await testHub(testFiles());
  await hub.collect("identify", { userId, traits: { email, firstName: "Ada" } });
  await hub.collect("track", consentTo("email", userId));
  await hub.collect("track", { userId, event: "Signed Up" });
  await hub.settle();
  const [mail] = await hub.outbox({ to: email });
  const find = (kind: string): string => new RegExp(`/${kind}/[\\w-]+`).exec(mail?.html ?? "")?.[0] ?? "";
  links = { l: find("l"), o: find("o"), u: find("u"), p: find("p") };
  header = mail?.headers?.["List-Unsubscribe"] ?? "";
  expect(mail?.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
});

const visit = (method: string, path: string, body?: URLSearchParams) =>
  fetch(hub.url + path, { method, redirect: "manual", ...(body === undefined ? {} : { body }) });
const consent = async () => (await hub.profile(`userId:${userId}`)).consent;

describe("the links of a mail", () => {
  it.each(["l", "o", "u", "p"] as const)(
    "/%s tells HEAD what GET would, and nothing comes of it",
    async (kind) => {
      // What was asked for before is told by now.
      await hub.settle();
      const before = { consent: await consent(), timeline: await hub.timeline(`userId:${userId}`) };
      const looked = await visit("HEAD", links[kind]);
      await hub.settle();
      expect({ consent: await consent(), timeline: await hub.timeline(`userId:${userId}`) }).toEqual(before);
      const asked = await visit("GET", links[kind]);
      expect(looked.status).toBe(asked.status);
      for (const header of ["location", "content-type", "cache-control"]) {
        expect(looked.headers.get(header)).toBe(asked.headers.get(header));
      }
    },
  );

  it("/l leads to where the template pointed and is counted", async () => {
    const answer = await visit("GET", links.l);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "https://shop.example/start"]);
    await hub.settle();
    expect(await hub.timeline(`userId:${userId}`)).toContainEqual(
      expect.objectContaining({ kind: "outcome", outcome: "clicked" }),
    );
  });

  it("/o is a picture and is counted", async () => {
    const answer = await visit("GET", links.o);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/gif"]);
    await hub.settle();
    expect(await hub.timeline(`userId:${userId}`)).toContainEqual(
      expect.objectContaining({ kind: "outcome", outcome: "opened" }),
    );
  });

  it("name nobody", () => {
    for (const link of Object.values(links)) {
      expect(link).not.toContain(userId);
      expect(Buffer.from(link.slice(3), "base64url").toString("latin1")).not.toContain(userId);
    }
  });

  it.each(["l", "o", "u", "p"] as const)("/%s with another token is a page that says so", async (kind) => {
    const forged = `${links[kind].slice(0, -2)}${links[kind].endsWith("AA") ? "BB" : "AA"}`;
    for (const path of [forged, `/${kind}/nothing`]) {
      const answer = await visit("GET", path);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    }
  });

  it("/p shows what was agreed to and saves a change", async () => {
    const page = await (await visit("GET", links.p)).text();
    expect(page).toMatch(/value="email\|marketing" checked/);
    const off = new URLSearchParams({ shown: "email|marketing" });
    expect((await visit("POST", links.p, off)).status).toBe(200);
    expect(await consent()).toContainEqual(
      expect.objectContaining({ channel: "email", topic: "marketing", status: "withdrawn" }),
    );
    await hub.advance("PT1S");
    const on = new URLSearchParams({ shown: "email|marketing", allow: "email|marketing" });
    expect((await visit("POST", links.p, on)).status).toBe(200);
    expect(await consent()).toContainEqual(
      expect.objectContaining({ channel: "email", topic: "marketing", status: "granted" }),
    );
  });

  it("/u: GET only asks, one POST of RFC 8058 unsubscribes at once, without a redirect", async () => {
    expect(header).toBe(`<${hub.url}${new URL(header.slice(1, -1)).pathname}>`);
    const path = new URL(header.slice(1, -1)).pathname;
    await hub.advance("PT1S");
    expect((await visit("GET", path)).status).toBe(200);
    expect(await consent()).toContainEqual(
      expect.objectContaining({ topic: "marketing", status: "granted" }),
    );
    const posted = await visit("POST", path, new URLSearchParams({ "List-Unsubscribe": "One-Click" }));
    expect(posted.status).toBe(200);
    expect(await consent()).toContainEqual(
      expect.objectContaining({ channel: "email", topic: "marketing", status: "withdrawn", kind: "express" }),
    );
    const { rejected } = await hub.decide({
      customer: `userId:${userId}`,
      placement: "trigger.welcome",
      dryRun: true,
      explain: true,
    });
    expect(rejected).toContainEqual(
      expect.objectContaining({ action: "welcome", stage: "policy", reason: "consent" }),
    );
  });
});
