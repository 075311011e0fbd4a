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

describe("a provider that fails for ten minutes, with another beside it", () => {
  const LOCAL = testFiles()["playbook.yaml"] ?? "";
  const ROUTES = "routes: [{ provider: ses }, { provider: smtp }]";
  const PEOPLE = 20;

  /** One mail to each of them in a second of the local clock, every second one marketing. */
  const inOneSecond = async (people: readonly string[]): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const [index, userId] of people.entries()) {
      ids.push(await ask(userId, "email", index % 2 === 0 ? "marketing" : "transactional"));
    }
    await hub.advance("PT1S");
    return ids;
  };
  const whoSent = async (ids: readonly string[]) => {
    const messages = await Promise.all(ids.map((id) => hub.message(id)));
    return messages.map(({ history }) => history.at(-1));
  };

  const conditions = async () => {
    const { body } = await hub.call("GET", "/v1/providers");
    const { items }: { items: { channel: string }[] } = JSON.parse(JSON.stringify(body));
    return items.filter(({ channel }) => channel === "email");
  };

  it("is left within ten seconds under twenty messages a second, comes back by itself, and nothing is lost or doubled", async () => {
    await hub.publish(testFiles({ "playbook.yaml": LOCAL.replace("provider: ses", ROUTES) }));
    // A process looks at most every five seconds which playbook is live.
    await hub.advance("PT10S");
    const people: string[] = [];
    for (let made = 0; made < PEOPLE; made += 1) people.push((await customer()).userId);
    const before = await inOneSecond(people);
    expect(new Set((await whoSent(before)).map((last) => last?.provider))).toEqual(new Set(["ses"]));

    cloud.faults.add({ target: "provider:ses", kind: "error", at: "before", times: FOR_EVER, for: "PT10M" });
    const during: string[] = [];
    for (let second = 0; second < 10; second += 1) during.push(...(await inOneSecond(people)));
    const moved = await inOneSecond(people);
    const lasts = await whoSent(moved);
    // One may be the trial that finds out whether it is back.
    expect(lasts.filter((last) => last?.tries === undefined).length).toBeGreaterThanOrEqual(PEOPLE - 2);
    expect(new Set(lasts.map((last) => last?.provider))).toEqual(new Set(["smtp"]));
    const met = (await whoSent(during)).find((last) => last?.tries !== undefined);
    expect(met).toMatchObject({
      status: "sent",
      provider: "smtp",
      account: "default",
      tries: [{ provider: "ses", account: "default", reason: "unavailable" }],
    });

    expect(await conditions()).toMatchObject([
      { provider: "ses", account: "default", channel: "email", health: "open", routed: true },
      { provider: "smtp", health: "ok", share: 0 },
    ]);

    await hub.advance("PT10M");
    const after: string[] = [];
    for (let second = 0; second < 5; second += 1) after.push(...(await inOneSecond(people)));
    const back = await inOneSecond(people);
    expect(new Set((await whoSent(back)).map((last) => last?.provider))).toEqual(new Set(["ses"]));

    // That somebody left it alone is believed for fifteen seconds, at whatever second of the five it was said.
    await hub.advance("PT15S");
    await inOneSecond(people.slice(0, 2));
    expect(await conditions()).toMatchObject([{ provider: "ses", health: "ok" }, { provider: "smtp" }]);

    for (const id of [...before, ...during, ...moved, ...after, ...back]) {
      expect((await hub.message(id)).status, id).toBe("sent");
      expect((await hub.outbox({ messageId: id })).length, id).toBe(1);
    }
  });
});

describe("a text message that mail stands in for", () => {
  const FALLING_BACK = "provider: end-user-messaging, fallBack: { to: email, after: PT2H }";
  const remind = async (userId: string): Promise<string> => {
    const order = {
      category: "marketing",
      channel: "sms",
      treatment: "cart-reminder",
      data: { name: "Tea" },
    };
    return (await hub.send({ to: `userId:${userId}`, ...order }, randomUUID())).messageId;
  };

  it("is followed by one mail where no report says within two hours that it arrived, and by none where one does", async () => {
    const local = testFiles()["playbook.yaml"] ?? "";
    const files = { "playbook.yaml": local.replace("provider: end-user-messaging", FALLING_BACK) };
    await hub.publish(testFiles(files));
    // A process looks at most every five seconds which playbook is live.
    await hub.advance("PT10S");
    const [silent, reported, left] = [await customer(), await customer(), await customer()];
    const messageId = await remind(silent.userId);
    const arrived = await remind(reported.userId);
    await remind(left.userId);
    await hub.collect("track", {
      userId: left.userId,
      event: "Consent Changed",
      properties: {
        channel: "email",
        topic: "marketing",
        status: "withdrawn",
        kind: "express",
        source: "form",
      },
    });
    await hub.settle();
    await hub.feedback(arrived, "delivered");
    await hub.advance("PT1H59M");
    expect(await copies("email", silent.reach.email)).toBe(0);

    await hub.advance("P1D");
    const mails = await hub.outbox({ channel: "email", to: silent.reach.email });
    expect(mails).toMatchObject([{ subject: "Your cart" }]);
    expect(await copies("email", reported.reach.email)).toBe(0);
    expect(await copies("email", left.reach.email)).toBe(0);

    const first = await hub.call("GET", `/v1/messages/${messageId}`);
    const mail = await hub.call("GET", `/v1/messages/${mails[0]?.messageId}`);
    const { decisionId } = JSON.parse(JSON.stringify(mail.body));
    expect(first.body).not.toMatchObject({ decisionId });
    const { body: decision } = await hub.call("GET", `/v1/decisions/${decisionId}`);
    expect(JSON.stringify(decision)).toContain("fall-back");
  });
});
