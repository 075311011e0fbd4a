/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * What each provider needs in AWS, in the stack of its channel's worker.
 */
import { sms as endUserMessagingSms } from "./end-user-messaging/resources.ts";
import { whatsapp as endUserMessagingSocialWhatsapp } from "./end-user-messaging-social/resources.ts";
import { chat as hubChat } from "./hub/resources.ts";
import { push as pinpointPush } from "./pinpoint/resources.ts";
import { email as sesEmail } from "./ses/resources.ts";
import { email as smtpEmail } from "./smtp/resources.ts";
import { webhook as standardWebhooksWebhook } from "./standard-webhooks/resources.ts";
import { sms as twilioSms } from "./twilio/resources.ts";
import { webpush as webPushWebpush } from "./web-push/resources.ts";
import { whatsapp as whatsappCloudApiWhatsapp } from "./whatsapp-cloud-api/resources.ts";

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
