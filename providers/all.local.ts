/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * How the local cloud plays each provider.
 */
import type { ProviderLocal } from "#infra/local/door/provider-local.ts";
import { local as endUserMessaging } from "./end-user-messaging/local.ts";
import { local as endUserMessagingSocial } from "./end-user-messaging-social/local.ts";
import { local as hub } from "./hub/local.ts";
import { local as pinpoint } from "./pinpoint/local.ts";
import { local as ses } from "./ses/local.ts";
import { local as smtp } from "./smtp/local.ts";
import { local as standardWebhooks } from "./standard-webhooks/local.ts";
import { local as twilio } from "./twilio/local.ts";
import { local as webPush } from "./web-push/local.ts";
import { local as whatsappCloudApi } from "./whatsapp-cloud-api/local.ts";

export const LOCAL: ReadonlyMap<string, ProviderLocal> = new Map([
  ["end-user-messaging", endUserMessaging],
  ["end-user-messaging-social", endUserMessagingSocial],
  ["hub", hub],
  ["pinpoint", pinpoint],
  ["ses", ses],
  ["smtp", smtp],
  ["standard-webhooks", standardWebhooks],
  ["twilio", twilio],
  ["web-push", webPush],
  ["whatsapp-cloud-api", whatsappCloudApi],
]);
