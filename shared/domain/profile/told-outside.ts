import { WebhookDue } from "#events/webhook-due.ts";
import type { FeelContext, FeelValue } from "#feel/index.ts";
import { hashId } from "#kernel/hash.ts";
import { environmentAt, eventView, feelBrand, feelNow, holds } from "../customer/view.ts";
import type { CustomerState } from "../records/customer.ts";
import type { DomainEvent } from "../records/effects.ts";
import { MAX_DEPTH } from "../records/event.ts";
import type { Applying, TriggeringEvent } from "./trigger/triggers.ts";

/**
 * Which systems outside are told of an event: each webhook once, by the first of its entries that fits. Of imported events
 * none is told, and of none that the hub may have caused itself again and again. Age does not count: this reaches no customer.
 * @param customer their view after the event, made only when a rule reads it
 */
export const toldOutside = (
  state: CustomerState,
  customer: () => FeelContext,
  event: TriggeringEvent,
  { playbook, now }: Applying,
): readonly DomainEvent[] => {
  const entries = playbook.webhooksByEvent.get(event.name) ?? [];
  if (entries.length === 0 || event.imported || event.depth > MAX_DEPTH) return [];
  const environment = environmentAt(playbook, now);
  let scope: Readonly<Record<string, FeelValue>> | undefined;
  const due = new Map<string, DomainEvent>();
  for (const { webhook, index, test } of entries) {
    if (due.has(webhook.name)) continue;
    if (test !== undefined) {
      scope ??= {
        customer: customer(),
        event: eventView(event, playbook),
        brand: feelBrand(playbook),
        now: feelNow(now),
      };
      if (!holds(test, scope, environment)) continue;
    }
    const id = hashId("whk", event.id, webhook.name);
    const detail: WebhookDue = {
      v: 1,
      id,
      webhook: webhook.name,
      entry: index,
      customerId: state.customerId,
      eventId: event.id,
      event: event.name,
      eventAt: event.at,
      sequence: state.version + 1,
      since: new Date(now).toISOString(),
      lane: "prompt",
      attempt: 0,
    };
    due.set(webhook.name, { id, name: WebhookDue.name, detail });
  }
  return [...due.values()];
};
