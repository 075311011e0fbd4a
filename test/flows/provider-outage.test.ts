import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import { type Hub, hubAt } from "../support/hub/client.ts";
import { startTestCloud } from "../support/hub/local-cloud.ts";
import { ALL_CHANNELS, CHANNELS, FOR_EVER, outageAt } from "../support/hub/outage.ts";
import { testFiles } from "../support/playbook/files.ts";

let cloud: LocalCloud;
let hub: Hub;
const { customer, ask, copies, lastOf } = outageAt(() => hub);
beforeAll(async () => {
  cloud = await startTestCloud({ playbook: testFiles() });
  hub = hubAt(cloud.url);
});
afterEach(() => cloud.faults.clear());

describe("a provider that throttles", () => {
  it.each(
    ALL_CHANNELS.flatMap(
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
