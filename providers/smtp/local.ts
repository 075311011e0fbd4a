import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import type { LocalDoor, ProviderLocal } from "#infra/local/door/provider-local.ts";
import { decodeMime } from "../wire/local-mime.ts";
import { listenForMail } from "./local/listener.ts";

/** A mail server that takes every mail of a hub that is only tried. Of a hub that serves, accounts lead to real ones. */
export const local: ProviderLocal = {
  service: "smtp",
  listens: {
    listen: listenForMail,
    account: (address) => ({ url: `smtp://${address}` }),
    operation: "Send",
  },
  throttles: ["450", 429],
  reallySends: true,
  play: (door) => ({
    answer: (operation, request) => (operation === "Send" ? takeMail(door, request) : null),
  }),
};

const ID = /^<(msg_[^@>]+)@[^>]*>$/;

function takeMail(door: LocalDoor, request: AwsRequest): AwsResponse {
  const { subject, text, html, headers } = decodeMime(request.body);
  const { From: from = "", "Message-Id": id = "" } = headers;
  const to = request.headers.recipients ?? "";
  if (to === "") throw new AwsError("554", "no valid recipients");
  door.outbox.add({
    channel: "email",
    provider: "smtp",
    to,
    from,
    ...(subject === undefined ? {} : { subject }),
    text: text.trimEnd(),
    ...(html === undefined ? {} : { html }),
    headers,
    messageId: ID.exec(id)?.[1] ?? null,
    providerMessageId: id.replace(/^<|>$/g, ""),
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  return jsonResponse({}, "application/json");
}
