import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { consentTo, newPhone, newUserId } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

/** As the company's server does: only then two people may share a mailbox. */
const identify = (userId: string, traits: Record<string, unknown>) =>
  hub.call("POST", "/v1/identify", { userId, traits });
const join = async (userId: string, email: string): Promise<void> => {
  await identify(userId, { email, firstName: "Ada" });
  await hub.collect("track", consentTo("email", userId));
  await hub.settle();
};

/** Two accounts with one address; the second has had another one before. */
const household = async () => {
  const [ada, bob] = [newUserId("ada"), newUserId("bob")];
  const shared = `house-${randomUUID()}@example.com`;
  const own = `${bob}@example.com`;
  await join(ada, shared);
  await join(bob, own);
  await hub.advance("PT1S");
  await identify(bob, { email: shared });
  await hub.settle();
  return { ada, bob, shared, own };
};

const CONTENT = { subject: "Hello", text: "Hello {{ customer.firstName }}" };
/** Asks for a mail, and tells what became of it. */
const mail = async (userId: string, category: string) => {
  const asked = { to: `userId:${userId}`, channel: "email", category, content: CONTENT };
  const { messageId } = await hub.send(asked, randomUUID());
  await hub.settle();
  const { status, history } = await hub.message(messageId);
  return { messageId, status, reason: history.at(-1)?.reason };
};
const toOf = async (messageId: string) =>
  (await hub.outbox()).find((sent) => sent.messageId === messageId)?.to;
const linkIn = async (messageId: string): Promise<string> => {
  const sent = (await hub.outbox()).find((one) => one.messageId === messageId);
  return /<(http[^>]+)>/.exec(sent?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "";
};
const post = (link: string, body: string) =>
  hub.call("POST", new URL(link).pathname, body, { "content-type": "application/x-www-form-urlencoded" });

const REFUSED = { status: "rejected", reason: "consent: the mailbox said no to marketing" };

describe("two accounts that share a mailbox", () => {
  it("are both left alone there once one of them unsubscribes, and get what they are owed", async () => {
    const { ada, bob, shared, own } = await household();
    const first = await mail(ada, "marketing");
    expect(await toOf(first.messageId)).toBe(shared);
    expect(await toOf((await mail(bob, "marketing")).messageId)).toBe(shared);

    expect((await post(await linkIn(first.messageId), "List-Unsubscribe=One-Click")).status).toBe(200);

    const { messageId } = await mail(bob, "marketing");
    expect(await toOf(messageId)).toBe(own);
    expect((await mail(ada, "marketing")).status).toBe("rejected");
    const owed = await mail(bob, "transactional");
    expect([owed.status, await toOf(owed.messageId)]).toEqual(["sent", shared]);
    expect((await hub.profile(`userId:${bob}`)).consent).toMatchObject([{ status: "granted" }]);
  });

  it("are told why, where the mailbox is all that one of them has", async () => {
    const [ada, eve] = [newUserId("ada"), newUserId("eve")];
    const shared = `house-${randomUUID()}@example.com`;
    await join(ada, shared);
    await join(eve, shared);
    const { messageId } = await mail(ada, "marketing");
    await post(await linkIn(messageId), "");
    expect(await mail(eve, "marketing")).toMatchObject(REFUSED);

    await hub.advance("PT1S");
    await hub.collect("track", { userId: eve, event: "Signed Up" });
    await hub.settle();
    const told = await hub.timeline(`userId:${eve}`);
    expect(told.filter(({ kind }) => kind === "message").map(({ status }) => status)).toEqual(["rejected"]);
    const decided = told.find(
      ({ kind, placement }) => kind === "decision" && placement === "trigger.welcome",
    );
    const { rejected } = await hub.decision(String(decided?.decisionId));
    expect(rejected).toContainEqual(expect.objectContaining({ action: "welcome", reason: "consent" }));
    expect(await mail(eve, "marketing")).toMatchObject(REFUSED);
    expect(await hub.outbox({ to: shared })).toHaveLength(1);
  });

  it("get the next message by another channel where they have one, a week long", async () => {
    const [ada, eve] = [newUserId("ada"), newUserId("eve")];
    const shared = `house-${randomUUID()}@example.com`;
    await join(ada, shared);
    await join(eve, shared);
    const phone = newPhone();
    await identify(eve, { phone });
    await hub.collect("track", consentTo("sms", eve));
    const { messageId } = await mail(ada, "marketing");
    await post(await linkIn(messageId), "");
    const ways = async () =>
      (await hub.outbox()).filter(({ to }) => to === phone || to === shared).map(({ channel }) => channel);
    expect(await ways()).toEqual(["email"]);
    const abandon = async (): Promise<void> => {
      await hub.collect("track", { userId: eve, event: "Product Added", properties: { price: 20 } });
      await hub.settle();
      await hub.advance("PT2H");
      await hub.settle();
    };
    await abandon();
    await abandon();
    expect((await ways()).toSorted()).toEqual(["email", "sms"]);
    await hub.advance("P8D");
    await abandon();
    expect((await ways()).toSorted()).toEqual(["email", "sms"]);
  });

  it("are mailed again once the mailbox says yes on the page that its mail leads to", async () => {
    const { ada, bob, shared } = await household();
    const first = await mail(ada, "marketing");
    const gone = await post(await linkIn(first.messageId), "List-Unsubscribe=One-Click");
    const [, preferences = ""] = /href="(http[^"]+)"/.exec(String(gone.body)) ?? [];
    await hub.advance("PT1S");
    await post(preferences, "shown=email%7Cmarketing&allow=email%7Cmarketing");
    for (const userId of [ada, bob]) {
      expect(await toOf((await mail(userId, "marketing")).messageId)).toBe(shared);
    }
  });

  it("are both left alone there, whatever it is about, once a complaint came from it", async () => {
    const { ada, bob, own } = await household();
    const { messageId } = await mail(ada, "marketing");
    await hub.feedback(messageId, "complained");
    await hub.settle();
    expect(await toOf((await mail(bob, "marketing")).messageId)).toBe(own);
    expect(await toOf((await mail(bob, "transactional")).messageId)).toBe(own);
    expect((await mail(ada, "transactional")).status).toBe("rejected");
  });
});
