import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { PROVIDERS } from "#channels/all.ts";
import { LOCAL } from "#providers/all.local.ts";
import { REPORTS } from "#providers/all.reports.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { testFiles } from "../support/playbook/files.ts";

/** What can be said to a new customer on each channel that has an identifier of its own from the beginning. */
const REACHED: Readonly<
  Record<string, { readonly from?: string; readonly content: object; readonly writes?: true }>
> = {
  email: { from: "Shop <hello@shop.example>", content: { subject: "Hello", text: "Hello" } },
  sms: { from: "+15550100", content: { text: "Hello" } },
  push: { content: { title: "Hello", body: "Hello" } },
  // Of what was not approved, only to who has just written.
  whatsapp: { from: "phone-number-id-1", content: { text: "Hello" }, writes: true },
};
/** Their reports come by the same calls as what customers write. */
const TELLS_BY_WEBHOOK = ["twilio", "whatsapp-cloud-api", "end-user-messaging-social"];

const cases = Object.entries(REACHED).flatMap(([channel, reached]) =>
  (PROVIDERS.get(channel) ?? []).map((provider) => ({ channel, provider, ...reached })),
);

const playbook = (channel: string, provider: string, from?: string) => {
  const sender = from === undefined ? "" : `, from: "${from}"`;
  return {
    "playbook.yaml": `
name: test
brand:
  name: Test Shop
  website: https://shop.example
  postalAddress: 1 Test Street, 12345 Testville
  supportContact: help@shop.example
  locale: en
  timeZone: UTC
channels: { ${channel}: { provider: ${provider}${sender} } }
`,
    "data-model.yaml": "traits: { email: string, phone: string }\n",
    "contact-policy.yaml": "categories: { transactional: { consent: none, transactional: true } }\n",
  };
};

let hub: Hub;
beforeAll(async () => {
  hub = hubAt((await startTestCloud({ playbook: testFiles() })).url);
});

describe("the provider that the playbook names", () => {
  it.each(cases)("for $channel, $provider, carries a message, and its report comes back", async (each) => {
    const { channel, provider, from, content, writes } = each;
    const phone = `+120255501${10 + cases.indexOf(each)}`;
    await hub.publish(playbook(channel, provider, from));
    // A process looks at most every five seconds which playbook is live.
    await hub.advance("PT10S");
    const userId = randomUUID();
    await hub.collect("identify", {
      userId,
      traits: { email: `${userId}@example.com`, phone },
      context: { device: { token: `token-${userId}` } },
    });
    if (writes) await hub.call("POST", "/_local/inbound", { channel, provider, from: phone, text: "Hi" });
    await hub.settle();
    const { messageId } = await hub.send(
      { to: `userId:${userId}`, category: "transactional", channel, content },
      randomUUID(),
    );
    await hub.settle();
    const sent = await hub.outbox({ messageId });
    expect(sent).toMatchObject([
      { channel, text: "Hello", provider: expect.stringMatching(`^${LOCAL.get(provider)?.service}(?::|$)`) },
    ]);
    expect((await hub.message(messageId)).status).toBe("sent");
    if (!REPORTS.has(provider) && !TELLS_BY_WEBHOOK.includes(provider)) return;
    await hub.feedback(messageId, "delivered");
    await hub.settle();
    expect((await hub.message(messageId)).status).toBe("delivered");
  });
});
