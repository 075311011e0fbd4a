import { randomUUID } from "node:crypto";
import { objectAt, parseObject, textAt } from "#infra/local/aws/json.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import {
  type Delivery,
  type Inbound,
  type LocalDoor,
  type ProviderLocal,
  unknownType,
} from "#infra/local/door/provider-local.ts";
import { type LocalFiles, localFiles } from "#providers/wire/local-files.ts";
import {
  takenWhatsApp,
  WHATSAPP_EVENTS,
  whatsAppEntry,
  whatsAppStatus,
} from "#providers/wire/local-whatsapp.ts";

const OPERATIONS: Readonly<Record<string, string>> = {
  "/v1/whatsapp/send": "SendWhatsAppMessage",
  "/v1/whatsapp/media/get": "GetWhatsAppMessageMedia",
};

/** End User Messaging Social: SendWhatsAppMessage is captured; what it tells is Meta's entry as a text, by the topic. */
export const local: ProviderLocal = {
  service: "social-messaging",
  requests: {
    signature: "social-messaging",
    operationOf: ({ method, path }) =>
      (method === "POST" ? OPERATIONS[path] : undefined) ?? `${method} ${path}`,
  },
  throttles: ["ThrottledRequestException", 429],
  play: (door) => {
    const files = localFiles();
    return {
      answer: (operation, request) => {
        if (operation === "SendWhatsAppMessage") return sendMessage(door, request);
        return operation === "GetWhatsAppMessageMedia" ? getMedia(door, files, request) : null;
      },
      giveFeedback: (sent, feedback) => {
        const entry = whatsAppStatus(sent, feedback);
        return entry === null
          ? unknownType(feedback.type, WHATSAPP_EVENTS)
          : door.receive(envelope(door, entry));
      },
      bringIn: { whatsapp: (inbound) => bringIn(door, inbound, files) },
    };
  },
};

/** The size is told in kilobytes. */
function getMedia(door: LocalDoor, files: LocalFiles, request: AwsRequest): AwsResponse {
  const input = parseObject(request.body) ?? {};
  const file = files.find(textAt(input, "mediaId") ?? "");
  if (file === undefined) throw new AwsError("ResourceNotFoundException", "The resource was not found.", 404);
  const place = objectAt(input, "destinationS3File");
  const [bucket, key] = [textAt(place, "bucketName"), textAt(place, "key")];
  if (bucket !== undefined && key !== undefined) door.putObject(bucket, key, file.bytes);
  return jsonResponse({ mimeType: file.type, fileSize: Math.ceil(file.bytes.length / 1_024) });
}

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
      MetaPhoneNumberIds: [
        {
          metaPhoneNumberId: "local-phone",
          arn: "arn:aws:social-messaging:us-east-1:000000000000:phone-number-id/1",
        },
      ],
    },
    whatsAppWebhookEntry: JSON.stringify(entry),
    aws_account_id: "000000000000",
    message_timestamp: new Date(door.now()).toISOString(),
    messageId: randomUUID(),
  });

function bringIn(door: LocalDoor, inbound: Inbound, files: LocalFiles): Delivery {
  const delivered = door.receive(
    inbound.raw ??
      envelope(door, whatsAppEntry({ ...inbound, attachments: files.hold(inbound) }, door.now())),
  );
  return delivered.ok ? { ...delivered, providerMessageId: inbound.providerMessageId } : delivered;
}
