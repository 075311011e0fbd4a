/*
 * Written by `npm run tables` (scripts/tables/providers.table.ts): do not edit.
 * Who tells systems outside of events.
 */
import type { EventOutlet } from "#ports/event-outlet.ts";
import { outlet as standardWebhooks } from "./standard-webhooks/outlet.ts";

export const OUTLET: ReadonlyMap<string, EventOutlet> = new Map([
  ["standard-webhooks", standardWebhooks],
]);
