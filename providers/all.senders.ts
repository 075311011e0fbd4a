/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * Who sends: what the workers of functions/send call.
 */
import { sms as endUserMessagingSms } from "./end-user-messaging/sender.ts";
import { whatsapp as endUserMessagingSocialWhatsapp } from "./end-user-messaging-social/sender.ts";
import { chat as hubChat } from "./hub/sender.ts";
import { push as pinpointPush } from "./pinpoint/sender.ts";
import { email as sesEmail } from "./ses/sender.ts";
import { email as smtpEmail } from "./smtp/sender.ts";
import { webhook as standardWebhooksWebhook } from "./standard-webhooks/sender.ts";
import { sms as twilioSms } from "./twilio/sender.ts";
import { webpush as webPushWebpush } from "./web-push/sender.ts";
import { whatsapp as whatsappCloudApiWhatsapp } from "./whatsapp-cloud-api/sender.ts";

export const chat = {
  "hub": hubChat,
};
export const email = {
  "ses": sesEmail,
  "smtp": smtpEmail,
};
export const push = {
  "pinpoint": pinpointPush,
};
export const sms = {
  "end-user-messaging": endUserMessagingSms,
  "twilio": twilioSms,
};
export const webhook = {
  "standard-webhooks": standardWebhooksWebhook,
};
export const webpush = {
  "web-push": webPushWebpush,
};
export const whatsapp = {
  "end-user-messaging-social": endUserMessagingSocialWhatsapp,
  "whatsapp-cloud-api": whatsappCloudApiWhatsapp,
};
