import { createHmac } from "node:crypto";
import type { Delivery, Inbound, LocalDoor, ProviderLocal } from "#infra/local/door/provider-local.ts";
import { whatsAppEntry } from "#providers/wire/local-whatsapp.ts";

/** Of the account `default`, which is there while a hub is only tried. */
const ACCOUNT = { appSecret: "everybody may know this secret", verifyToken: "local-verify-token" };

/** Meta's Cloud API, calling us with its signature. */
export const local: ProviderLocal = {
  service: "whatsapp-cloud-api",
  account: ACCOUNT,
  throttles: ["TooManyRequests", 429],
  play: (door) => ({
    answer: () => null,
    bringIn: { whatsapp: (inbound) => bringIn(door, inbound) },
  }),
};

async function bringIn(door: LocalDoor, inbound: Inbound): Promise<Delivery> {
  const entry = whatsAppEntry(inbound, door.now());
  const body = inbound.raw ?? JSON.stringify({ object: "whatsapp_business_account", entry: [entry] });
  const signature = createHmac("sha256", ACCOUNT.appSecret).update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
  const delivered = await door.post("/v1/in/whatsapp-cloud-api/default", { headers, body });
  return delivered.ok ? { ...delivered, providerMessageId: inbound.providerMessageId } : delivered;
}
