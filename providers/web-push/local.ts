import { parseObject, textAt } from "#infra/local/aws/json.ts";
import { type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import type { LocalDoor, ProviderLocal } from "#infra/local/door/provider-local.ts";
import { TARGET_HEADER } from "#wire/public-call.ts";
import { decrypt, KNOWN_BROWSER } from "./decrypt.ts";
import { MESSAGE_HEADER, VIA } from "./settings.ts";

/** Of the account `default`, which is there while a hub is only tried. */
const ACCOUNT = {
  publicKey: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  privateKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  subject: "mailto:somebody@example.com",
};

/** Every push service: what it is handed is captured, and read where it is for the browser whose keys everybody knows. */
export const local: ProviderLocal = {
  service: "web-push",
  account: ACCOUNT,
  requests: { addressIn: VIA, operationOf: ({ method }) => (method === "POST" ? "Push" : method) },
  throttles: ["TooManyRequests", 429],
  play: (door) => ({ answer: (operation, request) => (operation === "Push" ? take(door, request) : null) }),
};

const readBy = (body: string): string | null => {
  try {
    return decrypt(Buffer.from(body, "base64"), KNOWN_BROWSER);
  } catch {
    return null;
  }
};

function take(door: LocalDoor, request: AwsRequest): AwsResponse {
  const read = readBy(request.body);
  const notification = parseObject(read ?? "{}") ?? {};
  const { [TARGET_HEADER]: to = "", topic = "" } = request.headers;
  const title = textAt(notification, "title");
  door.outbox.add({
    channel: "webpush",
    provider: "web-push",
    to,
    from: ACCOUNT.subject,
    ...(title === undefined ? {} : { subject: title }),
    text: textAt(notification, "body") ?? "[encrypted for another browser]",
    messageId: request.headers[MESSAGE_HEADER] ?? null,
    providerMessageId: topic,
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  return jsonResponse({}, "application/json");
}
