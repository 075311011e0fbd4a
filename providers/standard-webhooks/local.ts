import type { Delivery, Inbound, LocalDoor, ProviderLocal } from "#infra/local/door/provider-local.ts";
import { HEADERS, signedHeaders } from "#providers/wire/standard-webhook.ts";

/** Of the account `default`, which is there while a hub is only tried. */
const SECRET = `whsec_${Buffer.from("everybody may know this secret").toString("base64")}`;
const ACCOUNT = "default";

/** Whatever system it is, calling us with its signature. */
export const local: ProviderLocal = {
  service: "standard-webhooks",
  account: { secret: SECRET },
  throttles: ["TooManyRequests", 429],
  play: (door) => ({
    answer: () => null,
    bringIn: { webhook: (inbound) => bringIn(door, inbound) },
  }),
};

async function bringIn(door: LocalDoor, inbound: Inbound): Promise<Delivery> {
  const { raw, from, to, text, inReplyTo, providerMessageId: id } = inbound;
  const timestamp = new Date(door.now()).toISOString();
  const written = { type: "message.received", timestamp, data: { from, to, text, inReplyTo } };
  const body = raw ?? JSON.stringify(written);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    ...signedHeaders(SECRET, { id, body }, door.now()),
  };
  const delivered = await door.post(`/v1/in/standard-webhooks/${ACCOUNT}`, { headers, body });
  return delivered.ok ? { ...delivered, providerMessageId: headers[HEADERS.id] ?? id } : delivered;
}
