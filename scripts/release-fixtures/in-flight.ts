import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localAws } from "#infra/local/aws/place.ts";
import type { FixtureHub } from "./hub.ts";
import { consentTo, introduce, order } from "./life.ts";
import { pathsIn } from "./tokens.ts";

const CONTENT = {
  email: { subject: "Hello", text: "Hello {{ customer.firstName }}" },
  sms: { text: "Hello {{ customer.firstName }}" },
  push: { title: "Hello", body: "Hello {{ customer.firstName }}" },
} as const;
/** One for each channel, or a cap would refuse the second newsletter. */
const RECIPIENTS = { email: "rob", sms: "sue", push: "pia" } as const;
const CHANNELS = ["email", "sms", "push"] as const;

/** What no worker can read: each is set aside in its function's dead-letter queue, with the reason. */
const leaveDeadLetters = async (hub: FixtureHub): Promise<void> => {
  const sqs = new SQSClient(localAws(hub.awsUrl));
  const put = async (name: string, body: object, fifo: object = {}): Promise<void> => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body), ...fifo }));
  };
  const group = "group-of-nobody";
  const fifo = { MessageGroupId: group, MessageDeduplicationId: "unreadable-event" };
  await put("rapport-local-inbox.fifo", { v: 1, group, events: [{ id: "evt_unreadable" }] }, fifo);
  await put("rapport-local-decide-on-event", { detail: { v: 1, eventId: "evt_unreadable" } });
  sqs.destroy();
  await hub.settle();
};

/** Messages whose sender died between claim and record: one that is tried again, and one that never is. */
const leaveClaimed = async (hub: FixtureHub): Promise<void> => {
  for (const [userId, category] of [
    ["cleo", "transactional"],
    ["dan", "marketing"],
  ] as const) {
    await introduce(hub, userId, { email: `${userId}@example.com`, firstName: userId });
    await hub.fault({ target: "ses:SendEmail", kind: "crash", at: "before", times: 1 });
    await hub.send({ to: `userId:${userId}`, category, content: CONTENT.email });
    await hub.settle();
  }
};

/** One message a channel and lane that waits for its sender, and one a channel that waits for its time. */
const leaveRequested = async (hub: FixtureHub): Promise<void> => {
  for (const channel of CHANNELS) {
    const to = `userId:${RECIPIENTS[channel]}`;
    for (const category of ["transactional", "marketing"]) {
      await hub.send({ to, category, channel, content: CONTENT[channel] }, `${channel} ${category}`);
    }
  }
  const now = Date.parse((await hub.api<{ now: string }>("GET", "/_local/clock")).now);
  for (const minutes of [3, 180]) {
    const sendAt = new Date(now + minutes * 60_000).toISOString();
    await hub.send({
      to: "userId:rob",
      category: "transactional",
      channel: "email",
      content: CONTENT.email,
      sendAt,
    });
  }
  await hub.settle();
};

/** What providers, pages and cloud sources have told, and nobody has read yet. */
const leaveReports = async (hub: FixtureHub): Promise<void> => {
  const [mail] = (await hub.outbox("?to=sam@example.com")).slice(-1);
  const [text] = (await hub.outbox("?channel=sms")).slice(-1);
  if (mail === undefined || text === undefined)
    throw new Error("there is no mail and no text message to tell about");
  await hub.feedback(mail.messageId, "delivered");
  await hub.feedback(text.messageId, "delivered");
  await hub.outcome(await hub.decide("userId:sam", "web.home.hero"), "clicked");
  await hub.settle();
  await hub.api("POST", "/v1/playbooks/current/simulate", {});
  const events = new EventBridgeClient(localAws(hub.awsUrl));
  const Detail = JSON.stringify({ machine_id: "machine-kim", alarm: "DESCALING_DUE", cups: 400 });
  const entry = {
    Source: "tamarack.machines",
    DetailType: "Machine Alarm",
    Detail,
    EventBusName: "rapport-local-sources",
  };
  await events.send(new PutEventsCommand({ Entries: [entry] }));
  events.destroy();
  await hub.settle();
};

/** A state whose effects were stored and never told, and the message that the queue will hand out again. */
const leaveUnsent = async (hub: FixtureHub): Promise<void> => {
  await hub.fault({
    target: "events:PutEvents",
    kind: "error",
    at: "before",
    times: 1_000,
    function: "profile/apply-events",
  });
  await order(hub, "ursula", "U-1");
  await hub.settle();
};

/** One event of each kind in the inbox, and a merge that is still to come. */
const leaveCollected = async (hub: FixtureHub): Promise<void> => {
  await hub.collect("identify", { userId: "kim", traits: { loyaltyTier: "gold" } });
  await hub.collect("identify", {
    userId: "sam",
    anonymousId: "visitor-sam",
    traits: { machineId: "machine-sam" },
  });
  await order(hub, "sam", "B-3", 30);
  await hub.collect("page", {
    userId: "sam",
    name: "Home",
    properties: { url: "https://tamarack-finch.example/" },
  });
  await hub.collect("screen", { userId: "sam", name: "Cart" });
  const [mail] = await hub.outbox("?to=rob@example.com");
  await hub.visit((mail === undefined ? null : pathsIn(mail).click) ?? "");
  await hub.collect("import", {
    batch: [
      {
        type: "track",
        userId: "kim",
        event: "Product Reviewed",
        properties: { product_id: "p1", rating: 5 },
        timestamp: "2026-03-02T10:00:00Z",
      },
    ],
  });
  await hub.collect("group", { userId: "sam", groupId: "household-1", traits: { name: "Home" } });
  await hub.collect("alias", { previousId: "visitor-alias", userId: "sam" });
  await hub.track("nina", "Signed Up");
  await consentTo(hub, "kim", "sms", "withdrawn");
  await hub.settle();
};

/** People who are in the middle of something. */
const gather = async (hub: FixtureHub): Promise<void> => {
  await introduce(hub, "rob", { email: "rob@example.com", firstName: "Rob" });
  await introduce(hub, "sue", { email: "sue@example.com", phone: "+12025550144", firstName: "Sue" });
  const phone = { token: "token-pia", type: "android" };
  await introduce(hub, "pia", { email: "pia@example.com", firstName: "Pia" }, phone);
  await introduce(hub, "ursula", { email: "ursula@example.com", firstName: "Ursula" });
  await introduce(hub, "tom", { email: "tom@example.com", firstName: "Tom" });
  await hub.collect("identify", { userId: "kim", traits: { machineId: "machine-kim" } });
  for (const anonymousId of ["visitor-sam", "visitor-alias"]) {
    await hub.track({ anonymousId }, "Product Viewed", { name: "Kettle", category: "Equipment" });
  }
  await hub.track("rob", "Signed Up");
  await hub.settle();
};

/** Triggers that have fired, at once and after a wait, and one that still waits. */
const leaveTriggers = async (hub: FixtureHub): Promise<void> => {
  await hub.track("tom", "Product Added", { name: "Kettle", price: 49, quantity: 1 });
  await hub.advance("PT61M");
  await hub.track("tom", "Signed Up");
  await hub.track("ada", "Product Added", { name: "Kettle", price: 49, quantity: 1 });
  await hub.settle();
};

/**
 * Stops the workers one after the other and lets something come to lie before each: the state of a release that is
 * stopped in the middle of its work.
 */
export const leaveInFlight = async (hub: FixtureHub): Promise<void> => {
  // An afternoon on both sides of the Atlantic: no quiet hours.
  await hub.api("POST", "/_local/clock", { set: "2026-11-26T18:00:05.000Z" });
  await gather(hub);
  await leaveDeadLetters(hub);
  await hub.hold("decide/on-event");
  await leaveTriggers(hub);
  await leaveClaimed(hub);
  for (const sender of ["send/email", "send/sms", "send/push"]) await hub.hold(sender);
  await hub.hold("timers/fire");
  // The minute's tick comes, and finds nobody.
  await hub.advance("PT1M");
  await leaveRequested(hub);
  const readers = ["measure/learn", "measure/provider-events", "playbook/simulate", "collect/cloud-events"];
  for (const name of readers) await hub.hold(name);
  await leaveReports(hub);
  await leaveUnsent(hub);
  await hub.hold("profile/apply-events");
  await leaveCollected(hub);
};
