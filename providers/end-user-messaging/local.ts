import { createHash, randomUUID } from "node:crypto";
import { smsSize } from "#channels/sms/size.ts";
import { objectAt, objectsAt, parseObject, textAt } from "#infra/local/aws/json.ts";
import { arn } from "#infra/local/aws/place.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import {
  deliver,
  destinationsOf,
  type EventDestination,
  readDestination,
} from "#infra/local/door/destinations.ts";
import { type Identify, named } from "#infra/local/door/identify.ts";
import {
  type Delivery,
  type Feedback,
  type LocalDoor,
  type ProviderLocal,
  type Sent,
  unknownType,
} from "#infra/local/door/provider-local.ts";
import { SMS_EVENT_TYPES, smsEvent } from "./local/events.ts";
import { bringInText } from "./local/inbound.ts";

const identifyPhoneNumber: Identify = (properties, generated, place) => {
  const id = `phone-${createHash("sha256").update(generated).digest("hex").slice(0, 32)}`;
  const digits = parseInt(createHash("sha256").update(generated).digest("hex").slice(0, 8), 16) % 10_000_000;
  const number = textAt(properties, "PhoneNumber") ?? `+1206${String(digits).padStart(7, "0")}`;
  return {
    ref: id,
    attributes: {
      PhoneNumberId: id,
      PhoneNumber: number,
      Arn: arn(place, "sms-voice", `phone-number/${id}`),
    },
  };
};

/** End User Messaging SMS: SendTextMessage is captured. */
export const local: ProviderLocal = {
  service: "sms-voice",
  requests: { target: "PinpointSMSVoiceV2" },
  throttles: ["ThrottlingException", 400],
  types: {
    "AWS::SMSVOICE::ConfigurationSet": named(
      "sms-voice",
      "ConfigurationSetName",
      (name) => `configuration-set/${name}`,
    ),
    "AWS::SMSVOICE::PhoneNumber": identifyPhoneNumber,
  },
  inertTypes: [
    "AWS::SMSVOICE::OptOutList",
    "AWS::SMSVOICE::Pool",
    "AWS::SMSVOICE::ProtectConfiguration",
    "AWS::SMSVOICE::SenderId",
  ],
  play: (door) => {
    const sets = door.resources("AWS::SMSVOICE::ConfigurationSet");
    const names = new Set(sets.map(({ identity }) => identity.ref));
    const destinations = sets.flatMap(({ properties, identity }) =>
      objectsAt(properties, "EventDestinations").map((one) => readDestination(one, identity.ref)),
    );
    return {
      answer: (operation, request) =>
        operation === "SendTextMessage" ? sendText(door, names, request) : null,
      giveFeedback: (sent, feedback) => feedbackOn(door, destinations, sent, feedback),
      bringIn: { sms: (inbound) => bringInText(door, inbound) },
    };
  },
};

const MAX_BODY = 1600;

function sendText(door: LocalDoor, sets: ReadonlySet<string>, request: AwsRequest): AwsResponse {
  const input = parseObject(request.body) ?? {};
  const to = textAt(input, "DestinationPhoneNumber") ?? "";
  const configurationSet = textAt(input, "ConfigurationSetName");
  const text = textAt(input, "MessageBody") ?? "";
  if (!/^\+?[1-9][0-9]{1,18}$/.test(to))
    throw invalid("DestinationPhoneNumber is not a phone number in E.164 form");
  if (text === "" || text.length > MAX_BODY)
    throw invalid(`MessageBody must have between 1 and ${MAX_BODY} characters`);
  if (configurationSet !== undefined && !sets.has(configurationSet)) {
    throw new AwsError("ResourceNotFoundException", `Configuration set ${configurationSet} does not exist`);
  }
  const id = randomUUID();
  if (input.DryRun === true) return jsonResponse({ MessageId: id });
  const context: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(objectAt(input, "Context"))) context[name] = String(value);
  door.outbox.add({
    channel: "sms",
    provider: "sms-voice",
    to,
    from: textAt(input, "OriginationIdentity") ?? "",
    text,
    size: smsSize(text),
    messageId: context.messageId ?? null,
    providerMessageId: id,
    at: new Date(door.now()).toISOString(),
    tags: context,
    ...(configurationSet === undefined ? {} : { configurationSet }),
    function: request.caller,
  });
  return jsonResponse({ MessageId: id });
}

const invalid = (message: string): AwsError => new AwsError("ValidationException", message);

/** The service tells the default bus of its own accord, without a destination (best effort). */
function feedbackOn(
  door: LocalDoor,
  all: readonly EventDestination[],
  sent: Sent,
  { type, at }: Feedback,
): Delivery {
  const event = smsEvent(sent, type, at);
  if (event === null) return unknownType(type, SMS_EVENT_TYPES);
  return deliver(door, destinationsOf(all, sent, event.matching), {
    body: event.body,
    source: "aws.sms-voice",
    detailType: "Text Message Delivery Status Updated",
    always: true,
  });
}
