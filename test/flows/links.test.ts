import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub, OutboxItem } from "../support/hub/client.ts";
import { testHub } from "../support/hub/local-cloud.ts";
import { newCustomer, newPhone, newReader } from "../support/hub/people.ts";

let hub: Hub;
beforeAll(async () => {
  hub = await testHub();
});

/** Where the links of a mail lead, followed one by one. */
const targetsOf = async ({ html = "", text }: OutboxItem): Promise<readonly string[]> => {
  const links = new Set(
    [...`${html} ${text}`.matchAll(/https?:\/\/[^"\s<>)]+\/l\/[\w-]+/g)].map(([link]) => link),
  );
  return Promise.all(
    [...links].map(async (link) => {
      const { headers } = await hub.call("GET", new URL(link).pathname, undefined, { authorization: "" });
      return new URL(headers.get("location") ?? "").hostname;
    }),
  );
};

const mailsAfterViews = async (url: string): Promise<OutboxItem> => {
  const { userId, email } = await newReader(hub, "views");
  for (let view = 0; view < 3; view += 1) {
    const properties = { name: "Grinder", price: 89, url, image_url: `${url}.png` };
    await hub.collect("track", { userId, event: "Product Viewed", properties });
  }
  await hub.settle();
  await hub.advance("PT5H");
  const [mail, ...others] = await hub.outbox({ to: email });
  if (mail === undefined || others.length > 0) throw new Error(`expected one mail, got ${others.length}`);
  return mail;
};

const send = async (to: string, members: Record<string, unknown>) => {
  const { messageId } = await hub.send({ to, category: "transactional", ...members }, randomUUID());
  await hub.settle();
  const { history } = await hub.message(messageId);
  const sent = (await hub.outbox()).find((item) => item.messageId === messageId);
  if (sent === undefined) throw new Error(JSON.stringify(history));
  return { sent, history };
};

describe("links of a reminder", () => {
  it("that an event brings lead nowhere else than the playbook says, and the message tells of it", async () => {
    const mail = await mailsAfterViews("https://evil.example/x");
    expect(await targetsOf(mail)).toEqual(["tamarack-finch.example"]);
    expect(`${mail.html} ${mail.text}`).not.toContain("evil.example");
    expect((await hub.message(mail.messageId)).history.at(-1)).toMatchObject({
      status: "sent",
      warnings: [{ code: "link-left-out", part: "html", host: "evil.example" }],
    });
  });

  it("lead to the shop, where the event names a page of it", async () => {
    const mail = await mailsAfterViews("https://img.tamarack-finch.example/grinder");
    expect((await targetsOf(mail)).toSorted()).toEqual([
      "img.tamarack-finch.example",
      "tamarack-finch.example",
    ]);
    expect(mail.html).toContain('src="https://img.tamarack-finch.example/grinder.png"');
    expect((await hub.message(mail.messageId)).history.at(-1)).not.toHaveProperty("warnings");
  });
});

describe("what a public key says", () => {
  it("stands in a stranger's mail without a web address, and what is none stays", async () => {
    const { userId, email } = await newReader(hub, "stranger", {
      firstName: "https://evil.example Dr. Müller",
    });
    await hub.collect("track", { userId, event: "Signed Up" });
    await hub.settle();
    const [mail] = await hub.outbox({ to: email });
    expect(mail?.subject).toBe("Welcome to Tamarack & Finch, Dr. Müller");
    expect(`${mail?.html} ${mail?.text}`).not.toContain("evil.example");
  });

  it("stands in no subject and no text as a host, wherever an event has it", async () => {
    const { userId, email } = await newReader(hub, "event");
    for (let view = 0; view < 3; view += 1) {
      const properties = { name: "Win at evil.example\r\nBcc: x", price: 89, url: "evil.example" };
      await hub.collect("track", { userId, event: "Product Viewed", properties });
    }
    await hub.settle();
    await hub.advance("PT5H");
    const [mail] = await hub.outbox({ to: email });
    expect(mail?.subject).toBe("Win at evil. example Bcc: x");
    expect(`${mail?.html} ${mail?.text}`).not.toContain("evil.example");
  });

  it("stands in a text message and a notification without a web address", async () => {
    const { userId } = await newCustomer(hub, "texts", {
      phone: newPhone(),
      firstName: "ｅvil\u200b.example\n[x](https://evil.example)",
    });
    const token = { userId, context: { device: { token: `gcm:${randomUUID()}` } } };
    await hub.collect("identify", token);
    await hub.settle();
    const text = "Hi {{ customer.firstName }}";
    const sms = await send(`userId:${userId}`, { channel: "sms", content: { text } });
    expect(sms.sent.text).toBe("Hi evil. example [x](");
    const push = await send(`userId:${userId}`, { channel: "push", content: { title: text, body: text } });
    expect(JSON.stringify(push.sent)).toContain("Hi evil. example [x](");
    expect(JSON.stringify(push.sent)).not.toMatch(/evil\.example|https:/);
  });

  it("is shown as it is where the company says it", async () => {
    const { userId, email } = await newReader(hub, "company");
    const named = { userId, traits: { firstName: "shop.example" } };
    await hub.call("POST", "/v1/identify", named);
    await hub.settle();
    const content = { subject: "Hi {{ customer.firstName }}", text: "Hello" };
    const { sent } = await send(`email:${email}`, { content });
    expect(sent.subject).toBe("Hi shop.example");
  });
});

describe("links of a message that an application asks for", () => {
  const content = {
    subject: "Hi",
    html: '<p><a href="https://partner.example/a">a</a> <a href="{{ data.url }}">b</a></p>',
  };

  it("stay where the content writes them out, and are left out where its data brings them", async () => {
    const { email } = await newCustomer(hub, "asked");
    const { sent, history } = await send(`email:${email}`, { content, data: { url: "//evil.example" } });
    expect(await targetsOf(sent)).toEqual(["partner.example"]);
    expect(history.at(-1)).toMatchObject({ warnings: [{ part: "html", host: "evil.example" }] });
  });

  it("are left out of a text message, too", async () => {
    const text = "Parcel: {{ data.url }} or https://parcel.example/{{ data.id }}";
    const data = { url: "https://evil.example/x", id: 7 };
    const { sent } = await send(`phone:${newPhone()}`, { channel: "sms", content: { text }, data });
    expect(sent.text).toBe("Parcel:  or https://parcel.example/7");
  });
});
