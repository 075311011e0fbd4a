import { randomUUID } from "node:crypto";
import { parseObject, textAt } from "#infra/local/aws/json.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import {
  type Delivery,
  type Inbound,
  type LocalDoor,
  type ProviderLocal,
  unknownType,
} from "#infra/local/door/provider-local.ts";
import {
  takenWhatsApp,
  WHATSAPP_EVENTS,
  whatsAppEntry,
  whatsAppStatus,
} from "#providers/wire/local-whatsapp.ts";

/** End User Messaging Social: SendWhatsAppMessage is captured; what it tells is Meta's entry as a text, by the topic. */
export const local: ProviderLocal = {
  service: "social-messaging",
  requests: {
    signature: "social-messaging",
    operationOf: ({ method, path }) =>
      method === "POST" && path === "/v1/whatsapp/send" ? "SendWhatsAppMessage" : `${method} ${path}`,
  },
  throttles: ["ThrottledRequestException", 429],
  play: (door) => ({
    answer: (operation, request) => (operation === "SendWhatsAppMessage" ? sendMessage(door, request) : null),
    giveFeedback: (sent, feedback) => {
      const entry = whatsAppStatus(sent, feedback);
      return entry === null
        ? unknownType(feedback.type, WHATSAPP_EVENTS)
        : door.receive(envelope(door, entry));
    },
    bringIn: { whatsapp: (inbound) => bringIn(door, inbound) },
  }),
};

function sendMessage(door: LocalDoor, request: AwsRequest): AwsResponse {
  const input = parseObject(request.body) ?? {};
  const from = textAt(input, "originationPhoneNumberId") ?? "";
  const message = parseObject(Buffer.from(textAt(input, "message") ?? "", "base64").toString("utf8")) ?? {};
  const taken = takenWhatsApp(message);
  if (from === "" || "code" in taken)
    throw new AwsError(
      "InvalidParametersException",
      "One or more parameters provided to the action are not valid.",
    );
  const id = `wamid.${randomUUID()}`;
  door.outbox.add({
    ...taken,
    provider: "social-messaging",
    from,
    providerMessageId: id,
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  return jsonResponse({ messageId: id });
}

const envelope = (door: LocalDoor, entry: object): string =>
  JSON.stringify({
    context: {
      MetaWabaIds: [{ wabaId: "local-waba" }],
      MetaPhoneNumberIds: [{ metaPhoneNumberId: "local-phone" }],
    },
    whatsAppWebhookEntry: JSON.stringify(entry),
    aws_account_id: "000000000000",
    message_timestamp: new Date(door.now()).toISOString(),
    messageId: randomUUID(),
  });

function bringIn(door: LocalDoor, inbound: Inbound): Delivery {
  const delivered = door.receive(inbound.raw ?? envelope(door, whatsAppEntry(inbound, door.now())));
  return delivered.ok ? { ...delivered, providerMessageId: inbound.providerMessageId } : delivered;
}
