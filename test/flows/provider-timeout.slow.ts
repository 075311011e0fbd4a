import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { PATIENCE } from "#usecases/send/senders.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { consentTo } from "../support/hub/people.ts";
import { testFiles } from "../support/playbook/files.ts";

const CHANNELS = {
  email: { operation: "ses:SendEmail", content: { subject: "Hello", text: "Hello" } },
  sms: { operation: "sms-voice:SendTextMessage", content: { text: "Hello" } },
  push: { operation: "mobiletargeting:SendMessages", content: { title: "Hello", body: "Hello" } },
} as const;
type Channel = keyof typeof CHANNELS;
const ALL = Object.keys(CHANNELS) as Channel[];
/** Long enough that every sender has hung up when the provider begins to work on the message. */
const SILENCE_MS = PATIENCE.answerMs + 2_000;

let cloud: LocalCloud;
let hub: Hub;
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});

/** Asks for one message on every channel; each provider takes its first and says nothing until it is too late. */
const askInSilence = async (category: string) => {
  const userId = `silent-${randomUUID()}`;
  const phone = category === "marketing" ? "+12025550141" : "+12025550142";
  const reach = { email: `${userId}@example.com`, sms: phone, push: `token-${userId}` };
  await hub.collect("identify", {
    userId,
    traits: { email: reach.email, phone },
    context: { device: { token: reach.push, type: "ios" } },
  });
  for (const channel of ALL) await hub.collect("track", consentTo(channel, userId));
  await hub.settle();
  for (const channel of ALL) {
    const target = CHANNELS[channel].operation;
    cloud.faults.add({ target, kind: "delay", at: "before", times: 1, delayMs: SILENCE_MS });
  }
  const asked = await Promise.all(
    ALL.map(async (channel) => {
      const order = { to: `userId:${userId}`, category, channel, content: CHANNELS[channel].content };
      return { channel, messageId: (await hub.send(order, randomUUID())).messageId };
    }),
  );
  // In real time: the hub's clock would otherwise move on while the senders still wait.
  await sleep(SILENCE_MS + 1_000);
  await hub.advance("P1D");
  return Promise.all(
    asked.map(async ({ channel, messageId }) => ({
      channel,
      status: (await hub.message(messageId)).status,
      copies: (await hub.outbox({ channel, to: reach[channel] })).length,
    })),
  );
};

describe("a provider that takes a message and answers nobody", () => {
  it("gets a transactional one again, once: it leaves at least once", async () => {
    expect(await askInSilence("transactional")).toEqual(
      ALL.map((channel) => ({ channel, status: "sent", copies: 2 })),
    );
  });

  it("gets a marketing one never again: it leaves at most once, and nobody claims to know", async () => {
    expect(await askInSilence("marketing")).toEqual(
      ALL.map((channel) => ({ channel, status: "uncertain", copies: 1 })),
    );
  });
});
