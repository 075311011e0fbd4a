/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * Who reads the events of each provider.
 */
import type { ProviderReports } from "#ports/provider.ts";
import { reports as endUserMessaging } from "./end-user-messaging/reports.ts";
import { reports as ses } from "./ses/reports.ts";

export const REPORTS: ReadonlyMap<string, ProviderReports> = new Map([
  ["end-user-messaging", endUserMessaging],
  ["ses", ses],
]);
