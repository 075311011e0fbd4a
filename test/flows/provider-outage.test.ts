import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});
afterEach(() => cloud.faults.clear());

const FOR_EVER = 1_000_000;
const CHANNELS = {
  email: { operation: "ses:SendEmail", content: { subject: "Hello", text: "Hello" } },
  sms: { operation: "sms-voice:SendTextMessage", content: { text: "Hello" } },
  push: { operation: "mobiletargeting:SendMessages", content: { title: "Hello", body: "Hello" } },
} as const;
type Channel = keyof typeof CHANNELS;
const ALL = Object.keys(CHANNELS) as Channel[];

let numbers = 0;
const customer = async () => {
  numbers += 1;
  const userId = `outage-${randomUUID()}`;
  const reach = {
    email: `${userId}@example.com`,
    sms: `+1202555${String(100 + numbers).padStart(4, "0")}`,
    push: `token-${userId}`,
  };
  await hub.collect("identify", {
    userId,
    traits: { email: reach.email, phone: reach.sms },
    context: { device: { token: reach.push, type: "ios" } },
  });
  for (const channel of ALL) {
    await hub.collect("track", consentTo(channel, userId));
  }
  await hub.settle();
  return { userId, reach };
};
const ask = async (userId: string, channel: Channel, category: string): Promise<string> => {
  const { content } = CHANNELS[channel];
  return (await hub.send({ to: `userId:${userId}`, category, channel, content }, randomUUID())).messageId;
};
const copies = async (channel: Channel, to: string): Promise<number> =>
  (await hub.outbox({ channel, to })).length;
const lastOf = async (messageId: string) => {
  const { status, history } = await hub.message(messageId);
  return { status, reason: history.at(-1)?.reason };
};

describe("a provider that throttles", () => {
  it.each(
    ALL.flatMap(
      (channel) =>
        [
          [channel, "transactional"],
          [channel, "marketing"],
        ] as const,
    ),
  )("for half an hour delays a %s (%s): it leaves once", async (channel, category) => {
    const { userId, reach } = await customer();
    const target = CHANNELS[channel].operation;
    cloud.faults.add({ target, kind: "throttle", at: "before", times: FOR_EVER });
    const messageId = await ask(userId, channel, category);
    await hub.advance("PT30M");
    expect(await copies(channel, reach[channel])).toBe(0);
    expect((await hub.message(messageId)).status).toMatch(/requested|sending/);
    cloud.faults.clear();
    await hub.advance("PT1H");
    expect(await copies(channel, reach[channel])).toBe(1);
    expect(await lastOf(messageId)).toMatchObject({ status: "sent" });
  });

  it("until the message's deadline makes it fail with the reason", async () => {
    const { userId, reach } = await customer();
    const target = CHANNELS.email.operation;
    cloud.faults.add({ target, kind: "throttle", at: "before", times: FOR_EVER });
    const messageId = await ask(userId, "email", "transactional");
    await hub.advance("PT25H");
    expect(await lastOf(messageId)).toEqual({
      status: "failed",
      reason: expect.stringContaining("throttled"),
    });
    cloud.faults.clear();
    await hub.advance("P1D");
    expect(await copies("email", reach.email)).toBe(0);
  });
});

describe("a provider whose answer is lost", () => {
  it("gets a transactional mail again, and nobody waits for ever", async () => {
    const { userId, reach } = await customer();
    cloud.faults.add({ target: "ses:SendEmail", kind: "error", at: "after", times: 1 });
    const messageId = await ask(userId, "email", "transactional");
    await hub.advance("PT10M");
    expect(await copies("email", reach.email)).toBe(2);
    expect((await hub.message(messageId)).status).toBe("sent");
  });

  it("gets a marketing mail never again: uncertain, until its own event settles it", async () => {
    const { userId, reach } = await customer();
    cloud.faults.add({ target: "ses:SendEmail", kind: "error", at: "after", times: 1 });
    const messageId = await ask(userId, "email", "marketing");
    await hub.advance("P1D");
    expect(await copies("email", reach.email)).toBe(1);
    expect((await hub.message(messageId)).status).toBe("uncertain");
    await hub.feedback(messageId, "delivered");
    await hub.settle();
    expect((await hub.message(messageId)).status).toBe("delivered");
  });

  it("because the sender died leaves a marketing mail uncertain, sent or not", async () => {
    for (const [at, expected] of [
      ["before", 0],
      ["after", 1],
    ] as const) {
      const { userId, reach } = await customer();
      cloud.faults.add({ target: "ses:SendEmail", kind: "crash", at, times: 1 });
      const messageId = await ask(userId, "email", "marketing");
      await hub.advance("P1D");
      expect(await copies("email", reach.email)).toBe(expected);
      expect((await hub.message(messageId)).status).toBe("uncertain");
    }
  });

  it("because the sender died is asked again for a transactional mail, which leaves at least once", async () => {
    for (const [at, expected] of [
      ["before", 1],
      ["after", 2],
    ] as const) {
      const { userId, reach } = await customer();
      cloud.faults.add({ target: "ses:SendEmail", kind: "crash", at, times: 1 });
      const messageId = await ask(userId, "email", "transactional");
      await hub.advance("PT10M");
      expect(await copies("email", reach.email)).toBe(expected);
      expect((await hub.message(messageId)).status).toBe("sent");
    }
  });
});
