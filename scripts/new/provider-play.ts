import type { Files } from "./names.ts";

interface Played {
  readonly name: string;
  readonly channel: string;
}

const local = ({ name, channel }: Played): string => `import { randomUUID } from "node:crypto";
import { objectAt, parseObject, textAt } from "#infra/local/aws/json.ts";
import type { JsonObject } from "#kernel/json.ts";
import { AwsError, type AwsRequest, type AwsResponse, jsonResponse } from "#infra/local/aws/protocol.ts";
import { type LocalDoor, type ProviderLocal, type Sent, unknownType } from "#infra/local/door/provider-local.ts";
import { API_URL } from "./settings.ts";

/** What it tells, by our words for it. */
const STATUSES: readonly string[] = ["sent", "delivered", "bounced", "failed"];

/** The API of ${name}: \`POST /messages\` is captured. */
export const local: ProviderLocal = {
  service: "${name}",
  requests: {
    addressIn: API_URL,
    operationOf: ({ method, path }) =>
      method === "POST" && path === "/messages" ? "SendMessage" : \`\${method} \${path}\`,
  },
  throttles: ["TooManyRequests", 429],
  play: (door) => ({
    answer: (operation, request) => (operation === "SendMessage" ? sendMessage(door, request) : null),
    giveFeedback: (sent, { type, at }) =>
      STATUSES.includes(type) ? door.report(eventOf(sent, type, at)) : unknownType(type, STATUSES),
  }),
};

function sendMessage(door: LocalDoor, request: AwsRequest): AwsResponse {
  const input = parseObject(request.body) ?? {};
  const message = objectAt(input, "message");
  const text = textAt(message, "text") ?? textAt(message, "body");
  if (text === undefined) throw new AwsError("BadRequest", "The message says nothing.");
  const id = randomUUID();
  door.outbox.add({
    channel: "${channel}",
    provider: "${name}",
    to: textAt(message, "to") ?? "",
    from: textAt(message, "from") ?? "",
    text,
    messageId: textAt(input, "reference") ?? null,
    providerMessageId: id,
    at: new Date(door.now()).toISOString(),
    function: request.caller,
  });
  return jsonResponse({ id }, "application/json");
}

const eventOf = (sent: Sent, status: string, at: string): JsonObject => ({
  provider: "${name}",
  id: sent.providerMessageId,
  ...(sent.messageId === null ? {} : { reference: sent.messageId }),
  status,
  address: sent.to,
  at,
});
`;

const contract = ({
  name,
  channel,
}: Played): string => `import { EXAMPLE } from "#channels/${channel}/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";
import { API_URL } from "./settings.ts";

const status = (code: number): ApiAnswer => ({ status: code, body: {} });

const AT = "2027-01-01T11:30:00.000Z";
const eventOf = (state: string) => ({ provider: "${name}", id: "m-1", reference: "msg_1", status: state, at: AT });
const ids = { messageId: "msg_1", providerMessageId: "m-1", at: AT };

export const contract: ProviderContract = {
  sending: {
    ${channel}: {
      settings: (url) => ({ [API_URL]: url }),
      rights: {},
      message: EXAMPLE,
      request: { path: "/messages", body: { reference: "msg_1", message: EXAMPLE } },
      accepted: [
        {
          answer: { status: 202, body: { id: "m-1" } },
          result: { result: "accepted", providerMessageId: "m-1" },
        },
      ],
      refused: [
        {
          answer: status(422),
          result: { result: "refused", reason: "address", address: "invalid" },
        },
        { answer: status(413), result: { result: "refused", reason: "status 413" } },
      ],
      senderAtFault: [
        {
          answer: status(401),
          result: { result: "later", reason: "credentials", retryAfterMs: 300_000 },
        },
      ],
      throttled: [
        { answer: status(429), result: { result: "later", reason: "throttled", retryAfterMs: 1_000 } },
      ],
      outage: [],
      unknown: [status(504)],
    },
  },
  reports: [
    { event: eventOf("delivered"), says: { ...ids, fact: { kind: "delivered" } } },
    {
      event: { ...eventOf("bounced"), address: "nobody" },
      says: {
        ...ids,
        fact: { kind: "bounced", permanent: true, reason: "no such address", addresses: ["nobody"] },
      },
    },
    { event: eventOf("failed"), says: { ...ids, fact: { kind: "failed", reason: "failed at the provider" } } },
    { event: eventOf("of tomorrow"), says: null },
    { event: { ...eventOf("delivered"), reference: undefined }, says: null },
  ],
  inbound: [
    {
      payload: { id: "in-1", from: "somebody", to: "us", text: "Yes", at: AT },
      says: [
        { channel: "${channel}", providerMessageId: "in-1", from: "somebody", to: "us", text: "Yes", at: AT },
      ],
    },
    { payload: { id: "in-2", kind: "typing" }, says: undefined },
  ],
};
`;

/** How a provider's API is played: for the local cloud, and for the contract suite. */
export const playFiles = (wanted: Played): Files => ({
  "local.ts": local(wanted),
  "contract.ts": contract(wanted),
});
