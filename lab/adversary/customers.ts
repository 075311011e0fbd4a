import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Shop } from "./shop.ts";
import { addressOf, browserOf, phoneOf } from "./words.ts";

/** Whether the adversary names a customer: never, also before they sign up, or from then on. */
export type Known = "never" | "before" | "since";

/** What came of one honest customer. Times are in ms by the hub's clock; null: it never came. */
export type Life = {
  readonly userId: string;
  readonly known: Known;
  readonly welcomeAfter: number | null;
  /** From each order to its receipt at the customer's own address. */
  readonly receiptsAfter: readonly (number | null)[];
  /** What the one-click unsubscribe answered; null where there was no mail to leave by. */
  readonly unsubscribed: number | null;
};

/** Where a customer who is written to by mail has said yes as well: a forger's stop would take it back. */
export const TEXTS = "sms";
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 400;

/** Waits for a mail to the customer that holds the text. Gives it, and how long after `since` it left. */
const mailWith = async (shop: Shop, userId: string, text: string, since: number) => {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const found = (await shop.mailsTo(addressOf(userId))).find((mail) =>
      `${mail.subject} ${mail.text}`.includes(text),
    );
    if (found !== undefined) return { mail: found, after: Date.parse(found.at) - since };
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
};

/** Signs somebody up, as the shop's server does. Gives when, by the hub's clock. */
export const signUp = async (
  shop: Shop,
  { userId, known }: { readonly userId: string; readonly known: Known },
): Promise<number> => {
  // A user id can be guessed; the id that a browser made up cannot.
  const anonymousId = known === "before" ? randomUUID() : browserOf(userId);
  await shop.tell("identify", {
    userId,
    anonymousId,
    traits: { email: addressOf(userId), phone: phoneOf(userId), firstName: "Kim" },
  });
  for (const channel of ["email", TEXTS]) {
    const consent = { channel, topic: "marketing", status: "granted", kind: "express", source: "form" };
    await shop.tell("track", { userId, event: "Consent Changed", properties: consent });
  }
  const since = await shop.now();
  await shop.tell("track", { userId, event: "Signed Up", properties: {} });
  return since;
};

const order = async (shop: Shop, userId: string, n: number): Promise<number | null> => {
  const order_id = `order-${n}-of-${userId}`;
  const since = await shop.now();
  const properties = { order_id, total: 20, currency: "EUR", products: [] };
  await shop.tell("track", { userId, event: "Order Completed", properties });
  return (await mailWith(shop, userId, order_id, since))?.after ?? null;
};

/** One honest customer who has signed up: is welcomed, orders, leaves by the mail's own link, and orders once more. */
export const live = async (
  shop: Shop,
  { userId, known, signedUp }: { readonly userId: string; readonly known: Known; readonly signedUp: number },
): Promise<Life> => {
  // Whom the adversary names it may have unsubscribed before: nobody waits for that welcome.
  const welcome = known !== "never" ? undefined : await mailWith(shop, userId, "", signedUp);
  const first = await order(shop, userId, 1);
  const leave = (await shop.mailsTo(addressOf(userId)))
    .map((mail) => mail.headers?.["List-Unsubscribe"])
    .find(Boolean);
  const path = /https?:\/\/[^>]+/.exec(leave ?? "")?.[0];
  const unsubscribed = path === undefined ? null : await shop.leave(new URL(path).pathname);
  const second = await order(shop, userId, 2);
  return {
    userId,
    known,
    welcomeAfter: welcome?.after ?? null,
    receiptsAfter: [first, second],
    unsubscribed,
  };
};
