import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type SaidByAnybody, saidByAnybody } from "../support/customers/anybody.ts";
import type { Hub } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

const SEED = 20261130;
const ATTACKS = 240;
const ROUNDS = 4;
const CUSTOMERS = ["kim", "lee"];

let hub: Hub;
beforeAll(async () => {
  hub = await testHub(testFiles());
});

/** As it comes over HTTP, by one of the calls that take it. */
const send = ({ type, userId, anonymousId, previousId, inContext, ...one }: SaidByAnybody, index: number) => {
  const traits = { email: one.email, phone: one.phone };
  const event = {
    userId: type === "alias" ? (userId ?? "thief") : userId,
    anonymousId,
    ...(type === "alias" ? { previousId } : {}),
    ...(type === "track" ? { event: ["Product Viewed", "Signed Up", "Gift Sent"][index % 3] } : {}),
    ...(type === "group" ? { groupId: "g" } : {}),
    properties: traits,
    ...(inContext ? {} : { traits }),
    context: { ...(inContext ? { traits } : {}), device: { token: one.token } },
  };
  if (index % 3 === 0) return hub.collect(type, event);
  return hub.collect(index % 3 === 1 ? "batch" : "import", { batch: [{ type, ...event }] });
};

const addressOf = (userId: string) => `${userId}@shop.example`;

describe("hundreds of things that anybody says with the write key of a page", () => {
  it("should neither move an address, nor send a receipt elsewhere, nor hold one up", async () => {
    for (const userId of CUSTOMERS) {
      await hub.tell("identify", { userId, traits: { email: addressOf(userId) } });
    }
    await hub.settle();
    const attacks = fc.sample(saidByAnybody, { seed: SEED, numRuns: ATTACKS });
    const orders: { userId: string; subject: string }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const said = attacks.filter((_, index) => index % ROUNDS === round).map(send);
      const bought = CUSTOMERS.map((userId) => {
        const order_id = `${userId}-${round}`;
        orders.push({ userId, subject: `Order ${order_id}` });
        return hub.tell("track", { userId, event: "Order Completed", properties: { order_id, total: 5 } });
      });
      await Promise.all([...said, ...bought]);
    }
    await hub.settle();

    const mails = await hub.outbox();
    for (const { userId, subject } of orders) {
      const receipts = mails.filter((mail) => mail.subject === subject);
      expect(receipts.map(({ to }) => to)).toEqual([addressOf(userId)]);
    }
    for (const userId of CUSTOMERS) {
      const { addresses } = await hub.profile(`userId:${userId}`);
      expect(addresses).toEqual([{ channel: "email", value: addressOf(userId), status: "active" }]);
    }
  });
});
