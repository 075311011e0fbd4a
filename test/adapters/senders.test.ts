import { PinpointClient } from "@aws-sdk/client-pinpoint";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { describe, expect, it } from "vitest";
import { pinpointPushSender } from "#adapters/pinpoint/push-sender.ts";
import { sesEmailSender } from "#adapters/ses/email-sender.ts";
import { encodeMailbox } from "#adapters/ses/mailbox.ts";
import { endUserMessagingSmsSender } from "#adapters/sms/sms-sender.ts";
import type { EmailMessage, PushMessage, SmsMessage } from "#domain/records/message.ts";
import type { SendResult } from "#ports/channel-sender.ts";
import { NOW } from "../support/customers/events.ts";

type Answer = { readonly status: number; readonly body: object; readonly error?: string } | Error;
type Seen = { readonly path: string; readonly body: unknown };

/** The client's own HTTP layer, answering as the service would: what is sent and read passes the real SDK. */
const wire = (answer: Answer) => {
  const seen: Seen[] = [];
  const handle = async (request: { path: string; body?: unknown }) => {
    const bytes =
      request.body instanceof Uint8Array
        ? Buffer.from(request.body)
        : Buffer.from(String(request.body ?? "{}"));
    seen.push({ path: request.path, body: JSON.parse(bytes.toString("utf8")) });
    if (answer instanceof Error) throw answer;
    const { status, body, error } = answer;
    return {
      response: {
        statusCode: status,
        headers: {
          "content-type": "application/json",
          ...(error === undefined ? {} : { "x-amzn-errortype": error }),
        },
        body: Buffer.from(JSON.stringify(body)),
      },
    };
  };
  const config = {
    region: "us-east-1",
    endpoint: "http://127.0.0.1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: { handle },
  };
  return { config, seen };
};
const failing = (error: string, status = 400, message = "", more: object = {}): Answer => ({
  status,
  error,
  body: { __type: error, message, Message: message, ...more },
});
const dropped = (code: string): Error => Object.assign(new Error(code), { code, name: "Error" });

const IDS = { messageId: "msg_1", lane: "bulk", deadline: new Date(NOW + 60_000).toISOString() } as const;
const MAIL: EmailMessage = {
  channel: "email",
  from: "Café Fern <hello@fern.example>",
  to: "ada@example.com",
  replyTo: "help@fern.example",
  subject: "Grüße",
  text: "Hi",
  html: "<p>Hi</p>",
  headers: { "List-Unsubscribe": "<https://hub.example/u/x>" },
};
const SMS: SmsMessage = { channel: "sms", to: "+4915112345678", from: "+15550100", text: "Hi", parts: 1 };
const PUSH: PushMessage = {
  channel: "push",
  devices: [
    { address: "gcm:t1", token: "t1", platform: "GCM" },
    { address: "apns:t2", token: "t2", platform: "APNS" },
  ],
  title: "Hi",
  body: "There",
  data: { sku: "T-1" },
  url: "app://cart",
  image: "https://i.example/x.png",
};

const providers = {
  ses: (answer: Answer) => {
    const { config, seen } = wire(answer);
    const sender = sesEmailSender({ client: new SESv2Client(config), configurationSet: "rapport-test" });
    return { seen, send: () => sender.send(MAIL, IDS) };
  },
  sms: (answer: Answer) => {
    const { config, seen } = wire(answer);
    const client = new PinpointSMSVoiceV2Client(config);
    const sender = endUserMessagingSmsSender({ client, configurationSet: "rapport-test", now: () => NOW });
    return { seen, send: () => sender.send(SMS, IDS) };
  },
  push: (answer: Answer) => {
    const { config, seen } = wire(answer);
    const sender = pinpointPushSender({
      client: new PinpointClient(config),
      applicationId: "app",
      now: () => NOW,
    });
    return { seen, send: () => sender.send(PUSH, IDS) };
  },
};

describe.each(Object.entries(providers))("sending by %s", (_name, over) => {
  it.each([
    [failing("TooManyRequestsException", 429), "throttled"],
    [failing("ThrottlingException", 400, "Maximum sending rate exceeded."), "throttled"],
    [failing("ServiceUnavailable", 503), "unavailable"],
    [failing("AccessDeniedException", 403), "AccessDeniedException"],
    [dropped("ECONNREFUSED"), "unreachable"],
    [dropped("ENOTFOUND"), "unreachable"],
  ])("asks to try again later when it was surely not sent (%#)", async (answer, reason) => {
    expect(await over(answer).send()).toMatchObject({ result: "later", reason });
  });

  it.each([
    failing("InternalFailure", 500),
    failing("BadGateway", 502),
    dropped("ECONNRESET"),
    dropped("ETIMEDOUT"),
  ])("throws when nobody knows whether it was sent (%#)", async (answer) => {
    await expect(over(answer).send()).rejects.toThrow();
  });

  it("calls once and never again by itself", async () => {
    const { send, seen } = over(failing("ServiceUnavailable", 503));
    await send();
    expect(seen).toHaveLength(1);
  });

  it("says that an unknown refusal is one, by its name only", async () => {
    const result = await over(failing("BadRequestException", 400, "secret ada@example.com")).send();
    expect(result.result).toBe("refused");
    expect(JSON.stringify(result)).not.toContain("ada@");
  });
});

describe("SES", () => {
  it("gets subject, both parts, headers and our id as a tag", async () => {
    const { send, seen } = providers.ses({ status: 200, body: { MessageId: "ses-1" } });
    expect(await send()).toEqual({ result: "accepted", providerMessageId: "ses-1" });
    expect(seen[0]?.body).toEqual({
      FromEmailAddress: "=?UTF-8?B?Q2Fmw6kgRmVybg==?= <hello@fern.example>",
      Destination: { ToAddresses: ["ada@example.com"] },
      ReplyToAddresses: ["help@fern.example"],
      Content: {
        Simple: {
          Subject: { Data: "Grüße", Charset: "UTF-8" },
          Body: { Text: { Data: "Hi", Charset: "UTF-8" }, Html: { Data: "<p>Hi</p>", Charset: "UTF-8" } },
          Headers: [{ Name: "List-Unsubscribe", Value: "<https://hub.example/u/x>" }],
        },
      },
      EmailTags: [
        { Name: "messageId", Value: "msg_1" },
        { Name: "lane", Value: "bulk" },
      ],
      ConfigurationSetName: "rapport-test",
    });
  });

  it.each<[Answer, SendResult]>([
    [failing("MessageRejected"), { result: "refused", reason: "MessageRejected" }],
    [
      failing("BadRequestException", 400, "Missing final '@domain'"),
      { result: "refused", reason: "address", address: "invalid" },
    ],
    [
      failing("TooManyRequestsException", 429, "Daily message quota exceeded."),
      { result: "later", reason: "daily quota", retryAfterMs: 900_000 },
    ],
    [
      failing("AccountSuspendedException"),
      { result: "later", reason: "account suspended", retryAfterMs: 900_000 },
    ],
    [failing("SendingPausedException"), { result: "later", reason: "sending paused", retryAfterMs: 900_000 }],
  ])("tells refusals from pauses (%#)", async (answer, expected) => {
    expect(await providers.ses(answer).send()).toEqual(expected);
  });

  it("writes long foreign names as encoded words of at most 75 characters", () => {
    const mailbox = encodeMailbox(`"${"Überraschung ".repeat(8).trim()}" <a@b.example>`);
    const words = mailbox.replace(" <a@b.example>", "").split(" ");
    expect(words.every((word) => word.length <= 75 && /^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/.test(word))).toBe(
      true,
    );
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), "base64").toString("utf8")).join("");
    expect(decoded).toBe("Überraschung ".repeat(8).trim());
    expect(encodeMailbox("Shop <a@b.example>")).toBe("Shop <a@b.example>");
    expect(encodeMailbox("a@b.example")).toBe("a@b.example");
  });
});

describe("End User Messaging SMS", () => {
  it("gets the text with our id as context, and lives as long as the message", async () => {
    const { send, seen } = providers.sms({ status: 200, body: { MessageId: "sms-1" } });
    expect(await send()).toEqual({ result: "accepted", providerMessageId: "sms-1" });
    expect(seen[0]?.body).toEqual({
      DestinationPhoneNumber: "+4915112345678",
      OriginationIdentity: "+15550100",
      MessageBody: "Hi",
      MessageType: "PROMOTIONAL",
      ConfigurationSetName: "rapport-test",
      Context: { messageId: "msg_1" },
      TimeToLive: 60,
    });
  });

  it.each<[Answer, SendResult]>([
    [
      failing("ConflictException", 400, "", { Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT" }),
      { result: "refused", reason: "opted out" },
    ],
    [failing("ValidationException"), { result: "refused", reason: "ValidationException" }],
    [failing("ServiceQuotaExceededException"), { result: "later", reason: "quota", retryAfterMs: 900_000 }],
    [
      failing("ResourceNotFoundException", 404),
      { result: "later", reason: "ResourceNotFound", retryAfterMs: 300_000 },
    ],
  ])("tells refusals from pauses (%#)", async (answer, expected) => {
    expect(await providers.sms(answer).send()).toEqual(expected);
  });
});

describe("push", () => {
  const answered = (one: object, two: object): Answer => ({
    status: 200,
    body: { ApplicationId: "app", Result: { t1: one, t2: two } },
  });
  const device = (DeliveryStatus: string, StatusCode = 200, MessageId = "p-1") => ({
    DeliveryStatus,
    StatusCode,
    MessageId,
  });

  it("reaches all devices in one call, with our id in the data", async () => {
    const { send, seen } = providers.push(answered(device("SUCCESSFUL"), device("SUCCESSFUL")));
    expect(await send()).toEqual({ result: "accepted", providerMessageId: "p-1", invalidAddresses: [] });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.path).toBe("/v1/apps/app/messages");
    expect(seen[0]?.body).toMatchObject({
      Addresses: { t1: { ChannelType: "GCM" }, t2: { ChannelType: "APNS" } },
      MessageConfiguration: {
        GCMMessage: {
          Title: "Hi",
          Body: "There",
          Action: "URL",
          Url: "app://cart",
          ImageUrl: "https://i.example/x.png",
          Data: { sku: "T-1", messageId: "msg_1" },
          TimeToLive: 60,
        },
      },
    });
  });

  it.each<[object, object, SendResult]>([
    [
      device("SUCCESSFUL"),
      device("PERMANENT_FAILURE", 410),
      { result: "accepted", providerMessageId: "p-1", invalidAddresses: ["apns:t2"] },
    ],
    [
      device("OPT_OUT", 410),
      device("PERMANENT_FAILURE", 410),
      { result: "refused", reason: "address", address: "invalid" },
    ],
    [
      device("THROTTLED", 429),
      device("OPT_OUT", 410),
      { result: "later", reason: "throttled", retryAfterMs: 1_000 },
    ],
    [
      device("TEMPORARY_FAILURE", 500),
      device("OPT_OUT", 410),
      { result: "later", reason: "unavailable", retryAfterMs: 1_000 },
    ],
    [
      device("PERMANENT_FAILURE", 403),
      device("PERMANENT_FAILURE", 401),
      { result: "later", reason: "credentials of the push service", retryAfterMs: 300_000 },
    ],
  ])("makes one answer of what each device says (%#)", async (one, two, expected) => {
    expect(await providers.push(answered(one, two)).send()).toEqual(expected);
  });

  it("throws when the push service does not know, or says nothing of any device", async () => {
    await expect(providers.push({ status: 200, body: { Result: {} } }).send()).rejects.toThrow();
    await expect(
      providers.push(answered(device("UNKNOWN_FAILURE"), device("OPT_OUT"))).send(),
    ).rejects.toThrow();
  });
});
