import type { MessageLinks } from "#channels/definition/rendering.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Message } from "../records/message.ts";
import { replyToken } from "./reply-token.ts";
import { type LinkKeys, signToken } from "./token.ts";
import type { LinkToken } from "./token-fields.ts";

/** Opt-out must work for at least 30 days after sending (CAN-SPAM, 15 U.S.C. 7704(a)(3)); people keep mail far longer. */
const LINK_LIFE_MS = 730 * DAY_MS;
/** Whoever has not confirmed by then can agree once more. */
const CONFIRM_LIFE_MS = 30 * DAY_MS;

/**
 * @param publicUrl where the hub is reached from outside, without a slash at the end
 * @param sentAtMs milliseconds since the epoch; links live for two years from then, a confirmation's for a month
 */
export function messageLinks(options: {
  readonly publicUrl: string;
  readonly keys: LinkKeys;
  readonly message: Pick<Message, "messageId" | "customerId" | "channel" | "category" | "confirms">;
  /** Where the message goes: a withdrawal by its links holds there, whoever has the address. */
  readonly address?: string | undefined;
  readonly sentAtMs: number;
}): MessageLinks {
  const { publicUrl, keys, message, address, sentAtMs } = options;
  const { messageId, customerId, channel, category, confirms } = message;
  const at = address === undefined ? {} : { address };
  const url = (path: string, token: LinkToken, lifeMs = LINK_LIFE_MS) =>
    `${publicUrl}/${path}/${signToken(keys, token, sentAtMs + lifeMs)}`;
  const confirm = (topics: readonly string[], to: string) =>
    url("c", { kind: "confirm", customerId, messageId, channel, address: to, topics }, CONFIRM_LIFE_MS);
  const token = replyToken(keys, messageId);
  return {
    ...(token === null ? {} : { replyToken: token }),
    click: (target) => url("l", { kind: "click", messageId, url: target }),
    open: url("o", { kind: "open", messageId }),
    unsubscribe: url("u", { kind: "unsubscribe", customerId, messageId, channel, topic: category, ...at }),
    preferences: url("p", { kind: "preferences", customerId, messageId, channel, ...at }),
    ...(confirms === undefined || address === undefined ? {} : { confirm: confirm(confirms, address) }),
  };
}
