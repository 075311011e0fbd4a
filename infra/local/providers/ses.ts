import { randomBytes } from "node:crypto";
import { type JsonObject, objectAt, objectsAt, parseObject, stringsAt, textAt } from "../aws/json.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse, type Service } from "../aws/protocol.ts";
import { decodeMime, type MailContent } from "./mime.ts";
import type { Outbox, Sent } from "./outbox.ts";

type Around = {
  readonly outbox: Outbox;
  readonly now: () => number;
  readonly configurationSets: ReadonlySet<string>;
  /** Really sends when SMTP is configured; else does nothing. @throws Error when the mail server refuses */
  readonly transport: ((sent: Sent) => Promise<void>) | null;
};

/** SES v2: SendEmail is captured (and relayed when SMTP is configured), GetAccount tells a roomy quota. */
export function createSesService(around: Around): Service {
  return (operation, request) => {
    if (operation === "SendEmail") return sendEmail(around, request);
    if (operation === "GetAccount") {
      return jsonResponse(
        {
          SendingEnabled: true,
          ProductionAccessEnabled: true,
          EnforcementStatus: "HEALTHY",
          SendQuota: {
            Max24HourSend: 50_000,
            // A tenth falls to each sender of the bulk lane: its pace on one machine is the machine's own.
            MaxSendRate: 1_000,
            SentLast24Hours: Math.min(around.outbox.count(), 50_000),
          },
        },
        "application/json",
      );
    }
    return null;
  };
}

/** The operation of a SES v2 request, which speaks REST. */
export function sesOperation(request: AwsRequest): string {
  if (request.method === "POST" && request.path === "/v2/email/outbound-emails") return "SendEmail";
  if (request.method === "GET" && request.path === "/v2/email/account") return "GetAccount";
  return `${request.method} ${request.path}`;
}

async function sendEmail(around: Around, request: AwsRequest): Promise<AwsResponse> {
  const input = parseObject(request.body) ?? {};
  const sent = decode(around, input, request.caller);
  if (around.transport !== null) {
    try {
      await around.transport(sent);
    } catch (error) {
      throw new AwsError(
        "MessageRejected",
        `the mail server refused it: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  around.outbox.add(sent);
  return jsonResponse({ MessageId: sent.providerMessageId }, "application/json");
}

/** SES's own shape of message ids: a hexadecimal time, a UUID-like part and -000000. */
const sesMessageId = (now: number): string => {
  const hex = randomBytes(16).toString("hex");
  return `01000${Math.floor(now).toString(16)}-${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}-000000`;
};

const MAX_HEADER_NAME = 126;
const MAX_HEADER_VALUE = 995;

function decode(around: Around, input: JsonObject, caller: string | null): Sent {
  const configurationSet = textAt(input, "ConfigurationSetName");
  if (configurationSet !== undefined && !around.configurationSets.has(configurationSet)) {
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
    providerMessageId: sesMessageId(around.now()),
    at: new Date(around.now()).toISOString(),
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
