import { randomUUID } from "node:crypto";
import type { Hub } from "./client.ts";
import { consentTo } from "./people.ts";

/** More often than any test asks. */
export const FOR_EVER = 1_000_000;
/** Each channel's call of its provider in AWS, and something to say by it. */
export const CHANNELS = {
  email: { operation: "ses:SendEmail", content: { subject: "Hello", text: "Hello" } },
  sms: { operation: "sms-voice:SendTextMessage", content: { text: "Hello" } },
  push: { operation: "mobiletargeting:SendMessages", content: { title: "Hello", body: "Hello" } },
} as const;
export type Channel = keyof typeof CHANNELS;
export const ALL_CHANNELS = Object.keys(CHANNELS) as Channel[];

let numbers = 0;

/** Customers who agreed to every channel, what is sent to them, and what arrived. @param hubNow the hub of the test that asks */
export const outageAt = (hubNow: () => Hub) => {
  const customer = async () => {
    numbers += 1;
    const userId = `outage-${randomUUID()}`;
    const reach = {
      email: `${userId}@example.com`,
      sms: `+1202555${String(100 + numbers).padStart(4, "0")}`,
      push: `token-${userId}`,
    };
    await hubNow().collect("identify", {
      userId,
      traits: { email: reach.email, phone: reach.sms },
      context: { device: { token: reach.push, type: "ios" } },
    });
    for (const channel of ALL_CHANNELS) {
      await hubNow().collect("track", consentTo(channel, userId));
    }
    await hubNow().settle();
    return { userId, reach };
  };
  const ask = async (userId: string, channel: Channel, category: string): Promise<string> => {
    const { content } = CHANNELS[channel];
    return (await hubNow().send({ to: `userId:${userId}`, category, channel, content }, randomUUID()))
      .messageId;
  };
  const copies = async (channel: Channel, to: string): Promise<number> =>
    (await hubNow().outbox({ channel, to })).length;
  const lastOf = async (messageId: string) => {
    const { status, history } = await hubNow().message(messageId);
    return { status, reason: history.at(-1)?.reason };
  };
  return { customer, ask, copies, lastOf };
};
