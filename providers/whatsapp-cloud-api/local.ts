import { createHmac, randomUUID } from "node:crypto";
import { parseObject } from "#infra/local/aws/json.ts";
import { type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import {
  type Delivery,
  type Feedback,
  type Inbound,
  type LocalDoor,
  type ProviderLocal,
  type Sent,
  unknownType,
} from "#infra/local/door/provider-local.ts";
import { type LocalFiles, localFiles } from "#providers/wire/local-files.ts";
import {
  takenWhatsApp,
  WHATSAPP_EVENTS,
  whatsAppEntry,
  whatsAppStatus,
} from "#providers/wire/local-whatsapp.ts";
import { API_URL } from "./settings.ts";

/** Of the account `default`, which is there while a hub is only tried. */
const ACCOUNT = {
  appSecret: "everybody may know this secret",
  verifyToken: "local-verify-token",
  accessToken: "local-access-token",
  phoneNumberId: "local-phone",
};

const FILES = "/files/";

/** Meta's Cloud API: `POST /<phone number id>/messages` is captured, and it calls us with its signature. */
export const local: ProviderLocal = {
  service: "whatsapp-cloud-api",
  requests: {
    addressIn: API_URL,
    operationOf: ({ method, path }) => {
      if (method === "POST" && /^\/[^/]+\/messages$/.test(path)) return "SendMessage";
      if (method === "GET") return path.startsWith(FILES) ? "DownloadMedia" : "GetMedia";
      return `${method} ${path}`;
    },
  },
  account: ACCOUNT,
  throttles: ["TooManyRequests", 429],
  play: (door) => {
    const files = localFiles();
    return {
      answer: (operation, request) => {
        if (operation === "SendMessage") return sendMessage(door, request);
        if (operation === "GetMedia") return describeMedia(files, request);
        return operation === "DownloadMedia" ? giveMedia(files, request.path.slice(FILES.length)) : null;
      },
      giveFeedback: (sent, feedback) => giveFeedback(door, sent, feedback),
      bringIn: { whatsapp: (inbound) => bringIn(door, inbound, files) },
    };
  },
};

/** Error 100 with its subcode 33: there is no such object, or not any more. */
const GONE: AwsResponse = {
  ...jsonResponse({ error: { message: "Unsupported get request", type: "GraphMethodException", code: 100 } }),
  status: 400,
};

function describeMedia(files: LocalFiles, { path, headers }: AwsRequest): AwsResponse {
  const id = path.slice(1);
  const file = files.find(id);
  if (file === undefined) return GONE;
  const url = `http://${headers.host}/_provider/whatsapp-cloud-api${FILES}${id}`;
  const described = { id, url, mime_type: file.type, file_size: file.bytes.length };
  return jsonResponse({ messaging_product: "whatsapp", ...described }, "application/json");
}

function giveMedia(files: LocalFiles, id: string): AwsResponse {
  const file = files.find(id);
  if (file === undefined) return { status: 404, headers: {}, body: "" };
  return { status: 200, headers: { "content-type": file.type }, body: file.bytes };
}

function sendMessage(door: LocalDoor, request: AwsRequest): AwsResponse {
  const taken = takenWhatsApp(parseObject(request.body) ?? {});
  if ("code" in taken) {
    const error = { message: "Invalid parameter", type: "OAuthException", code: taken.code };
    return { ...jsonResponse({ error }, "application/json"), status: 400 };
  }
  const id = `wamid.${randomUUID()}`;
  door.outbox.add({
    ...taken,
    provider: "whatsapp-cloud-api",
    from: request.path.split("/")[1] ?? "",
    providerMessageId: id,
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  const contacts = [{ input: taken.to, wa_id: taken.to }];
  return jsonResponse({ messaging_product: "whatsapp", contacts, messages: [{ id }] }, "application/json");
}

const call = (door: LocalDoor, body: string): Promise<Delivery> => {
  const signature = createHmac("sha256", ACCOUNT.appSecret).update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
  return door.post("/v1/in/whatsapp-cloud-api/default", { headers, body });
};

const bodyOf = (entry: object): string =>
  JSON.stringify({ object: "whatsapp_business_account", entry: [entry] });

async function giveFeedback(door: LocalDoor, sent: Sent, feedback: Feedback): Promise<Delivery> {
  const entry = whatsAppStatus(sent, feedback);
  return entry === null ? unknownType(feedback.type, WHATSAPP_EVENTS) : call(door, bodyOf(entry));
}

async function bringIn(door: LocalDoor, inbound: Inbound, files: LocalFiles): Promise<Delivery> {
  const written = { ...inbound, attachments: files.hold(inbound) };
  const body = inbound.raw ?? bodyOf(whatsAppEntry(written, door.now()));
  const delivered = await call(door, body);
  return delivered.ok ? { ...delivered, providerMessageId: inbound.providerMessageId } : delivered;
}
