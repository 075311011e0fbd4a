/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * Who asks each provider what is still missing, for `rapport doctor`.
 */
import type { ProviderCheckup } from "#ports/checkup.ts";
import { checkup as endUserMessaging } from "./end-user-messaging/checkup.ts";
import { checkup as pinpoint } from "./pinpoint/checkup.ts";
import { checkup as ses } from "./ses/checkup.ts";

export const CHECKUP: ReadonlyMap<string, ProviderCheckup> = new Map([
  ["end-user-messaging", endUserMessaging],
  ["pinpoint", pinpoint],
  ["ses", ses],
]);
