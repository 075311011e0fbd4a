import * as z from "zod/mini";
import type { ProviderReport } from "#domain/outcome/provider-report.ts";
import { RapportError } from "#kernel/errors.ts";
import { BusEnvelope, SesEvent, SmsEvent, SnsEnvelope } from "./schema.ts";
import { readSesEvent } from "./ses.ts";
import { readSmsEvent } from "./sms.ts";

/** Takes the envelopes off: SNS without raw delivery, EventBridge. */
const unwrap = (body: unknown): { readonly event: unknown; readonly fromBus: boolean } => {
  const sns = z.safeParse(SnsEnvelope, body);
  if (sns.success) return unwrap(parseJson(sns.data.Message));
  const bus = z.safeParse(BusEnvelope, body);
  return bus.success ? { event: bus.data.detail, fromBus: true } : { event: body, fromBus: false };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RapportError("poison_event", "the notification's message is not valid JSON", { cause });
  }
};

/**
 * What a provider's event says of a message of ours. Null: nothing, for it is about mail of somebody else in the same
 * account, or a kind of event that we have no use for (the account's default bus carries all of them).
 * @throws RapportError `poison_event` when something else came by the topic that only providers publish to
 */
export function readProviderEvent(body: unknown): ProviderReport | null {
  const { event, fromBus } = unwrap(body);
  const ses = z.safeParse(SesEvent, event);
  if (ses.success) return readSesEvent(ses.data);
  const sms = z.safeParse(SmsEvent, event);
  if (sms.success) return readSmsEvent(sms.data);
  if (fromBus) return null;
  throw new RapportError("poison_event", "not an event of SES or End User Messaging that we know");
}
