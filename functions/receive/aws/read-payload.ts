import { RapportError } from "#kernel/errors.ts";
import type { Readings } from "#ports/provider.ts";
import { INBOUND } from "#providers/all.inbound.ts";
import { parseBody } from "#runtime/worker.ts";

/** What was read, and the provider that brought it. */
export type Read = { readonly provider: string; readonly readings: Readings };

/**
 * What customers wrote, from a payload that came by the topic, which only services of AWS can publish to.
 * @throws RapportError `malformed_json`, and `poison_event` for a shape that no provider of ours reads: it goes to people
 */
export const readPayload = (text: string, account: string, now: number): Read => {
  const payload = parseBody(text);
  for (const [provider, { read, webhook }] of INBOUND) {
    if (webhook !== undefined) continue;
    const readings = read(payload, account, now);
    if (readings !== undefined) return { provider, readings };
  }
  throw new RapportError("poison_event", "not a message that we know of a provider of ours");
};
