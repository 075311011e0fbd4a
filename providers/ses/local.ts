import { randomBytes } from "node:crypto";
import { objectAt, objectsAt, parseObject, stringsAt, textAt } from "#infra/local/aws/json.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import { type EventDestination, readDestination } from "#infra/local/door/destinations.ts";
import { named, opaque } from "#infra/local/door/identify.ts";
import type { LocalDoor, ProviderLocal, Sent } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";
import { decodeMime, type MailContent } from "#providers/wire/local-mime.ts";
import { feedbackOn } from "./local/feedback.ts";
import { bringInMail } from "./local/receipt.ts";
import { createSmtpTransport, type Transport } from "./local/smtp.ts";

/** SES v2: SendEmail is captured (and relayed when SMTP is configured), GetAccount tells a roomy quota. */
export const local: ProviderLocal = {
  service: "ses",
  requests: {
    signature: "ses",
    operationOf: ({ method, path }) => {
      if (method === "POST" && path === "/v2/email/outbound-emails") return "SendEmail";
      if (method === "GET" && path === "/v2/email/account") return "GetAccount";
      return `${method} ${path}`;
    },
  },
  throttles: ["TooManyRequestsException", 429],
  dollarsPerMillion: 100,
  types: {
    "AWS::SES::ConfigurationSet": named("ses", "Name", (name) => `configuration-set/${name}`),
    "AWS::SES::ConfigurationSetEventDestination": opaque,
    "AWS::SES::ReceiptRule": opaque,
  },
  inertTypes: ["AWS::SES::EmailIdentity", "AWS::SES::ReceiptRuleSet"],
  reallySends: true,
  play: (door) => {
    const transport = door.smtpUrl === undefined ? null : createSmtpTransport(door.smtpUrl);
    const sets = door.resources("AWS::SES::ConfigurationSet").map(({ identity }) => identity.ref);
    const playing = { door, transport, sets: new Set(sets) };
    const destinations = destinationsIn(door);
    return {
      answer: (operation, request) => {
        if (operation === "SendEmail") return sendEmail(playing, request);
        return operation === "GetAccount" ? account(door) : null;
      },
      giveFeedback: (sent, feedback) => feedbackOn(door, destinations, sent, feedback),
      bringIn: { email: (inbound) => bringInMail(door, inbound) },
    };
  },
};

type Playing = {
  readonly door: LocalDoor;
  readonly sets: ReadonlySet<string>;
  /** Really sends when SMTP is configured. */
  readonly transport: Transport | null;
};

const destinationsIn = (door: LocalDoor): readonly EventDestination[] =>
  door
    .resources("AWS::SES::ConfigurationSetEventDestination")
    .map(({ properties }) =>
      readDestination(
        objectAt(properties, "EventDestination"),
        textAt(properties, "ConfigurationSetName") ?? "",
      ),
    );

const account = ({ outbox }: LocalDoor): AwsResponse =>
  jsonResponse(
    {
      SendingEnabled: true,
      ProductionAccessEnabled: true,
      EnforcementStatus: "HEALTHY",
      SendQuota: {
        Max24HourSend: 50_000,
        // A tenth falls to each sender of the bulk lane: its pace on one machine is the machine's own.
        MaxSendRate: 1_000,
        SentLast24Hours: Math.min(outbox.count(), 50_000),
      },
    },
    "application/json",
  );

async function sendEmail(playing: Playing, request: AwsRequest): Promise<AwsResponse> {
  const input = parseObject(request.body) ?? {};
  const sent = decode(playing, input, request.caller);
  await playing.transport?.(sent);
  playing.door.outbox.add(sent);
  return jsonResponse({ MessageId: sent.providerMessageId }, "application/json");
}

/** SES's own shape of message ids: a hexadecimal time, a UUID-like part and -000000. */
const sesMessageId = (now: number): string => {
  const hex = randomBytes(16).toString("hex");
  return `01000${Math.floor(now).toString(16)}-${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}-000000`;
};

const MAX_HEADER_NAME = 126;
const MAX_HEADER_VALUE = 995;

function decode(playing: Playing, input: JsonObject, caller: string | null): Sent {
  const { door } = playing;
  const configurationSet = textAt(input, "ConfigurationSetName");
  if (configurationSet !== undefined && !playing.sets.has(configurationSet)) {
    throw new AwsError("NotFoundException", `Configuration set <${configurationSet}> does not exist.`, 404);
  }
  const destination = objectAt(input, "Destination");
  const recipients = ["ToAddresses", "CcAddresses", "BccAddresses"].flatMap((name) =>
    stringsAt(destination, name),
  );
  const content = objectAt(input, "Content");
  const body =
    "Raw" in content ? decodeRaw(objectAt(content, "Raw")) : decodeSimple(objectAt(content, "Simple"));
  const from = textAt(input, "FromEmailAddress") ?? body.headers.From ?? "";
  if (from === "") throw new AwsError("BadRequestException", "Missing required header 'From'.");
  if (recipients.length === 0) throw new AwsError("BadRequestException", "Missing final recipients.");
  const replyTo = stringsAt(input, "ReplyToAddresses");
  const tags = Object.fromEntries(
    objectsAt(input, "EmailTags").map((tag) => [textAt(tag, "Name") ?? "", textAt(tag, "Value") ?? ""]),
  );
  return {
    channel: "email",
    provider: "ses",
    to: recipients.join(", "),
    from,
    ...(body.subject === undefined ? {} : { subject: body.subject }),
    text: body.text,
    ...(body.html === undefined ? {} : { html: body.html }),
    headers: { ...body.headers, ...(replyTo.length > 0 ? { "Reply-To": replyTo.join(", ") } : {}) },
    messageId: tags.messageId ?? null,
    providerMessageId: sesMessageId(door.now()),
    at: new Date(door.now()).toISOString(),
    tags,
    ...(configurationSet === undefined ? {} : { configurationSet }),
    function: caller,
  };
}

function decodeSimple(simple: JsonObject): MailContent {
  const body = objectAt(simple, "Body");
  const html = textAt(objectAt(body, "Html"), "Data");
  const subject = textAt(objectAt(simple, "Subject"), "Data");
  if (subject === undefined) throw new AwsError("BadRequestException", "Content.Simple.Subject is missing.");
  const headers: { [name: string]: string } = {};
  for (const header of objectsAt(simple, "Headers")) {
    const name = textAt(header, "Name") ?? "";
    const value = textAt(header, "Value") ?? "";
    if (name.length > MAX_HEADER_NAME || value.length > MAX_HEADER_VALUE || /[\r\n]/.test(name + value)) {
      throw new AwsError("BadRequestException", `Header ${name.slice(0, 40)} is not valid.`);
    }
    headers[name] = value;
  }
  return {
    subject,
    text: textAt(objectAt(body, "Text"), "Data") ?? "",
    ...(html === undefined ? {} : { html }),
    headers,
  };
}

function decodeRaw(raw: JsonObject): MailContent {
  return decodeMime(Buffer.from(textAt(raw, "Data") ?? "", "base64").toString("utf8"));
}
