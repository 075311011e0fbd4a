import { createHash, randomUUID } from "node:crypto";
import { asObject, objectAt, parseObject, textAt } from "#infra/local/aws/json.ts";
import { arn } from "#infra/local/aws/place.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import type { LocalDoor, ProviderLocal, Sent } from "#infra/local/door/provider-local.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";

const PATH = /^\/v1\/apps\/([^/]+)\/messages$/;

/** Push through End User Messaging (`mobiletargeting`): SendMessages is captured, one entry a device token. */
export const local: ProviderLocal = {
  service: "mobiletargeting",
  requests: {
    signature: "mobiletargeting",
    operationOf: ({ method, path }) =>
      method === "POST" && PATH.test(path) ? "SendMessages" : `${method} ${path}`,
  },
  throttles: ["TooManyRequestsException", 429],
  dollarsPerMillion: 1,
  types: {
    "AWS::Pinpoint::App": (_properties, generated, place) => {
      const id = createHash("sha256").update(generated).digest("hex").slice(0, 32);
      return { ref: id, attributes: { Arn: arn(place, "mobiletargeting", `apps/${id}`) } };
    },
  },
  inertTypes: [
    "AWS::Pinpoint::APNSChannel",
    "AWS::Pinpoint::APNSSandboxChannel",
    "AWS::Pinpoint::GCMChannel",
  ],
  play: (door) => {
    const apps = door.resources("AWS::Pinpoint::App").map(({ identity }) => identity.ref);
    const applications = new Set(apps);
    return {
      answer: (operation, request) =>
        operation === "SendMessages" ? sendMessages(door, applications, request) : null,
    };
  },
};

function sendMessages(door: LocalDoor, applications: ReadonlySet<string>, request: AwsRequest): AwsResponse {
  const application = decodeURIComponent(PATH.exec(request.path)?.[1] ?? "");
  if (!applications.has(application)) throw new AwsError("NotFoundException", "Resource not found", 404);
  const input = parseObject(request.body) ?? {};
  const configuration = objectAt(input, "MessageConfiguration");
  const result: { [token: string]: object } = {};
  for (const [token, value] of Object.entries(objectAt(input, "Addresses"))) {
    const address = asObject(value) ?? {};
    const sent = decode(door, input, configuration, {
      token,
      channelType: textAt(address, "ChannelType") ?? "",
      address,
      caller: request.caller,
    });
    door.outbox.add(sent);
    result[token] = {
      DeliveryStatus: "SUCCESSFUL",
      StatusCode: 200,
      StatusMessage: "",
      MessageId: sent.providerMessageId,
    };
  }
  if (Object.keys(result).length === 0) throw new AwsError("BadRequestException", "No address was given.");
  return jsonResponse(
    { ApplicationId: application, RequestId: randomUUID(), Result: result },
    "application/json",
  );
}

type Target = {
  readonly token: string;
  readonly channelType: string;
  readonly address: JsonObject;
  readonly caller: string | null;
};

/** The part of the configuration that belongs to a channel type; the default message fills what it lacks. */
function messageFor(configuration: JsonObject, channelType: string): JsonObject {
  const name = channelType.startsWith("APNS")
    ? "APNSMessage"
    : channelType === "GCM"
      ? "GCMMessage"
      : `${channelType}Message`;
  return { ...objectAt(configuration, "DefaultPushNotificationMessage"), ...objectAt(configuration, name) };
}

function decode(door: LocalDoor, input: JsonObject, configuration: JsonObject, target: Target): Sent {
  const message = messageFor(configuration, target.channelType);
  const raw = parseObject(textAt(message, "RawContent") ?? "") ?? {};
  const notification = notificationIn(raw);
  const data = plainText({ ...objectAt(raw, "data"), ...objectAt(message, "Data") });
  const context = plainText({ ...objectAt(input, "Context"), ...objectAt(target.address, "Context") });
  const title = textAt(message, "Title") ?? textAt(notification, "title");
  return {
    channel: "push",
    provider: `mobiletargeting:${target.channelType}`,
    to: target.token,
    from: "",
    ...(title === undefined ? {} : { subject: title }),
    text: textAt(message, "Body") ?? textAt(notification, "body") ?? "",
    messageId: context.messageId ?? data.messageId ?? null,
    providerMessageId: randomUUID(),
    at: new Date(door.now()).toISOString(),
    tags: context,
    data,
    function: target.caller,
  };
}

/** Raw content comes in FCM's or APNs' own shape. */
function notificationIn(raw: JsonObject): JsonObject {
  const message = "fcmV1Message" in raw ? objectAt(objectAt(raw, "fcmV1Message"), "message") : raw;
  if (isObject(message.notification)) return message.notification;
  return objectAt(objectAt(message, "aps"), "alert");
}

function plainText(values: JsonObject): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
