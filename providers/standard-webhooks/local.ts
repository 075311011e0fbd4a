import { parseObject, textAt } from "#infra/local/aws/json.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import type { Delivery, Inbound, LocalDoor, ProviderLocal } from "#infra/local/door/provider-local.ts";
import { isObject } from "#kernel/json.ts";
import { TARGET_HEADER } from "#wire/public-call.ts";
import { HEADERS, signedHeaders } from "#wire/standard-webhook.ts";
import { VIA } from "./settings.ts";

/** Of the account `default`, which is there while a hub is only tried. */
const SECRET = `whsec_${Buffer.from("everybody may know this secret").toString("base64")}`;
const ACCOUNT = "default";

/** Whatever system it is, calling us with its signature. */
export const local: ProviderLocal = {
  service: "standard-webhooks",
  account: { secret: SECRET, url: "https://system.example/messages" },
  requests: { addressIn: VIA, operationOf: ({ method }) => (method === "POST" ? "Call" : method) },
  throttles: ["TooManyRequests", 429],
  play: (door) => ({
    answer: (operation, request) => (operation === "Call" ? takeCall(door, request) : null),
    bringIn: { webhook: (inbound) => bringIn(door, inbound) },
  }),
};

/** What the system behind the account is handed. */
function takeCall(door: LocalDoor, request: AwsRequest): AwsResponse {
  const { data, type } = parseObject(request.body) ?? {};
  if (type !== "message.send") return takeEvent(door, request, String(type));
  const told = isObject(data) ? data : {};
  const { [HEADERS.id]: id = "", [TARGET_HEADER]: from = "" } = request.headers;
  const text = textAt(told, "text");
  if (text === undefined) throw new AwsError("BadRequest", "The message says nothing.");
  door.outbox.add({
    channel: "webhook",
    provider: "standard-webhooks",
    to: textAt(told, "to") ?? "",
    from,
    text,
    messageId: textAt(told, "messageId") ?? null,
    providerMessageId: id,
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  return jsonResponse({}, "application/json");
}

/** A system that is told of an event: what it was told, with its signature, can be looked at. */
function takeEvent(door: LocalDoor, request: AwsRequest, type: string): AwsResponse {
  const { [HEADERS.id]: id = "", [TARGET_HEADER]: to = "" } = request.headers;
  const signed = Object.entries(request.headers).filter(([name]) => name.startsWith("webhook-"));
  door.outbox.add({
    channel: "webhook",
    provider: "standard-webhooks:Event",
    to,
    from: "events",
    subject: type,
    text: request.body,
    headers: Object.fromEntries(signed),
    messageId: null,
    providerMessageId: id,
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  return jsonResponse({}, "application/json");
}

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
