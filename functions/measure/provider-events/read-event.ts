import * as z from "zod/mini";
import type { ForeignMessage, ProviderReport } from "#channels/definition/report.ts";
import { RapportError } from "#kernel/errors.ts";
import { REPORTS } from "#providers/all.reports.ts";
import { parseBody } from "#runtime/worker.ts";

/** SNS without raw delivery. */
const SnsEnvelope = z.object({ Type: z.literal("Notification"), Message: z.string() });
/** The account's default bus. */
const BusEnvelope = z.object({ "detail-type": z.string(), detail: z.record(z.string(), z.unknown()) });

/** What a topic brings: JSON, or undefined for the words by which a provider tries a topic. @throws RapportError `malformed_json` */
export const readNotification = (text: string): unknown => {
  for (const { greeting } of REPORTS.values())
    if (greeting !== undefined && text.startsWith(greeting)) return undefined;
  return parseBody(text);
};

/** A report of a message of ours, and whether it came by the second way; or what another system sent. */
export type Told =
  | { readonly report: ProviderReport; readonly fromBus: boolean }
  | { readonly foreign: ForeignMessage };

/** Takes the envelopes off: SNS without raw delivery, EventBridge. */
const unwrap = (body: unknown): { readonly event: unknown; readonly fromBus: boolean } => {
  const sns = z.safeParse(SnsEnvelope, body);
  if (sns.success) return unwrap(parseMessage(sns.data.Message));
  const bus = z.safeParse(BusEnvelope, body);
  return bus.success ? { event: bus.data.detail, fromBus: true } : { event: body, fromBus: false };
};

const parseMessage = (text: string): unknown => {
  try {
    return readNotification(text);
  } catch (cause) {
    throw new RapportError("poison_event", "the notification's message is not valid JSON", { cause });
  }
};

/**
 * What a provider's event says of a message of ours, or that somebody else in the same account sent one. Null: neither: words
 * that try a topic, or a kind of event that we have no use for (the account's default bus carries all of them).
 * @throws RapportError `poison_event` when something else came by the topic that only providers publish to
 */
export function readProviderEvent(body: unknown): Told | null {
  const { event, fromBus } = unwrap(body);
  if (event === undefined) return null;
  for (const { foreign, read } of REPORTS.values()) {
    const report = read(event);
    if (report === undefined) continue;
    if (report !== null) return { report, fromBus };
    const sent = foreign?.(event) ?? null;
    return sent === null ? null : { foreign: sent };
  }
  if (fromBus) return null;
  throw new RapportError("poison_event", "not an event that we know of a provider of ours");
}
