/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * Who reads what customers write, by provider.
 */
import type { ProviderInbound } from "#ports/provider.ts";
import { inbound as endUserMessaging } from "./end-user-messaging/inbound.ts";
import { inbound as endUserMessagingSocial } from "./end-user-messaging-social/inbound.ts";
import { inbound as standardWebhooks } from "./standard-webhooks/inbound.ts";
import { inbound as twilio } from "./twilio/inbound.ts";
import { inbound as whatsappCloudApi } from "./whatsapp-cloud-api/inbound.ts";

export const INBOUND: ReadonlyMap<string, ProviderInbound> = new Map([
  ["end-user-messaging", endUserMessaging],
  ["end-user-messaging-social", endUserMessagingSocial],
  ["standard-webhooks", standardWebhooks],
  ["twilio", twilio],
  ["whatsapp-cloud-api", whatsappCloudApi],
]);
