/*
 * Written by `npm run tables` (scripts/tables/channels.table.ts): do not edit.
 * From the folders beside this file and those of providers/.
 */
import type { ChannelAddresses } from "./definition/addresses.ts";
import type { Channel } from "./definition/definition.ts";
import { addresses as chatAddresses } from "./chat/addresses.ts";
import { channel as chat } from "./chat/channel.ts";
import { addresses as emailAddresses } from "./email/addresses.ts";
import { channel as email } from "./email/channel.ts";
import { addresses as pushAddresses } from "./push/addresses.ts";
import { channel as push } from "./push/channel.ts";
import { addresses as smsAddresses } from "./sms/addresses.ts";
import { channel as sms } from "./sms/channel.ts";
import { addresses as webhookAddresses } from "./webhook/addresses.ts";
import { channel as webhook } from "./webhook/channel.ts";
import { addresses as webpushAddresses } from "./webpush/addresses.ts";
import { channel as webpush } from "./webpush/channel.ts";
import { addresses as whatsappAddresses } from "./whatsapp/addresses.ts";
import { channel as whatsapp } from "./whatsapp/channel.ts";

export type ChannelName = "chat" | "email" | "push" | "sms" | "webhook" | "webpush" | "whatsapp";

export const CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ["chat", chat],
  ["email", email],
  ["push", push],
  ["sms", sms],
  ["webhook", webhook],
  ["webpush", webpush],
  ["whatsapp", whatsapp],
]);

export const isChannel = (name: string): name is ChannelName => CHANNELS.has(name);

/** Of the channels that go to an address. */
export const ADDRESSES: ReadonlyMap<string, ChannelAddresses> = new Map([
  ["chat", chatAddresses],
  ["email", emailAddresses],
  ["push", pushAddresses],
  ["sms", smsAddresses],
  ["webhook", webhookAddresses],
  ["webpush", webpushAddresses],
  ["whatsapp", whatsappAddresses],
]);

/** The providers that each channel can be sent by; none: it is not sent. */
export const PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["chat", ["hub"]],
  ["email", ["ses","smtp"]],
  ["push", ["pinpoint"]],
  ["sms", ["end-user-messaging","twilio"]],
  ["webhook", ["standard-webhooks"]],
  ["webpush", ["web-push"]],
  ["whatsapp", ["end-user-messaging-social","whatsapp-cloud-api"]],
]);
