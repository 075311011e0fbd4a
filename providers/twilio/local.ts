import { randomUUID } from "node:crypto";
import { smsSize } from "#channels/sms/size.ts";
import type { AwsRequest, AwsResponse } from "#infra/local/aws/protocol.ts";
import { jsonResponse } from "#infra/local/aws/protocol.ts";
import {
  type Delivery,
  type Feedback,
  type Inbound,
  type LocalDoor,
  type ProviderLocal,
  type Sent,
  unknownType,
} from "#infra/local/door/provider-local.ts";
import { API_URL } from "./settings.ts";
import { signatureOf } from "./signature.ts";

/** Of the account `default`, which is there while a hub is only tried. */
const ACCOUNT = { accountSid: `AC${"0".repeat(32)}`, authToken: "everybody may know this secret" };

/** Twilio's API: a text is captured, and it calls us with its signature. */
export const local: ProviderLocal = {
  service: "twilio",
  requests: {
    addressIn: API_URL,
    operationOf: ({ method, path }) =>
      method === "POST" && /\/Messages\.json$/.test(path) ? "SendMessage" : `${method} ${path}`,
  },
  account: ACCOUNT,
  throttles: ["TooManyRequests", 429],
  play: (door) => ({
    answer: (operation, request) => (operation === "SendMessage" ? sendMessage(door, request) : null),
    giveFeedback: (sent, feedback) => giveFeedback(door, sent, feedback),
    bringIn: { sms: (inbound) => bringIn(door, inbound) },
  }),
};

const refused = (code: number, message: string): AwsResponse => ({
  ...jsonResponse({ code, message, status: 400 }, "application/json"),
  status: 400,
});

function sendMessage(door: LocalDoor, request: AwsRequest): AwsResponse {
  const form = new URLSearchParams(request.body);
  const [to, text] = [form.get("To") ?? "", form.get("Body") ?? ""];
  if (!/^\+[1-9]\d{5,14}$/.test(to)) return refused(21_211, "The 'To' number is not a valid phone number.");
  if (text === "" || text.length > 1_600) return refused(21_617, "The message body exceeds the limit.");
  const callback = form.get("StatusCallback") ?? "";
  const sid = `SM${randomUUID().replaceAll("-", "")}`;
  door.outbox.add({
    channel: "sms",
    provider: "twilio",
    to,
    from: form.get("From") ?? form.get("MessagingServiceSid") ?? "",
    text,
    size: smsSize(text),
    messageId: URL.canParse(callback) ? new URL(callback).searchParams.get("messageId") : null,
    providerMessageId: sid,
    at: new Date(door.now()).toISOString(),
    tags: { callback },
    function: request.caller,
  });
  return { ...jsonResponse({ sid, status: "queued", to }, "application/json"), status: 201 };
}

const call = (door: LocalDoor, url: string, form: URLSearchParams): Promise<Delivery> => {
  const { pathname, search } = new URL(url);
  return door.post(`${pathname}${search}`, {
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signatureOf(ACCOUNT.authToken, url, form),
    },
    body: form.toString(),
  });
};

/** Our words for what becomes of a text: Twilio's status, and the code of the error. */
const STATUSES: Readonly<Record<string, readonly [string, string?]>> = {
  sent: ["sent"],
  delivered: ["delivered"],
  failed: ["undelivered", "30003"],
  bounced: ["undelivered", "30005"],
  blocked: ["undelivered", "30007"],
  unsubscribed: ["failed", "21610"],
};

async function giveFeedback(door: LocalDoor, sent: Sent, { type }: Feedback): Promise<Delivery> {
  const [status, code] = STATUSES[type] ?? [];
  if (status === undefined) return unknownType(type, Object.keys(STATUSES));
  const form = new URLSearchParams({
    MessageSid: sent.providerMessageId,
    MessageStatus: status,
    To: sent.to,
    From: sent.from,
    ...(code === undefined ? {} : { ErrorCode: code }),
  });
  return call(door, sent.tags?.callback ?? "", form);
}

async function bringIn(door: LocalDoor, inbound: Inbound): Promise<Delivery> {
  const { raw, from, to = "+12065550100", text, providerMessageId } = inbound;
  const written = { MessageSid: providerMessageId, From: from, To: to, Body: text, NumMedia: "0" };
  const form = new URLSearchParams(raw ?? written);
  const delivered = await call(door, `${door.apiUrl}/v1/in/twilio/default`, form);
  return delivered.ok
    ? { ...delivered, providerMessageId: form.get("MessageSid") ?? providerMessageId }
    : delivered;
}
