import { randomUUID } from "node:crypto";
import type { Hub } from "./client.ts";

/** Express consent to marketing, as the form of a website would send it to `track`. */
export const consentTo = (channel: string, userId: string) => ({
  userId,
  event: "Consent Changed",
  properties: { channel, topic: "marketing", status: "granted", kind: "express", source: "form" },
});

/** A user id of nobody yet; `prefix` names the test in what is left of it. */
export const newUserId = (prefix: string): string => `${prefix}-${randomUUID()}`;

/** A German mobile number of nobody yet. */
export const newPhone = (): string => `+49151${Math.floor(10_000_000 + Math.random() * 89_999_999)}`;

/** Somebody new who can be reached by e-mail and said yes to marketing there. */
export const newReader = async (hub: Hub, prefix: string, traits: Record<string, unknown> = {}) => {
  const userId = newUserId(prefix);
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email, ...traits } });
  await hub.collect("track", consentTo("email", userId));
  await hub.settle();
  return { userId, email };
};

/** Somebody new who can be reached by e-mail and said nothing yet about what they want. */
export const newCustomer = async (hub: Hub, prefix: string, traits: Record<string, unknown> = {}) => {
  const userId = newUserId(prefix);
  const email = `${userId}@example.com`;
  await hub.collect("identify", { userId, traits: { email, ...traits } });
  await hub.settle();
  return { userId, email };
};

/** What a customer's timeline holds, by kind. */
export const kindsOf = async (hub: Hub, userId: string) =>
  (await hub.timeline(`userId:${userId}`)).map(({ kind }) => kind);
