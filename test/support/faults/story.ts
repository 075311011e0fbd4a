import { randomUUID } from "node:crypto";
import type { Answer, Hub, OutboxItem } from "../hub/client.ts";
import { consentTo } from "../hub/people.ts";

/** What one person did, as far as a client of the API knows it. */
export type Story = {
  readonly userId: string;
  readonly email: string;
  readonly phone: string;
  readonly token: string;
  /** Names of accepted events, one entry for each event. */
  readonly accepted: readonly string[];
  /** How often the unsubscription was posted until it was answered; 0 when no mail carried the link. */
  readonly unsubscribePosts: number;
  /** The decisions behind the messages that an application asked for, one a channel. */
  readonly decisionIds: readonly string[];
  /** How often a page asked what to show until it was answered; each may have been decided. */
  readonly pageAsked: number;
};

const MAX_TRIES = 40;
/** Numbers that fiction may use (555-0100 to 555-0199), of several area codes. */
const AREAS = [202, 212, 303, 404, 505, 606, 707, 808];
let people = 0;
const newPhone = (): string => {
  people += 1;
  return `+1${AREAS[Math.floor(people / 100)]}5550${100 + (people % 100)}`;
};
const withoutKey = { authorization: "" };

/** As Segment's clients and browsers do: the same call again until it is answered as it should be. */
const persist = async (
  expected: number,
  call: () => Promise<Answer>,
): Promise<{ body: unknown; tries: number }> => {
  let last: Answer | undefined;
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    last = await call();
    if (last.status === expected) return { body: last.body, tries };
    if (last.status < 500 && last.status !== 429) break;
  }
  throw new Error(`expected ${expected}, got ${last?.status}: ${JSON.stringify(last?.body)}`);
};

const pathIn = (text: string | undefined, kind: string): string | undefined => {
  const found = new RegExp(`https?://[^"\\s<>]+/${kind}/[^"\\s<>]+`).exec(text ?? "")?.[0];
  return found === undefined ? undefined : new URL(found).pathname;
};

/** Long enough for what a dead worker held to come back (a queue hides a message for 90 s), short of any trigger's age. */
const recover = async (hub: Hub): Promise<void> => {
  await hub.advance("PT4M");
  await hub.advance("PT4M");
};

/**
 * One person from the first anonymous visit to the unsubscription, by way of every worker: a merge, a welcome
 * (marketing), an order's confirmation (transactional), a timer that is cancelled and one that fires, a click, reports of
 * the provider, a message on each channel that an application asks for, a page's picture that is clicked and learnt
 * from. What is not accepted is sent again, as clients do.
 */
export const liveThrough = async (hub: Hub): Promise<Story> => {
  const userId = `story-${randomUUID()}`;
  const email = `${userId}@example.com`;
  const [phone, token] = [newPhone(), `token-${userId}`];
  const accepted: string[] = [];
  const collect = async (type: string, body: Record<string, unknown>): Promise<void> => {
    const event = { messageId: randomUUID(), ...body };
    await persist(200, () =>
      hub.call("POST", `/v1/${type}`, event, { authorization: `Basic ${btoa("local-write-key:")}` }),
    );
    accepted.push(typeof body.event === "string" ? body.event : type);
  };
  const track = (event: string, properties: Record<string, unknown> = {}) =>
    collect("track", { userId, event, properties });
  const product = { product_id: "1", name: "Kettle", price: 40 };

  await collect("track", { anonymousId: userId, event: "Product Viewed", properties: product });
  await collect("identify", { userId, traits: { firstName: "Ada" } });
  await recover(hub);
  const context = { device: { token, type: "ios" } };
  await collect("identify", { userId, anonymousId: userId, traits: { email, phone }, context });
  await collect("track", consentTo("email", userId));
  await track("Signed Up");
  await track("Product Added", product);
  await recover(hub);
  await track("Order Completed", { order_id: "A-1", total: 30 });
  await track("Product Viewed", product);
  await recover(hub);
  await track("Product Added", product);
  await recover(hub);
  await hub.advance("PT2H");
  await recover(hub);

  const mails = await hub.outbox({ to: email });
  await followLinks(hub, mails);
  for (const { messageId } of mails) {
    await hub.feedback(messageId, "delivered");
    await hub.settle();
  }
  await recover(hub);
  const unsubscribePosts = await unsubscribe(hub, mails);
  await recover(hub);
  await track("Signed Up");
  const decisionIds: string[] = [];
  for (const content of Object.entries(CONTENT)) decisionIds.push(await askForMessage(hub, userId, content));
  await recover(hub);
  const pageAsked = await clickOnPage(hub, userId);
  await recover(hub);
  return { userId, email, phone, token, accepted, unsubscribePosts, decisionIds, pageAsked };
};

const followLinks = async (hub: Hub, mails: readonly OutboxItem[]): Promise<void> => {
  const [click, open] = ["l", "o"].map((kind) =>
    mails.map(({ html }) => pathIn(html, kind)).find((path) => path !== undefined),
  );
  if (click !== undefined) await persist(302, () => hub.call("GET", click, undefined, withoutKey));
  if (open !== undefined) await persist(200, () => hub.call("GET", open, undefined, withoutKey));
};

const unsubscribe = async (hub: Hub, mails: readonly OutboxItem[]): Promise<number> => {
  const path = mails.map(({ headers }) => pathIn(headers?.["List-Unsubscribe"], "u")).find(Boolean);
  if (path === undefined) return 0;
  const form = { ...withoutKey, "content-type": "application/x-www-form-urlencoded" };
  return (await persist(200, () => hub.call("POST", path, "List-Unsubscribe=One-Click", form))).tries;
};

const CONTENT = {
  email: { subject: "Your receipt", text: "Thank you" },
  sms: { text: "Thank you" },
  push: { title: "Your receipt", body: "Thank you" },
};

const askForMessage = async (
  hub: Hub,
  userId: string,
  [channel, content]: readonly [string, object],
): Promise<string> => {
  const key = { "idempotency-key": randomUUID() };
  const body = { to: `userId:${userId}`, category: "transactional", channel, content };
  const { body: answer } = await persist(202, () => hub.call("POST", "/v1/messages", body, key));
  return (answer as { decisionId: string }).decisionId;
};

/** How often the page had to ask. */
const clickOnPage = async (hub: Hub, userId: string): Promise<number> => {
  const ask = { customer: `userId:${userId}`, placement: "web.home.hero" };
  const { body, tries } = await persist(200, () => hub.call("POST", "/v1/decisions", ask));
  const { decisionId, actions } = body as { decisionId: string; actions: { action: string }[] };
  const report = { decisionId, action: actions[0]?.action, outcome: "clicked" };
  await persist(202, () => hub.call("POST", "/v1/outcomes", report));
  return tries;
};
