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
const mailOf = (name: string): string => `${name}@example.com`;

/** Somebody who buys without an account: the company knows their address, and no user id. */
const guest = async () => {
  const till = fresh("till");
  const email = mailOf(fresh("guest"));
  await hub.tell("identify", { anonymousId: till, traits: { email } });
  await hub.settle();
  return { till, email };
};
const receipts = async (till: string, ...addresses: readonly string[]) => {
  const order_id = fresh("order");
  await hub.tell("track", {
    anonymousId: till,
    event: "Order Completed",
    properties: { order_id, total: 5 },
  });
  await hub.settle();
  const mails = await Promise.all(addresses.map((to) => hub.outbox({ to })));
  return mails.flat().flatMap(({ subject, to }) => (subject === `Order ${order_id}` ? [to] : []));
};

describe("somebody with an account of their own", () => {
  const says: Record<string, (userId: string, email: string) => Promise<unknown>> = {
    "a proof": async (userId, email) => {
      const identity = proofOf(LOCAL_IDENTITY_KEY, userId, new Date(await hub.now()).toISOString());
      return hub.collect("identify", { userId, traits: { email }, context: { identity } });
    },
    "the company's word": (userId, email) => hub.tell("identify", { userId, traits: { email } }),
  };
  it.each(Object.keys(says))("does not become a guest whose address they know, with %s", async (how) => {
    const { till, email } = await guest();
    const [userId, browser] = [fresh("account"), fresh("browser")];

    await hub.collect("identify", { anonymousId: browser, traits: { email } });
    await hub.settle();
    await hub.collect("identify", { userId, anonymousId: browser });
    await hub.settle();
    await says[how]?.(userId, mailOf(userId));
    await hub.settle();

    expect(await receipts(till, email, mailOf(userId))).toEqual([email]);
    expect((await hub.profile(`email:${email}`)).identifiers).not.toContainEqual({
      type: "userId",
      value: userId,
    });
  });

  it("does not become one by a server that passes on the browser's own id at log-in", async () => {
    const { till, email } = await guest();
    const [userId, browser] = [fresh("account"), fresh("browser")];

    await hub.collect("identify", { anonymousId: browser, traits: { email } });
    await hub.settle();
    await hub.tell("identify", { userId, anonymousId: browser, traits: { email: mailOf(userId) } });
    await hub.settle();

    expect(await receipts(till, email, mailOf(userId))).toEqual([email]);
    const account = await hub.profile(`userId:${userId}`);
    expect(account.addresses).toMatchObject([{ value: mailOf(userId) }]);
    expect(account.contested).toEqual([{ type: "anonymousId", value: browser }]);
  });

  it("does not become a customer by a guest's order in a browser that they named as the customer's", async () => {
    const [kim, browser, email] = [fresh("kim"), fresh("browser"), mailOf(fresh("thief"))];
    await hub.tell("identify", { userId: kim, traits: { email: mailOf(kim) } });
    await hub.settle();

    await hub.collect("identify", { userId: kim, anonymousId: browser });
    await hub.settle();
    await hub.tell("identify", { anonymousId: browser, traits: { email } });
    await hub.settle();

    expect((await hub.profile(`userId:${kim}`)).addresses).toMatchObject([{ value: mailOf(kim) }]);
    expect((await hub.profile(`email:${email}`)).addresses).toMatchObject([{ value: email }]);
  });

  it("does not become one either by way of a browser that is their account's already", async () => {
    const { till, email } = await guest();
    const [userId, browser] = [fresh("account"), fresh("browser")];

    await hub.collect("identify", { userId, anonymousId: browser });
    await hub.settle();
    await hub.collect("identify", { anonymousId: browser, traits: { email } });
    await hub.settle();
    await says["a proof"]?.(userId, mailOf(userId));
    await hub.settle();

    expect(await receipts(till, email, mailOf(userId))).toEqual([email]);
  });

  it("becomes no reader of a newsletter whom only a page knows, and reads nothing of theirs", async () => {
    const [userId, browser, email] = [fresh("account"), fresh("browser"), mailOf(fresh("reader"))];
    const theirs = { anonymousId: fresh("theirs") };
    await hub.collect("identify", { ...theirs, traits: { email, firstName: "Rae" } });
    await hub.settle();

    await hub.collect("identify", { anonymousId: browser, traits: { email, phone: "+15550100999" } });
    await hub.collect("identify", { userId, anonymousId: browser, traits: { email } });
    await hub.settle();
    await says["a proof"]?.(userId, mailOf(userId));
    await hub.settle();

    const [reader, account] = [await hub.profile(`email:${email}`), await hub.profile(`userId:${userId}`)];
    expect(reader.addresses).toMatchObject([{ value: email }]);
    expect(account.addresses).toMatchObject([{ value: mailOf(userId) }]);
    expect(account.traits).not.toHaveProperty("firstName");
  });

  it("becomes one where the company says so", async () => {
    const { till, email } = await guest();
    const userId = fresh("account");

    await hub.tell("identify", { userId, traits: { email } });
    await hub.settle();

    expect((await hub.profile(`userId:${userId}`)).identifiers).toContainEqual({
      type: "anonymousId",
      value: till,
    });
  });
});
