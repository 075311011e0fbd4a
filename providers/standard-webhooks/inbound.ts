import * as z from "zod/mini";
import { isObject } from "#kernel/json.ts";
import type { ProviderInbound } from "#ports/provider.ts";
import { HEADERS, isSigned } from "#wire/standard-webhook.ts";

const Attachment = z.object({ id: z.string(), type: z.string(), name: z.optional(z.string()) });

/** The envelope of Standard Webhooks, with a message as our own calls have it. */
const Received = z.object({
  type: z.literal("message.received"),
  timestamp: z.optional(z.string()),
  webhookId: z.string().check(z.minLength(1)),
  data: z.object({
    /** Whoever wrote, as the system calls them. */
    from: z.string().check(z.minLength(1), z.maxLength(200)),
    to: z.optional(z.string()),
    text: z.optional(z.string()),
    inReplyTo: z.optional(z.string()),
    attachments: z.optional(z.array(Attachment)),
  }),
});

/** What systems tell that is no message: nothing to receive. */
const Other = z.object({ type: z.string(), webhookId: z.string() });

/** Messages by signed calls; each account is a system, and a person is theirs: `<account>:<who>`. */
export const inbound: ProviderInbound = {
  webhook: {
    secrets: ["secret"],
    isGenuine: (call, { secret = "" }, now) => isSigned(secret, call, now),
    // The id of a call is in a header alone.
    payloadOf: ({ headers }, json) => {
      const told = json();
      return isObject(told) ? { ...told, webhookId: headers[HEADERS.id] } : told;
    },
  },
  read: (payload, account) => {
    const { success, data } = z.safeParse(Received, payload);
    if (!success) {
      const other = z.safeParse(Other, payload);
      return other.success && other.data.type !== "message.received" ? { messages: [] } : undefined;
    }
    const { webhookId, timestamp, data: told } = data;
    const { from, to = "", text = "", inReplyTo, attachments } = told;
    const files = attachments?.map(({ id, type, name }) => ({
      id,
      type,
      ...(name === undefined ? {} : { name }),
    }));
    const message = {
      channel: "webhook",
      providerMessageId: webhookId,
      from: `${account}:${from}`,
      to,
      text,
      ...(timestamp === undefined ? {} : { at: timestamp }),
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
      ...(files === undefined ? {} : { attachments: files }),
    };
    return { messages: [message] };
  },
};
