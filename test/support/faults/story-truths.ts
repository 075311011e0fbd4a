import { expect } from "vitest";
import { Models } from "#functions/measure/models-api/operations.ts";
import type { Hub, OutboxItem, TimelineItem } from "../hub/client.ts";
import type { Story } from "./story.ts";

/** What may have happened to mail: a fault between the provider's answer and the record allows more than none. */
export type Allowance = {
  /** Channels on which a transactional message may have left twice. */
  readonly doubled: readonly string[];
  /** Whether the page's request may have been carried out twice without asking twice. */
  readonly pageRepeated: boolean;
  /** Whether a marketing message may have been given up, because nobody knows whether it was sent. */
  readonly marketingLost: boolean;
};

const OPEN_STATUSES = ["requested", "sending"];
const tally = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(names.toSorted(), (name) => name)].map(([name, all]) => [name, all.length]),
  );

/** Invariant 1: every accepted event is in the timeline once, and counted once. */
const expectEventsOnce = async (hub: Hub, story: Story, timeline: readonly TimelineItem[]): Promise<void> => {
  const events = timeline.filter(({ kind }) => kind === "event").map(({ name }) => String(name));
  const { "Consent Changed": consents = 0, ...others } = tally(events);
  const { "Consent Changed": granted = 0, ...expected } = tally(story.accepted);
  expect(others).toEqual(expected);
  // Each post of the unsubscription that got so far is a fact of its own; at least the answered one did.
  expect(consents).toBeGreaterThanOrEqual(granted + Math.min(1, story.unsubscribePosts));
  expect(consents).toBeLessThanOrEqual(granted + 2 * story.unsubscribePosts);
  const { computed, traits, identifiers } = await hub.profile(`userId:${story.userId}`);
  expect(computed).toMatchObject({ orders: 1, spent: 30, recentViews: 2 });
  expect(traits).toMatchObject({ firstName: "Ada", email: story.email });
  const types = identifiers.map(({ type }) => type).toSorted();
  expect(types).toEqual(["anonymousId", "deviceToken", "email", "phone", "userId"]);
};

/** Invariant 7: what was stored was told, once: each trigger led to one decision. Invariant 3: no message without one. */
const expectDecisionsOnce = (
  story: Story,
  timeline: readonly TimelineItem[],
  { pageRepeated }: Allowance,
): void => {
  const decisions = timeline.filter(({ kind }) => kind === "decision");
  expect(tally(decisions.map(({ placement }) => String(placement ?? "none")))).toEqual(
    expect.objectContaining({
      "trigger.welcome": 2,
      "trigger.order-confirmed": 1,
      "trigger.cart-abandoned": 1,
    }),
  );
  const onPage = decisions.filter(({ placement }) => placement === "web.home.hero");
  expect(onPage.length).toBeGreaterThanOrEqual(1);
  expect(onPage.length).toBeLessThanOrEqual(story.pageAsked * (pageRepeated ? 2 : 1));
  expect(decisions).toHaveLength(4 + story.decisionIds.length + onPage.length);
  expect(decisions.map(({ decisionId }) => decisionId)).toEqual(
    expect.arrayContaining([...story.decisionIds]),
  );
};

/** Invariant 8: message by message. */
const expectMessagesSettled = async (
  hub: Hub,
  timeline: readonly TimelineItem[],
  sent: readonly OutboxItem[],
  allowance: Allowance,
): Promise<void> => {
  const messages = timeline.filter(({ kind }) => kind === "message");
  const seen: string[] = [];
  for (const { messageId: id } of messages) {
    const messageId = String(id);
    const copies = sent.filter((one) => one.messageId === messageId).length;
    const message = await hub.message(messageId);
    seen.push(`${message.category}`);
    expect(OPEN_STATUSES, `status of ${message.category}: ${JSON.stringify(message.history)}`).not.toContain(
      message.status,
    );
    if (message.category === "transactional") {
      const most = allowance.doubled.includes(message.channel) ? 2 : 1;
      expect(copies, `copies of a transactional message by ${message.channel}`).toBeGreaterThanOrEqual(1);
      expect(copies, `copies of a transactional message by ${message.channel}`).toBeLessThanOrEqual(most);
      expect(["sent", "delivered"]).toContain(message.status);
      continue;
    }
    expect(copies, "copies of a marketing mail").toBeLessThanOrEqual(1);
    if (message.status === "uncertain") expect(allowance.marketingLost, "given up").toBe(true);
    else expect(copies, `copies of a marketing mail that is ${message.status}`).toBe(1);
    if (copies === 1) expect(message.status).toBe("delivered");
  }
  expect(tally(seen)).toEqual({ marketing: 2, transactional: 4 });
  expect(sent.every(({ messageId }) => messages.some((message) => message.messageId === messageId))).toBe(
    true,
  );
};

/** Everything that must be true of a story, whatever broke while it was lived. */
export const expectTruths = async (hub: Hub, story: Story, allowance: Allowance): Promise<void> => {
  const timeline = await hub.timeline(`userId:${story.userId}`);
  const addresses = [story.email, story.phone, story.token];
  const sent = (await Promise.all(addresses.map((to) => hub.outbox({ to })))).flat();
  await expectEventsOnce(hub, story, timeline);
  expectDecisionsOnce(story, timeline, allowance);
  await expectMessagesSettled(hub, timeline, sent, allowance);
};

/** What the models know of clicks on the page's picture, in successes. */
export const clicksLearnt = async (hub: Hub): Promise<number> => {
  const { items } = Models.parse((await hub.call("GET", "/v1/models")).body);
  return items.find(({ action, channel }) => action === "hero" && channel === "web")?.positives ?? 0;
};

/** Nothing was given up: a fault that passes never costs a message of a queue. */
export const expectNoDeadLetters = async (hub: Hub): Promise<void> => {
  const { body } = await hub.call("GET", "/_local/queues");
  const { items } = body as { items: { name: string; ready: number; held: number; delayed: number }[] };
  const left = items.filter(({ ready, held, delayed }) => ready + held + delayed > 0);
  expect(left).toEqual([]);
};
