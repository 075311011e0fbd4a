/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * Who sends: what the workers of functions/send call.
 */
import { sms as endUserMessagingSms } from "./end-user-messaging/sender.ts";
import { push as pinpointPush } from "./pinpoint/sender.ts";
import { email as sesEmail } from "./ses/sender.ts";
import { email as smtpEmail } from "./smtp/sender.ts";

export const email = {
  "ses": sesEmail,
  "smtp": smtpEmail,
};
export const push = {
  "pinpoint": pinpointPush,
};
export const sms = {
  "end-user-messaging": endUserMessagingSms,
};
export const webhook = {};
export const whatsapp = {};
