import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { newUserId } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(
    testFiles({
      "contact-policy.yaml": `
categories:
  marketing: { consent: express, confirm: double, titles: { en: Offers and news } }
  partners: { consent: express, confirm: double }
  service: { consent: implied }
  transactional: { consent: none, transactional: true }
`,
      "actions/welcome.yaml": (TEST_FILES["actions/welcome.yaml"] ?? "").replace(/^eligible.*\n/m, ""),
    }),
  );
});

const SUBJECT = "Please confirm that you want to hear from Test Shop";
const newAddress = (): string => `${randomUUID()}@example.com`;
const consent = (userId: string, properties: Record<string, unknown> = {}) => ({
  userId,
  event: "Consent Changed",
  properties: {
    channel: "email",
    topic: "marketing",
    status: "granted",
    kind: "express",
    text: "v3",
    ...properties,
  },
});
/** Somebody whom a page calls so, with that address, who says yes to marketing there. */
const signUp = async (email: string, traits: Record<string, unknown> = {}): Promise<string> => {
  const userId = newUserId("reader");
  await hub.collect("identify", { userId, traits: { email, ...traits } });
  await hub.collect("track", consent(userId));
  await hub.settle();
  return userId;
};
const mails = (email: string) => hub.outbox({ to: email });
const askedAt = async (email: string) => (await mails(email)).filter(({ subject }) => subject === SUBJECT);
const linkIn = async (email: string): Promise<string> =>
  /http\S+\/c\/\S+/.exec((await askedAt(email)).at(-1)?.text ?? "")?.[0] ?? "";
const follow = (link: string, method: "GET" | "HEAD" | "POST") => hub.call(method, new URL(link).pathname);
const statusOf = async (userId: string) =>
  (await hub.profile(`userId:${userId}`)).consent.map(({ topic, status }) => `${topic} ${status}`);
const welcomes = async (userId: string, email: string) => {
  await hub.collect("track", { userId, event: "Signed Up" });
  await hub.settle();
  return (await mails(email)).filter(({ subject }) => subject?.startsWith("Welcome")).length;
};

describe("a yes by a write key to a category that is confirmed", () => {
  it("waits until the link of one mail is followed and its page confirmed, then counts, with its proof", async () => {
    const email = newAddress();
    const userId = await signUp(email);
    expect(await statusOf(userId)).toEqual(["marketing pending"]);
    expect(await welcomes(userId, email)).toBe(0);

    const link = await linkIn(email);
    for (const method of ["GET", "HEAD", "GET"] as const) {
      expect((await follow(link, method)).status).toBe(200);
    }
    expect(await statusOf(userId)).toEqual(["marketing pending"]);
    expect((await follow(link, "GET")).body).toContain("Offers and news");

    await hub.advance("PT1S");
    expect((await follow(link, "POST")).status).toBe(200);
    await hub.settle();
    const [asked] = await askedAt(email);
    expect((await hub.profile(`userId:${userId}`)).consent).toMatchObject([
      {
        channel: "email",
        topic: "marketing",
        status: "granted",
        kind: "express",
        source: "confirmation link",
        text: "v3",
        messageId: asked?.messageId,
      },
    ]);
    expect(await welcomes(userId, email)).toBe(1);
    expect(await askedAt(email)).toHaveLength(1);
  });

  it("is asked about in words of the hub and the playbook alone, without a way to be counted", async () => {
    const email = newAddress();
    await signUp(email, { firstName: "https://evil.example win", locale: "xx" });
    const [asked] = await askedAt(email);
    // A token of the link may spell anything.
    const said = `${asked?.subject} ${asked?.text}`.replaceAll(await linkIn(email), "");
    expect(asked?.html).toBeFalsy();
    expect(said).not.toMatch(/evil|win|v3/);
    expect(asked?.text).toContain("Offers and news");
    expect(asked?.headers).not.toHaveProperty("List-Unsubscribe");
    expect((asked?.text ?? "").match(/http\S+/g)).toEqual([await linkIn(email)]);
  });

  it("makes a record of the decision behind the mail", async () => {
    const email = newAddress();
    const userId = await signUp(email);
    const decided = (await hub.timeline(`userId:${userId}`)).filter(({ kind }) => kind === "decision");
    expect(decided).toHaveLength(1);
    const { body } = await hub.call("GET", `/v1/decisions/${decided[0]?.decisionId}`);
    expect(body).toMatchObject({ trigger: "consent.confirmation" });
  });

  it("is asked about once a day at an address, however often and by however many it is said", async () => {
    const email = newAddress();
    const userId = await signUp(email);
    for (let time = 0; time < 5; time += 1) await hub.collect("track", consent(userId));
    await hub.collect("track", consent(userId, { topic: "partners" }));
    await hub.collect("track", consent(userId, { channel: "*", topic: "*" }));
    await hub.collect("track", { ...consent(userId), event: "Viewed", context: banner });
    await hub.settle();
    for (let time = 0; time < 5; time += 1) await signUp(email);
    await hub.advance("PT23H");
    await hub.collect("track", consent(userId));
    await hub.settle();
    expect(await mails(email)).toHaveLength(1);
    await hub.advance("PT2H");
    await hub.collect("track", consent(userId));
    await hub.settle();
    expect(await mails(email)).toHaveLength(2);
  });

  const banner = { consent: { categoryPreferences: { marketing: true } } };
  it("in a banner is asked about when it is first said, and not with every page", async () => {
    const [email, userId] = [newAddress(), newUserId("banner")];
    await hub.collect("identify", { userId, traits: { email } });
    for (let day = 0; day < 3; day += 1) {
      await hub.collect("page", { userId, name: "Home", context: banner });
      await hub.advance("P2D");
    }
    expect(await askedAt(email)).toHaveLength(1);
    await hub.collect("page", { userId, name: "Home", context: banner });
    await follow(await linkIn(email), "POST");
    await hub.settle();
    expect(await welcomes(userId, email)).toBe(1);
  });

  it("is asked about once there is an address", async () => {
    const [email, userId] = [newAddress(), newUserId("late")];
    await hub.collect("track", consent(userId));
    await hub.settle();
    await hub.collect("identify", { userId, traits: { email } });
    await hub.settle();
    expect(await askedAt(email)).toHaveLength(1);
  });

  it("by text message is asked about there", async () => {
    const [phone, userId] = ["+12025550177", newUserId("texted")];
    await hub.collect("identify", { userId, traits: { phone } });
    await hub.collect("track", consent(userId, { channel: "sms" }));
    await hub.settle();
    const [asked, ...others] = await hub.outbox({ to: phone });
    expect(others).toEqual([]);
    const link = /http\S+\/c\/\S+/.exec(asked?.text ?? "")?.[0] ?? "";
    await follow(link, "POST");
    expect(await statusOf(userId)).toEqual(["marketing granted"]);
  });

  it("sends nothing where the other category is not confirmed, or the address complained", async () => {
    const email = newAddress();
    const userId = await signUp(email);
    const [asked] = await askedAt(email);
    await hub.feedback(asked?.messageId ?? "", "complained");
    await hub.advance("P2D");
    await hub.collect("track", consent(userId));
    await hub.settle();
    expect(await mails(email)).toHaveLength(1);
    const other = newAddress();
    const quiet = newUserId("service");
    await hub.collect("identify", { userId: quiet, traits: { email: other } });
    await hub.collect("track", consent(quiet, { topic: "service" }));
    await hub.settle();
    expect(await mails(other)).toEqual([]);
    expect(await statusOf(quiet)).toEqual(["service granted"]);
  });
});

describe("a confirmed yes", () => {
  it("is not undone by another one of a public key, and is by a no of anybody's", async () => {
    const email = newAddress();
    const userId = await signUp(email);
    await hub.advance("PT1S");
    await follow(await linkIn(email), "POST");
    await hub.advance("PT1S");
    await hub.collect("track", consent(userId, { text: "v4" }));
    await hub.settle();
    expect(await statusOf(userId)).toEqual(["marketing granted"]);
    expect(await askedAt(email)).toHaveLength(1);
    await hub.collect("track", consent(userId, { status: "withdrawn" }));
    await hub.settle();
    expect(await welcomes(userId, email)).toBe(0);
  });

  it("by the link lifts a no that was said at the mailbox, which a write key does not", async () => {
    const email = newAddress();
    const userId = await signUp(email);
    await hub.advance("PT1S");
    await follow(await linkIn(email), "POST");
    await hub.settle();
    expect(await welcomes(userId, email)).toBe(1);
    const mail = (await mails(email)).find(({ subject }) => subject?.startsWith("Welcome"));
    const [, leave = ""] = /<(http[^>]+)>/.exec(mail?.headers?.["List-Unsubscribe"] ?? "") ?? [];
    await hub.call("POST", new URL(leave).pathname, "List-Unsubscribe=One-Click", {
      "content-type": "application/x-www-form-urlencoded",
    });
    await hub.advance("P2D");
    await hub.collect("track", consent(userId));
    await hub.settle();
    expect(await welcomes(userId, email)).toBe(1);
    await follow(await linkIn(email), "POST");
    await hub.advance("PT1S");
    expect(await welcomes(userId, email)).toBe(2);
  });

  it("is not needed of who is trusted", async () => {
    const [email, userId] = [newAddress(), newUserId("trusted")];
    const asServer = (path: string, body: unknown) => hub.call("POST", `/v1/${path}`, body);
    await asServer("identify", { userId, traits: { email } });
    await asServer("track", consent(userId));
    await hub.settle();
    expect(await statusOf(userId)).toEqual(["marketing granted"]);
    expect(await mails(email)).toEqual([]);
  });
});
