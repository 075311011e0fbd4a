import { capitalized, type Files } from "./names.ts";
import { playFiles } from "./provider-play.ts";

export interface NewProvider {
  readonly name: string;
  readonly channel: string;
}

/** `acme-mail` -> `ACME_MAIL`. */
const constant = (name: string): string => name.toUpperCase().replaceAll("-", "_");

const settings = ({
  name,
}: NewProvider): string => `/** Environment variable of the worker: where the API is, without a slash at the end. */
export const API_URL = "${constant(name)}_API_URL";
`;

const sender = ({ name, channel }: NewProvider): string => {
  const message = `${capitalized(channel)}Message`;
  return `import type { ${message} } from "#channels/${channel}/message.ts";
import type { ProviderSender, SendIds, SendResult } from "#ports/provider.ts";
import { readFailure, untilMended } from "../wire/failure.ts";
import { API_URL } from "./settings.ts";

const SECOND_MS = 1_000;

/** Ours to mend: the key is wrong, or may not do this. */
const CREDENTIALS = untilMended(
  "credentials",
  "${capitalized(name)} refuses our key, or what it may do. Look at the key and its rights in the provider's console.",
  5,
);

/** What a refusal means, by its status; its text is never read, for it may quote addresses. Null: nobody knows whether it was sent. */
const refusalOf = (status: number): SendResult | null => {
  if (status === 429) return { result: "later", reason: "throttled", retryAfterMs: SECOND_MS };
  if (status === 503) return { result: "later", reason: "unavailable", retryAfterMs: SECOND_MS };
  if (status === 401 || status === 403) return CREDENTIALS;
  if (status === 422) return { result: "refused", reason: "address", address: "invalid" };
  return status >= 400 && status < 500 ? { result: "refused", reason: \`status \${status}\` } : null;
};

const idIn = (answer: unknown): string =>
  typeof answer === "object" && answer !== null && "id" in answer ? String(answer.id) : "";

const bodyOf = (message: ${message}, { messageId }: SendIds): string =>
  JSON.stringify({ reference: messageId, message });

/** ${capitalized(name)} carries \`${channel}\`. */
export const ${channel}: ProviderSender<${message}> = {
  settings: [API_URL],
  connect: ({ setting, patience }) => ({
    send: async (message, ids) => {
      const call = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: bodyOf(message, ids),
        signal: AbortSignal.timeout(patience.answerMs),
      };
      const response = await fetch(\`\${setting(API_URL)}/messages\`, call).catch((error: Error) => {
        const failure = readFailure(error.cause, {});
        if (failure === null) throw error;
        return failure;
      });
      if ("result" in response) return response;
      if (response.ok) return { result: "accepted", providerMessageId: idIn(await response.json()) };
      const refusal = refusalOf(response.status);
      if (refusal === null) throw new Error(\`the provider answered \${response.status}\`);
      return refusal;
    },
  }),
};
`;
};

const reports = ({ name }: NewProvider): string => `import * as z from "zod/mini";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { ProviderReports } from "#ports/provider.ts";

/** Its events in as much detail as we use. */
const MessageEvent = z.object({
  provider: z.literal("${name}"),
  id: z.string(),
  /** Our own id, as it was sent along. */
  reference: z.optional(z.string()),
  status: z.string(),
  address: z.optional(z.string()),
  at: z.iso.datetime(),
});
type MessageEvent = z.infer<typeof MessageEvent>;

const factOf = ({ status, address }: MessageEvent): ProviderReport["fact"] | null => {
  switch (status) {
    case "sent":
    case "delivered":
      return { kind: status };
    case "bounced":
      return {
        kind: "bounced",
        permanent: true,
        reason: "no such address",
        addresses: address === undefined ? [] : [address],
      };
    case "failed":
      return { kind: "failed", reason: "failed at the provider" };
    default:
      return null;
  }
};

/** What ${name} tells of a message. Null for those without an id of ours, and for kinds that say nothing. */
export const reports: ProviderReports = {
  read: (given) => {
    const { success, data: event } = z.safeParse(MessageEvent, given);
    if (!success) return undefined;
    const fact = factOf(event);
    if (event.reference === undefined || fact === null) return null;
    return { messageId: event.reference, providerMessageId: event.id, at: event.at, fact };
  },
};
`;

const inbound = ({ channel }: NewProvider): string => `import * as z from "zod/mini";
import type { ProviderInbound } from "#ports/provider.ts";

/** What it hands over of what a customer wrote, in as much detail as we use. */
const Written = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
});

export const inbound: ProviderInbound = {
  read: (payload) => {
    const { success, data } = z.safeParse(Written, payload);
    if (!success) return undefined;
    const { id: providerMessageId, from, to, text, at } = data;
    return { messages: [{ channel: "${channel}", providerMessageId, from, to, text, at }] };
  },
};
`;

const resources = ({
  name,
  channel,
}: NewProvider): string => `import type { ProviderResources } from "#infra/constructs/provider-resources.ts";
import { API_URL } from "./settings.ts";

/** Nothing of its own in AWS: the worker is told where the API is. */
export const ${channel}: ProviderResources = {
  add: () => ({ environment: { [API_URL]: "https://api.${name}.example/v1" } }),
};
`;

const readme = ({ name, channel }: NewProvider): string => `# ${capitalized(name)}
Carries \`${channel}\`. Name it in \`playbook.yaml\`: \`channels.${channel}.provider: ${name}\`.

## Set up
What to do in the provider's console, step by step.

## Limits
How much a second, how large a message may be, and what happens beyond.

## Price
What a message costs, and as of when.

## What it tells
Sent, delivered, bounced, failed.
`;

/** The folder of a new provider that passes every check as it is, and can carry a message in the local cloud. */
export const providerFiles = (wanted: NewProvider): Files => {
  const folder = `providers/${wanted.name}`;
  const files: Files = {
    "README.md": readme(wanted),
    "settings.ts": settings(wanted),
    "sender.ts": sender(wanted),
    "reports.ts": reports(wanted),
    "inbound.ts": inbound(wanted),
    "resources.ts": resources(wanted),
    ...playFiles(wanted),
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
};
