import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LocalCloud } from "#infra/local/cloud.ts";
import type { Fault } from "#infra/local/machine/faults.ts";
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
/** Whatever waited leaves, and every alarm is over before the next begins. */
afterEach(async () => {
  cloud.faults.clear();
  await hub.advance("PT1H");
});

const FOR_EVER = 1_000_000;
const CONTENT = {
  email: { subject: "Hello", text: "Hello" },
  sms: { text: "Hello" },
} as const;
type Channel = keyof typeof CONTENT;

let numbers = 0;
const customer = async () => {
  numbers += 1;
  const userId = `paused-${randomUUID()}`;
  const reach = { email: `${userId}@example.com`, sms: `+1202555${String(1000 + numbers)}` };
  await hub.collect("identify", { userId, traits: { email: reach.email, phone: reach.sms } });
  for (const channel of ["email", "sms"] as const) await hub.collect("track", consentTo(channel, userId));
  await hub.settle();
  return { userId, reach };
};
type Person = Awaited<ReturnType<typeof customer>>;

const ask = async ({ userId }: Person, channel: Channel, category = "transactional"): Promise<string> => {
  const order = { to: `userId:${userId}`, category, channel, content: CONTENT[channel] };
  return (await hub.send(order, randomUUID())).messageId;
};
const copies = async ({ reach }: Person, channel: Channel): Promise<number> =>
  (await hub.outbox({ channel, to: reach[channel] })).length;
const refuse = (target: string, refusal: Partial<Fault>): void =>
  cloud.faults.add({ target, kind: "refuse", at: "before", times: FOR_EVER, ...refusal });
/** Alarms that are on, by what follows the stage in their names. */
const alarmsOn = async (): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await hub.alarms())
      .filter(({ state }) => state === "ALARM")
      .map(({ name, reason }) => [name.replace("rapport-local-", ""), reason]),
  );
const timelineOf = async ({ userId }: Person, messageId: string) =>
  (await hub.timeline(`userId:${userId}`)).find(({ id }) => id === messageId);
const isReachable = async ({ userId, reach }: Person, channel: Channel): Promise<boolean> =>
  (await hub.profile(`userId:${userId}`)).addresses.some(
    ({ value, status }) => value === reach[channel] && status === "active",
  );

const CASES: readonly (readonly [
  what: string,
  channel: Channel,
  target: string,
  refusal: Partial<Fault>,
  reason: string,
  advice: RegExp,
])[] = [
  [
    "sending is paused at SES",
    "email",
    "ses:SendEmail",
    { code: "SendingPausedException" },
    "sending paused",
    /switch sending on again/,
  ],
  [
    "sending is paused for the configuration set",
    "email",
    "ses:SendEmail",
    { code: "BadRequestException", message: "Sending is paused for configuration set rapport-local." },
    "sending paused",
    /switch sending on again/,
  ],
  [
    "the sender's identity has lapsed",
    "email",
    "ses:SendEmail",
    { code: "MessageRejected", message: "Email address is not verified. The following identities failed: x" },
    "identity not verified",
    /Verify the domain/,
  ],
  [
    "the phone number is pending",
    "sms",
    "sms-voice:SendTextMessage",
    { code: "ConflictException", details: { Reason: "RESOURCE_NOT_ACTIVE" } },
    "sender not active",
    /registration in End User Messaging/,
  ],
];

describe.each(CASES)("while %s", (_what, channel, target, refusal, reason, advice) => {
  it("for an hour: an alarm in five minutes, the reason in words, and everything leaves afterwards, once", async () => {
    const person = await customer();
    refuse(target, refusal);
    const asked = [await ask(person, channel), await ask(person, channel, "marketing")];

    await hub.advance("PT5M");

    expect((await alarmsOn()).get(`send-${channel}-stuck`)).toContain(reason);
    for (const messageId of asked) {
      expect(await timelineOf(person, messageId)).toMatchObject({
        reason,
        advice: expect.stringMatching(advice),
      });
      expect((await hub.message(messageId)).history).toContainEqual(
        expect.objectContaining({ reason, advice: expect.stringMatching(advice) }),
      );
    }
    await hub.advance("PT55M");
    expect([...(await alarmsOn()).keys()]).toContain(`send-${channel}-stuck`);
    expect(await copies(person, channel)).toBe(0);

    cloud.faults.clear();
    await hub.advance("PT20M");

    expect(await copies(person, channel)).toBe(2);
    for (const messageId of asked) expect((await hub.message(messageId)).status).toBe("sent");
    expect(await isReachable(person, channel)).toBe(true);
    await hub.advance("P1D");
    expect(await copies(person, channel)).toBe(2);
    expect([...(await alarmsOn()).keys()]).toEqual([]);
  });
});

describe("one provider of two that takes nothing", () => {
  it("sets off the alarm of its own channel, and the other's messages leave", async () => {
    const person = await customer();
    refuse("sms-voice:SendTextMessage", {
      code: "AccessDeniedException",
      details: { Reason: "ACCOUNT_DISABLED" },
    });
    await ask(person, "sms");
    await ask(person, "email");

    await hub.advance("PT5M");

    expect([...(await alarmsOn()).keys()]).toEqual(["send-sms-stuck"]);
    expect(await copies(person, "email")).toBe(1);
  });
});

describe("a provider that only throttles", () => {
  it("sets off no alarm in its first minute, and one when what somebody waits for still waits", async () => {
    const person = await customer();
    cloud.faults.add({ target: "ses:SendEmail", kind: "throttle", at: "before", times: FOR_EVER });
    await ask(person, "email");

    await hub.advance("PT1M");
    expect([...(await alarmsOn()).keys()]).toEqual([]);
    await hub.advance("PT5M");
    expect((await alarmsOn()).get("send-email-stuck")).toContain("throttled, ses");
  });
});

describe("a lasting refusal of the messages themselves", () => {
  it("sets off the alarm on failed messages from five on, and none for one", async () => {
    const person = await customer();
    refuse("ses:SendEmail", { code: "MessageRejected", message: "Virus detected." });
    await ask(person, "email");
    await hub.advance("PT2M");
    expect([...(await alarmsOn()).keys()]).toEqual([]);

    for (let sent = 0; sent < 4; sent += 1) await ask(person, "email");
    await hub.advance("PT2M");
    expect([...(await alarmsOn()).keys()]).toEqual(["send-email-failed"]);
    await hub.advance("PT20M");
    expect([...(await alarmsOn()).keys()]).toEqual([]);
  });
});
