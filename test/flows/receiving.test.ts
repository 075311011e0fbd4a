import { randomBytes, randomUUID } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReceivedAttachment } from "#channels/definition/received.ts";
import { EXAMPLE } from "#channels/webpush/message.ts";
import { connectAccount } from "#cli/providers.ts";
import { localAws } from "#infra/local/aws/place.ts";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { parameterName } from "#runtime/names.ts";
import { type Hub, hubAt, type TimelineItem } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { newUserId } from "../support/hub/people.ts";
import { TEST_FILES, testFiles } from "../support/playbook/files.ts";

let hub: Hub;
let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startTestCloud({
    playbook: testFiles({
      "playbook.yaml": (TEST_FILES["playbook.yaml"] ?? "").replace(
        "  web: {}\n",
        "  web: {}\n  webhook: { provider: standard-webhooks }\n  webpush: { provider: web-push }\n  whatsapp: { provider: whatsapp-cloud-api }\n",
      ),
      "triggers.yaml": `asked: { on: message.received, if: 'contains(lower case(event.text), "open")' }\n`,
      "actions/opening-hours.yaml": `
category: transactional
placements: [trigger.asked]
treatments: [{ channel: sms }]
`,
      "actions/shipped.yaml": `
category: transactional
placements: [trigger.asked]
eligible: customer.age = 99
treatments: [{ channel: whatsapp, name: shipped }]
`,
      "templates/shipped/whatsapp.yaml": `
template:
  name: order_shipped
  language: en_US
  body: "Hi {{1}}, order {{2}} is on its way."
  parameters: ["{{ customer.firstName | default: 'there' }}", "{{ data.order }}"]
`,
      "templates/opening-hours/sms.txt": "We are open from 9 to 6. You wrote: {{ event.text }}\n",
      "actions/welcome.yaml": null,
      "actions/cart-reminder.yaml": null,
      "actions/order-confirmation.yaml": null,
    }),
  });
  hub = hubAt(cloud.url);
});

/** What lies among the originals under a key. */
const keptUnder = async (key: string): Promise<string | undefined> => {
  const s3 = new S3Client({ ...localAws(cloud.awsUrl), forcePathStyle: true });
  const Bucket = cloud.deployment.parameters.get(parameterName("local", "buckets/originals"));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
  return Body?.transformToString().finally(() => s3.destroy());
};

let numbers = 0;
const newPhone = (): string => `+1202555${String(3000 + numbers++)}`;
const write = async (inbound: Record<string, unknown>) => {
  const { status, body } = await hub.call("POST", "/_local/inbound", { channel: "sms", ...inbound });
  await hub.settle();
  return { status, ...(body as { providerMessageId: string }) };
};
const received = async (phone: string): Promise<readonly TimelineItem[]> =>
  (await hub.timeline(`phone:${phone}`)).filter(({ name }) => name === "message.received");

describe("a text that somebody writes", () => {
  it("makes a customer of somebody unknown, and stands on the timeline", async () => {
    const from = newPhone();
    const { status, providerMessageId } = await write({ from, text: "Hello" });
    expect(status).toBe(202);
    const { identifiers, addresses } = await hub.profile(`phone:${from}`);
    expect(identifiers).toEqual([{ type: "phone", value: from }]);
    expect(addresses).toMatchObject([{ channel: "sms", value: from, status: "active" }]);
    expect(await received(from)).toMatchObject([
      { kind: "event", properties: { channel: "sms", text: "Hello", from, providerMessageId } },
    ]);
  });

  it("is one message, however often the provider brings it", async () => {
    const from = newPhone();
    const providerMessageId = randomUUID();
    await write({ from, text: "Hello", providerMessageId });
    await write({ from, text: "Hello", providerMessageId });
    await hub.advance("PT1H");
    expect((await write({ from, text: "Hello", providerMessageId })).providerMessageId).toBe(
      providerMessageId,
    );
    expect(await received(from)).toHaveLength(1);
  });

  it("belongs to who has the number, and can trigger", async () => {
    const [userId, phone] = [newUserId("writer"), newPhone()];
    await hub.tell("identify", { userId, traits: { phone } });
    await write({ from: phone, text: "When are you OPEN? https://evil.example" });
    const items = await hub.timeline(`userId:${userId}`);
    expect(items.some(({ name }) => name === "message.received")).toBe(true);
    // What anybody can write is shown as anybody's word.
    expect(await hub.outbox({ to: phone })).toMatchObject([
      { text: "We are open from 9 to 6. You wrote: When are you OPEN?" },
    ]);
  });

  it("names the message of ours that it answers", async () => {
    const phone = newPhone();
    const message = { to: `phone:${phone}`, category: "transactional", content: { text: "Hi" } };
    const { messageId } = await hub.send(message, randomUUID());
    await hub.settle();
    const [sent] = await hub.outbox({ messageId });
    await write({ from: phone, text: "Yes", inReplyTo: messageId });
    expect(await received(phone)).toMatchObject([{ properties: { inReplyTo: sent?.providerMessageId } }]);
  });

  it("may come in the provider's own shape, with members of next year", async () => {
    const from = newPhone();
    const raw = {
      originationNumber: from,
      destinationNumber: "+15550100",
      messageKeyword: "k",
      messageBody: "Raw",
      inboundMessageId: "own-1",
      mood: { guessed: "happy" },
    };
    expect((await write({ raw })).providerMessageId).toBe("own-1");
    expect(await received(from)).toMatchObject([{ properties: { text: "Raw" } }]);
  });

  it("does not vouch for who a web page said has the number", async () => {
    const [userId, phone] = [newUserId("planted"), newPhone()];
    await hub.collect("identify", { userId, traits: { phone } });
    await hub.settle();
    await write({ from: phone, text: "It is me" });
    // The company says how the customer is reached: what a page had said before does not count any more.
    const own = newPhone();
    await hub.tell("identify", { userId, traits: { phone: own } });
    await hub.settle();
    const { addresses } = await hub.profile(`userId:${userId}`);
    expect(addresses.map(({ value }) => value)).toEqual([own]);
  });

  it("is nothing that a web page can make up", async () => {
    const [userId, phone] = [newUserId("liar"), newPhone()];
    await hub.tell("identify", { userId, traits: { phone } });
    await hub.collect("track", { userId, event: "message.received", properties: { text: "are you open" } });
    await hub.settle();
    expect(await hub.outbox({ to: phone })).toEqual([]);
  });
});

describe("what somebody writes in any other system", () => {
  it("comes by a signed call, and makes a customer of who is unknown", async () => {
    const inbound = { channel: "webhook", from: "U7", text: "Hello", providerMessageId: "w-7" };
    for (const _ of [1, 2]) {
      const { status, body } = await hub.call("POST", "/_local/inbound", inbound);
      expect([status, body]).toMatchObject([202, { providerMessageId: "w-7" }]);
    }
    await hub.settle();
    const items = await hub.timeline("webhook:default:U7");
    expect(items.filter(({ name }) => name === "message.received")).toMatchObject([
      { properties: { channel: "webhook", text: "Hello", account: "default" } },
    ]);
  });

  it("is refused where it is not signed, and where no such account is", async () => {
    const path = "/v1/in/standard-webhooks";
    const told = { type: "message.received", data: { from: "U8", text: "Hello" } };
    expect((await hub.call("POST", `${path}/default`, told)).status).toBe(401);
    expect((await hub.call("POST", `${path}/nobody`, told)).status).toBe(404);
  });

  it("comes to an account as soon as it is connected, by its own secret alone", async () => {
    const secret = `whsec_${randomBytes(32).toString("base64")}`;
    const terminal = { environment: {}, out: () => {}, error: () => {} };
    const options = { stage: "local", "aws-url": cloud.awsUrl };
    const connect = (value: string) =>
      connectAccount(["standard-webhooks", "desk", `secret=${value}`], options, terminal);
    await connect(secret);
    const body = JSON.stringify({ type: "message.received", data: { from: "U9", text: "Hello" } });
    const at = new Date(await hub.now());
    const bring = (by: string) =>
      hub.call("POST", "/v1/in/standard-webhooks/desk", body, {
        "webhook-id": "w-9",
        "webhook-timestamp": String(Math.floor(+at / 1_000)),
        "webhook-signature": new Webhook(by).sign("w-9", at, body),
      });
    expect(await bring(secret)).toMatchObject({ status: 200, body: { received: 1 } });
    expect((await bring(`whsec_${randomBytes(32).toString("base64")}`)).status).toBe(401);
    await hub.settle();
    expect(await hub.timeline("webhook:desk:U9")).toMatchObject([{ name: "message.received" }]);
  });
});

describe("what somebody writes by WhatsApp", () => {
  const entry = (id: string, who: { wa_id?: string; user_id?: string }) => ({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "waba",
        changes: [
          {
            field: "messages",
            value: {
              contacts: [who],
              messages: [
                {
                  id,
                  type: "text",
                  text: { body: `Message ${id}` },
                  ...(who.wa_id === undefined ? {} : { from: who.wa_id }),
                  ...(who.user_id === undefined ? {} : { from_user_id: who.user_id }),
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const bring = async (raw: object) => {
    const inbound = { channel: "whatsapp", provider: "whatsapp-cloud-api", raw };
    expect((await hub.call("POST", "/_local/inbound", inbound)).status).toBe(202);
    await hub.settle();
  };

  it("is one customer's, first without a number and then with it, and of who has that number already", async () => {
    const [userId, phone] = [newUserId("chatty"), newPhone()];
    await hub.tell("identify", { userId, traits: { phone } });
    await bring(entry("wamid.1", { user_id: "US.77" }));
    const first = await hub.profile("whatsapp:US.77");
    expect(first.identifiers).toEqual([{ type: "whatsapp", value: "US.77" }]);
    await bring(entry("wamid.2", { user_id: "US.77", wa_id: phone.slice(1) }));
    const { customerId } = await hub.profile(`userId:${userId}`);
    expect((await hub.profile("whatsapp:US.77")).customerId).toBe(customerId);
    expect((await hub.profile(`whatsapp:${phone.slice(1)}`)).customerId).toBe(customerId);
    const received = (await hub.timeline(`userId:${userId}`)).filter(
      ({ name }) => name === "message.received",
    );
    expect(received.map(({ properties }) => (properties as { text: string }).text)).toEqual([
      "Message wamid.2",
      "Message wamid.1",
    ]);
  });

  it("comes by AWS too, in words as in the provider's own shape", async () => {
    const from = newPhone();
    const { body } = await hub.call("POST", "/_local/inbound", { channel: "whatsapp", from, text: "Hello" });
    expect(body).toMatchObject({ providerMessageId: expect.any(String) });
    await hub.settle();
    expect(await received(from)).toMatchObject([{ properties: { channel: "whatsapp", text: "Hello" } }]);
  });

  it.each(["whatsapp-cloud-api", "end-user-messaging-social"])(
    "brings five pictures at once by %s, each kept beside the original; what may not be opened is refused, and not fetched",
    async (provider) => {
      const from = newPhone();
      const picture = (name: number) => ({
        name: `${name}.jpg`,
        type: "image/jpeg",
        content: Buffer.from(`picture ${name}`).toString("base64"),
      });
      const attachments = [
        ...[1, 2, 3, 4, 5].map(picture),
        { name: "invoice.exe", type: "application/octet-stream", content: "" },
      ];
      const inbound = { channel: "whatsapp", provider, from, text: "Look", attachments };
      expect((await hub.call("POST", "/_local/inbound", inbound)).status).toBe(202);
      await hub.settle();
      const all = await received(from);
      const files = all.flatMap(
        ({ properties }) => (properties as { attachments: ReceivedAttachment[] }).attachments,
      );
      expect(files.filter(({ isRefused }) => isRefused)).toMatchObject([{ name: "invoice.exe" }]);
      const kept = files.filter(({ isRefused }) => !isRefused);
      expect(kept).toHaveLength(5);
      for (const one of kept) {
        expect(one).toMatchObject({ type: "image/jpeg", bytes: expect.any(Number) });
        expect(await keptUnder(String(one.kept))).toMatch(/^picture [1-5]$/);
      }
    },
  );

  it("says what is gone of what came along", async () => {
    const phone = newPhone();
    const raw = entry("wamid.20", { wa_id: phone.slice(1) });
    Object.assign(raw.entry[0]?.changes[0]?.value.messages[0] ?? {}, {
      type: "image",
      text: undefined,
      image: { id: "gone-for-long", mime_type: "image/jpeg", caption: "Look" },
    });
    await bring(raw);
    expect(await received(phone)).toMatchObject([
      { properties: { text: "Look", attachments: [{ id: "gone-for-long", missing: "gone" }] } },
    ]);
  });

  it("may be answered freely for a day, and by what was approved at any time", async () => {
    const from = newPhone();
    const said = (content: object) =>
      hub.send(
        { to: `whatsapp:${from.slice(1)}`, category: "transactional", channel: "whatsapp", ...content },
        randomUUID(),
      );
    const approved = { treatment: "shipped", data: { order: "A-1" } };
    // Nobody has heard from them yet.
    expect(await said({ content: { text: "Hi" } })).toMatchObject({
      status: "rejected",
      reasons: ["window"],
    });
    await bring(entry("wamid.10", { wa_id: from.slice(1) }));
    const free = await said({ content: { text: "We are on it" } });
    const template = await said(approved);
    await hub.settle();
    expect(await hub.outbox({ messageId: free.messageId })).toMatchObject([
      { channel: "whatsapp", provider: "whatsapp-cloud-api", to: from.slice(1), text: "We are on it" },
    ]);
    expect(await hub.outbox({ messageId: template.messageId })).toMatchObject([
      { text: "[order_shipped] there, A-1", data: { type: "template" } },
    ]);
    await hub.feedback(template.messageId, "read");
    await hub.settle();
    expect((await hub.message(template.messageId)).status).toBe("read");
    await hub.advance("PT24H");
    expect(await said({ content: { text: "Still there?" } })).toMatchObject({ reasons: ["window"] });
    expect(await said(approved)).toMatchObject({ status: "requested", reasons: [] });
  });
});

describe("a system that takes signed calls", () => {
  it("is called for whom it knows, by the account that the address names", async () => {
    const who = `U-${randomUUID()}`;
    const say = (account: string) =>
      hub.send(
        {
          to: `webhook:${account}:${who}`,
          category: "transactional",
          channel: "webhook",
          content: { text: "It left this morning.", data: { order: "A-1" } },
        },
        randomUUID(),
      );
    const { messageId } = await say("default");
    const toNobody = await say("unconnected");
    await hub.settle();
    expect(await hub.outbox({ messageId })).toMatchObject([
      { channel: "webhook", to: who, from: "https://system.example/messages", text: "It left this morning." },
    ]);
    expect(await hub.message(messageId)).toMatchObject({ status: "sent" });
    const waiting = await hub.message(toNobody.messageId);
    expect(waiting).toMatchObject({ status: "requested" });
    expect(JSON.stringify(waiting)).toContain("rapport providers connect standard-webhooks unconnected");
  });
});

describe("a browser that agreed to be notified", () => {
  it("is one of the customer's addresses, and reads what is sent", async () => {
    const userId = newUserId("browser");
    const [{ address, endpoint, p256dh, auth } = { address: "", endpoint: "", p256dh: "", auth: "" }] =
      EXAMPLE.browsers;
    const webPush = JSON.stringify({ endpoint, expirationTime: null, keys: { p256dh, auth } });
    await hub.collect("track", { userId, event: "Signed Up", context: { webPush } });
    await hub.settle();
    expect((await hub.profile(`userId:${userId}`)).addresses).toMatchObject([
      { channel: "webpush", value: address, status: "active" },
    ]);
    const { messageId } = await hub.send(
      {
        to: `userId:${userId}`,
        category: "transactional",
        channel: "webpush",
        content: { title: "Your order", body: "It left this morning." },
      },
      randomUUID(),
    );
    await hub.settle();
    expect(await hub.outbox({ messageId })).toMatchObject([
      { channel: "webpush", to: endpoint, subject: "Your order", text: "It left this morning." },
    ]);
  });
});
