import type { WebhookDue } from "#events/webhook-due.ts";
import {
  type CompiledExpression,
  type Environment,
  FeelLimitError,
  type FeelValue,
  toJson,
} from "#feel/index.ts";
import type { JsonObject } from "#kernel/json.ts";
import { customerView, environmentAt, eventView, feelBrand, feelNow } from "../customer/view.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CompiledWebhookEvent } from "../playbook/model/webhooks.ts";
import type { CustomerState } from "../records/customer.ts";

/** The entry that an event is told by; undefined: the playbook has none any more. */
export const entryOf = (
  { webhooks }: CompiledPlaybook,
  due: WebhookDue,
): CompiledWebhookEvent | undefined => {
  const entries = webhooks.filter(({ webhook, on }) => webhook.name === due.webhook && on === due.event);
  return entries.find(({ index }) => index === due.entry) ?? entries[0];
};

/** Whether what leaves is more than ids, so that the customer must be read. */
export const needsCustomer = ({ webhook, fields }: CompiledWebhookEvent): boolean =>
  webhook.identifiers.length > 0 || fields.size > 0;

type Told = {
  readonly due: WebhookDue;
  readonly entry: CompiledWebhookEvent;
  readonly properties: JsonObject;
  readonly state: CustomerState | null;
  readonly playbook: CompiledPlaybook;
  readonly now: number;
};

/** A rule that exceeds its limits says nothing, so that the event is told all the same. */
const fieldOf = (
  rule: CompiledExpression,
  scope: Readonly<Record<string, FeelValue>>,
  environment: Environment,
): JsonObject[string] => {
  try {
    return toJson(rule.evaluate(scope, environment));
  } catch (error) {
    if (error instanceof FeelLimitError) return null;
    throw error;
  }
};

const fieldsOf = ({ due, entry, properties, state, playbook, now }: Told): JsonObject => {
  if (state === null || entry.fields.size === 0) return {};
  const environment = environmentAt(playbook, now);
  const scope: Record<string, FeelValue> = {
    customer: customerView(state, playbook, now),
    event: eventView({ name: due.event, at: due.eventAt, properties }, playbook),
    brand: feelBrand(playbook),
    now: feelNow(now),
  };
  return Object.fromEntries(
    [...entry.fields].map(([name, rule]) => [name, fieldOf(rule, scope, environment)] as const),
  );
};

/** What a system outside is told, in the envelope of its signature's standard: ids, and nothing that the playbook does not name. */
export const toldBody = (told: Told): string => {
  const { due, entry, state } = told;
  const { identifiers } = entry.webhook;
  const given = (state?.identifiers ?? []).filter(({ type }) => identifiers.includes(type));
  return JSON.stringify({
    type: due.event,
    timestamp: due.eventAt,
    data: {
      webhook: due.webhook,
      eventId: due.eventId,
      customerId: state?.customerId ?? due.customerId,
      sequence: due.sequence,
      ...(identifiers.length === 0 ? {} : { identifiers: given.map(({ type, value }) => ({ type, value })) }),
      ...(entry.fields.size === 0 ? {} : { fields: fieldsOf(told) }),
    },
  });
};
