import type { JsonObject } from "#kernel/json.ts";
import type { Standing } from "./event.ts";
import type { CustomerId } from "./identity.ts";

/** In the order in which a message passes through them; `domain/message/status.ts` says which may follow which. */
export const MESSAGE_STATUSES = [
  "requested",
  "sending",
  "uncertain",
  "sent",
  "delivered",
  /** Where the channel tells it. */
  "read",
  "failed",
  "rejected",
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Two lanes, because an order confirmation must not wait behind a newsletter. */
export type Lane = "transactional" | "bulk";

/** Ad-hoc content of `POST /v1/messages`, used instead of a treatment. */
export type MessageContent = {
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  readonly title?: string;
  readonly body?: string;
  readonly data?: JsonObject;
  /** The customer's message that it answers, as their program calls it. */
  readonly inReplyTo?: string;
};

/** That a message carries a one-time code, which whoever renders it makes again of this and a secret (message/one-time-code.ts). */
export type CodeMark = {
  readonly id: string;
  /** Which secret, by a name that tells nothing of it. */
  readonly key: string;
  /** Digits. */
  readonly length: number;
  /** ISO-8601: from then on it is worth nothing, and neither is the message. */
  readonly until: string;
};

/** A link that was left out of one of a message's texts: the playbook does not name the host it led to. */
export type MessageWarning = {
  readonly code: "link-left-out";
  /** The text it stood in: `subject`, `html`, `url`. */
  readonly part: string;
  /** "": it could not be read. */
  readonly host: string;
};

/** A call to a provider about a message, and why it did not end it. */
export type Try = {
  readonly provider: string;
  readonly account: string;
  readonly at: string;
  readonly reason: string;
};

export type StatusChange = {
  readonly status: MessageStatus;
  readonly at: string;
  /** A short name; what follows a colon explains it. */
  readonly reason?: string;
  /** What is wrong and what a person has to do. Said once while the same reason goes on. */
  readonly advice?: string;
  readonly warnings?: readonly MessageWarning[];
  /** Who was asked last in this attempt, by which account of ours there. */
  readonly provider?: string;
  readonly account?: string;
  /** Which claim of the message it was, from 1. */
  readonly attempt?: number;
  /** Those who were asked before, in the same attempt. Absent: nobody. */
  readonly tries?: readonly Try[];
};

/** A message as kept in the history table (`pk` = messageId). Rendered at the moment of sending. */
export type Message = {
  readonly messageId: string;
  readonly customerId: CustomerId;
  readonly conversationId: string;
  readonly decisionId: string;
  readonly channel: string;
  readonly category: string;
  readonly lane: Lane;
  readonly action?: string;
  readonly treatment?: string;
  readonly content?: MessageContent;
  /** Liquid's `data`: what the caller passed, or the triggering event's properties. */
  readonly data: JsonObject;
  /** Liquid's `event`: the triggering event, when there is one. */
  readonly event?: JsonObject;
  /** The triggering event's, and so that of `data`. Absent: trusted. */
  readonly standing?: Standing;
  /** Categories that it asks to confirm, by a link of its own. */
  readonly confirms?: readonly string[];
  /** The message on another channel that brought no report, so that this one was made. */
  readonly insteadOf?: string;
  readonly code?: CodeMark;
  readonly playbook: string;
  /** The entry of the journey's run that asked for it: once that is called back, it does not leave. */
  readonly run?: string;
  /** Address to use; without it the customer's active address on the channel. */
  readonly to?: string;
  readonly depth: number;
  readonly createdAt: string;
  /** Not before. */
  readonly sendAt?: string;
  /** When retries end: the message is then `failed`, with the last reason. */
  readonly deadline: string;
  readonly status: MessageStatus;
  readonly history: readonly StatusChange[];
  /** Number of send attempts claimed so far, and until when the last claim holds. */
  readonly attempts: number;
  readonly claimedUntil?: string;
  /** ISO-8601: when the sweep looks after it, should nobody have moved it by then. Absent once it has ended. */
  readonly sweepAt?: string;
  readonly providerMessageId?: string;
  /** Hash of the request's body; set when the request had an `Idempotency-Key`. */
  readonly requestHash?: string;
};
