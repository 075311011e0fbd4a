import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { proofOf } from "#domain/identity/proof.ts";
import { LOCAL_IDENTITY_KEY } from "#infra/local/seed.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

const fresh = (kind: string): string => `${kind}-${randomUUID()}`;
const mailOf = (userId: string): string => `${userId}@example.com`;
const order = (userId: string) => ({
  userId,
  event: "Order Completed",
  properties: { order_id: fresh("order"), total: 5 },
});
/** Orders, and says where the receipt went. */
const receiptOf = async (userId: string, ...addresses: readonly string[]) => {
  const bought = order(userId);
  await hub.tell("track", bought);
  await hub.settle();
  const mails = await Promise.all(addresses.map((to) => hub.outbox({ to })));
  const subject = `Order ${bought.properties.order_id}`;
  return mails.flat().flatMap((mail) => (mail.subject === subject ? [mail.to] : []));
};
const known = async () => {
  const userId = fresh("kim");
  await hub.tell("identify", { userId, traits: { email: mailOf(userId) } });
  await hub.settle();
  return userId;
};
/** Somebody with only the write key, and a mailbox of their own. */
const thiefs = () => mailOf(fresh("thief"));

describe("somebody who read the write key in a page", () => {
  const attacks: Record<string, (userId: string, email: string) => Promise<unknown>> = {
    identify: (userId, email) => hub.collect("identify", { userId, traits: { email } }),
    page: (userId, email) => hub.collect("page", { userId, context: { traits: { email } } }),
    group: (userId, email) =>
      hub.collect("group", { userId, groupId: "g", traits: { email }, context: { traits: { email } } }),
    "a batch with a context for all": (userId, email) =>
      hub.collect("batch", {
        context: { traits: { email } },
        batch: [{ type: "track", event: "Product Viewed", userId }],
      }),
    import: (userId, email) =>
      hub.collect("import", {
        batch: [{ type: "identify", userId, traits: { email }, timestamp: "2020-01-01T00:00:00Z" }],
      }),
    "a visitor who has the address": async (userId, email) => {
      const anonymousId = fresh("visitor");
      await hub.collect("identify", { anonymousId, traits: { email } });
      await hub.collect("identify", { userId, anonymousId });
    },
    "an alias of a visitor who has the address": async (userId, email) => {
      const previousId = fresh("visitor");
      await hub.collect("identify", { anonymousId: previousId, traits: { email } });
      await hub.collect("alias", { userId, previousId });
    },
    "a proof of somebody else": (userId, email) =>
      hub.collect("identify", {
        userId,
        traits: { email },
        context: { identity: proofOf(LOCAL_IDENTITY_KEY, "thief", new Date().toISOString()) },
      }),
  };

  it.each(Object.keys(attacks))(
    "should not have a customer's receipt sent to themselves: %s",
    async (attack) => {
      const [userId, thief] = [await known(), thiefs()];

      await attacks[attack]?.(userId, thief);
      await hub.settle();

      expect(await receiptOf(userId, mailOf(userId), thief)).toEqual([mailOf(userId)]);
      expect((await hub.profile(`userId:${userId}`)).addresses).toMatchObject([{ value: mailOf(userId) }]);
    },
  );

  it("should plant nothing that stays at a user id which they guessed before it signed up", async () => {
    const userId = fresh("kim");
    await hub.collect("identify", {
      userId,
      anonymousId: fresh("thiefs-app"),
      traits: { phone: "+15550100999" },
      context: { device: { token: fresh("token") } },
    });
    await hub.settle();

    await hub.tell("identify", { userId, anonymousId: fresh("app"), traits: { email: mailOf(userId) } });
    await hub.settle();

    const profile = await hub.profile(`userId:${userId}`);
    expect(profile.addresses).toMatchObject([{ channel: "email", value: mailOf(userId) }]);
    expect(profile.unproven).toContainEqual({ type: "phone", value: "+15550100999" });
  });

  it("should be shown on the profile and the timeline", async () => {
    const [userId, thief] = [await known(), thiefs()];

    await hub.collect("identify", { userId, traits: { email: thief } });
    await hub.settle();

    expect((await hub.profile(`userId:${userId}`)).unproven).toEqual([{ type: "email", value: thief }]);
    const [said, before] = await hub.timeline(`userId:${userId}`);
    expect(said).toMatchObject({ standing: "public", refused: [{ what: "email", reason: "unproven" }, {}] });
    expect(before).toMatchObject({ standing: "trusted" });
    expect((await hub.call("GET", `/v1/profiles/${encodeURIComponent(`email:${thief}`)}`)).status).toBe(404);
  });
});

describe("a customer", () => {
  it("should sign up in the browser, and keep that address when the company speaks of them", async () => {
    const userId = fresh("kim");
    await hub.collect("identify", { userId });
    await hub.collect("identify", { userId, traits: { email: mailOf(userId) } });
    await hub.settle();

    expect(await receiptOf(userId, mailOf(userId))).toEqual([mailOf(userId)]);
    expect(await receiptOf(userId, mailOf(userId))).toEqual([mailOf(userId)]);
  });

  it("should keep the device of the app that they sign up in, where the company names it", async () => {
    const [userId, token, anonymousId] = [fresh("kim"), fresh("token"), fresh("app")];
    await hub.collect("track", { anonymousId, context: { device: { token } }, event: "Product Viewed" });
    await hub.settle();

    await hub.tell("identify", { userId, anonymousId, traits: { email: mailOf(userId) } });
    await hub.settle();

    expect((await hub.profile(`userId:${userId}`)).addresses).toContainEqual(
      expect.objectContaining({ channel: "push", value: token }),
    );
  });

  it("should move in the browser with a proof that they are logged in", async () => {
    const userId = await known();
    const moved = mailOf(fresh("moved"));

    const identity = proofOf(LOCAL_IDENTITY_KEY, userId, new Date(await hub.now()).toISOString());
    await hub.collect("identify", { userId, traits: { email: moved }, context: { identity } });
    await hub.settle();

    expect(await receiptOf(userId, mailOf(userId), moved)).toEqual([moved]);
    expect((await hub.timeline(`userId:${userId}`)).some(({ standing }) => standing === "proven")).toBe(true);
  });

  it("should not have their receipt sent to the friend whom they sent a gift", async () => {
    const [giver, friend] = [await known(), await known()];

    await hub.collect("track", { userId: giver, event: "Gift Sent", properties: { email: mailOf(friend) } });
    await hub.tell("track", { userId: giver, event: "Gift Sent", properties: { email: mailOf(friend) } });
    await hub.settle();

    expect(await receiptOf(giver, mailOf(giver), mailOf(friend))).toEqual([mailOf(giver)]);
  });

  it("should have no messages on a device that somebody else uses by now", async () => {
    const [ada, bea, token] = [await known(), await known(), fresh("token")];
    const uses = (userId: string) => hub.tell("identify", { userId, context: { device: { token } } });
    const pushed = async (userId: string) => {
      const { addresses } = await hub.profile(`userId:${userId}`);
      return addresses.some(({ channel, value }) => channel === "push" && value === token);
    };

    await uses(ada);
    await hub.settle();
    expect([await pushed(ada), await pushed(bea)]).toEqual([true, false]);
    await uses(bea);
    await hub.settle();
    expect([await pushed(ada), await pushed(bea)]).toEqual([false, true]);
    await hub.collect("identify", { userId: fresh("cleo"), context: { device: { token } } });
    await hub.settle();
    expect([await pushed(ada), await pushed(bea)]).toEqual([false, false]);
  });
});

describe("a secret key where an SDK has its write key", () => {
  it.each([
    ["as Basic user name", {}, { authorization: `Basic ${btoa("local-secret-key:")}` }],
    ["as writeKey in the body", { writeKey: "local-secret-key" }, { authorization: "" }],
  ])("should speak for the company: %s", async (_, body, headers) => {
    const [userId, moved] = [await known(), mailOf(fresh("moved"))];

    const answer = await hub.call(
      "POST",
      "/v1/batch",
      { ...body, batch: [{ type: "identify", userId, traits: { email: moved } }] },
      headers,
    );
    await hub.settle();

    expect(answer.status).toBe(200);
    expect(await receiptOf(userId, mailOf(userId), moved)).toEqual([moved]);
    expect((await hub.timeline(`userId:${userId}`)).filter(({ standing }) => standing === "public")).toEqual(
      [],
    );
  });
});

describe("somebody whom the company wrote to by address alone", () => {
  it("should become who signs up with that address when the company says so, and not before", async () => {
    const userId = fresh("guest");
    const email = mailOf(userId);
    const content = { subject: "Hello", text: "Hello" };
    const asked = { to: `email:${email}`, category: "transactional", content };
    await hub.call("POST", "/v1/messages", asked, { "idempotency-key": userId });
    await hub.collect("identify", { userId, traits: { email } });
    await hub.settle();
    const guest = (await hub.profile(`email:${email}`)).customerId;
    expect((await hub.profile(`userId:${userId}`)).customerId).not.toBe(guest);
    expect(await receiptOf(userId, email)).toEqual([]);

    await hub.tell("identify", { userId, traits: { email } });
    await hub.settle();

    expect(await receiptOf(userId, email)).toEqual([email]);
  });
});
