import type { CustomerId } from "./identity.ts";

/** `open`: it is our turn. `waiting`: the customer's. `snoozed`: our turn, later. */
export const CONVERSATION_STATES = ["open", "waiting", "snoozed", "closed"] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

/** Who answers. */
export const HANDLERS = ["bot", "queue", "person"] as const;
export type Handler = (typeof HANDLERS)[number];

/** `note`: for colleagues alone. `activity`: what was done with the conversation. */
export const DIRECTIONS = ["in", "out", "note", "activity"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const AUTHOR_TYPES = ["customer", "bot", "agent", "system", "journey"] as const;
export type Author = { readonly type: (typeof AUTHOR_TYPES)[number]; readonly name?: string };

/** What was done with a conversation; worded where it is shown. */
export const ACTIVITIES = [
  "claimed",
  "released",
  "assigned",
  "closed",
  "snoozed",
  "woken",
  "reopened",
  "joined",
  "breached",
  "handed-over",
] as const;
export type Activity = {
  readonly kind: (typeof ACTIVITIES)[number];
  /** Whom it was given to, until when it sleeps, or which conversation joined it. */
  readonly what?: string;
};

/** Something that came along with a message. `bytes` 0: the provider did not say. */
export type Attachment = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  /** Nobody should open it: the original alone holds it, or its provider. */
  readonly isRefused?: true;
  /** Why there is nothing to open: `gone`, `too-large`, `not-reached`. */
  readonly missing?: string;
};

/** One message of a thread, as it lies there. What became of one that left stands with the message itself, in history. */
export type ThreadMessage = {
  /** Its place: 1, 2, 3... without gaps. */
  readonly seq: number;
  /** Ours: the same message has the same id, however often it comes. */
  readonly messageId: string;
  readonly direction: Direction;
  readonly channel: string;
  readonly author: Author;
  readonly text: string;
  /** Present where the text is not all of it: the original has the rest. */
  readonly isCut?: true;
  readonly attachments: readonly Attachment[];
  /** ISO-8601 UTC. */
  readonly at: string;
  /** The message that it answers, by our id or by the provider's. */
  readonly inReplyTo?: string;
  /** Our own signature says so. */
  readonly isSigned?: true;
  /** What it is about, where its channel has a line for that. */
  readonly subject?: string;
  /** How the customer's program calls it. */
  readonly ownId?: string;
  readonly decisionId?: string;
  readonly activity?: Activity;
  /** A machine wrote it, such as an absence note, or the hub answers it itself, such as STOP: kept, and waits for nobody. */
  readonly isAutomatic?: true;
  /** Somebody else may have written it than it says. */
  readonly isDoubted?: true;
  /** How many steps of cause and effect led to it. Absent: none. */
  readonly depth?: number;
  /** Where what the provider sent is kept. */
  readonly original?: string;
};

/** What the hub answered by itself since a person last had the conversation. */
export type Answered = {
  /** When the hour began that `inHour` counts (ISO-8601 UTC). */
  readonly since: string;
  readonly inHour: number;
  /** Rules that answered, the last ones, oldest first. */
  readonly rules: readonly string[];
};

/** What is known of a conversation without its messages. Times are ISO-8601 UTC. */
export type ConversationHead = {
  readonly conversationId: string;
  readonly customerId: CustomerId;
  /** 1 for the first write, +1 for every write. */
  readonly version: number;
  readonly state: ConversationState;
  readonly handler: Handler;
  readonly assignee?: string;
  readonly team?: string;
  readonly topic?: string;
  readonly tags: readonly string[];
  /** That of the last message that came or left. */
  readonly channel: string;
  readonly openedAt: string;
  /** Of the last change. */
  readonly updatedAt: string;
  /** Since when the customer waits for our answer: the oldest message that nobody answered. */
  readonly waitingSince?: string;
  readonly firstReplyAt?: string;
  /** By when they are to be answered. */
  readonly dueAt?: string;
  /** The `dueAt` that passed without an answer, once that was told. */
  readonly breached?: string;
  readonly snoozedUntil?: string;
  readonly closedAt?: string;
  /** When it was opened again last. */
  readonly reopenedAt?: string;
  /** How the customer rated it, from 1 to 5. */
  readonly rating?: number;
  readonly lastSeq: number;
  /** Place of the last message that came or left: notes and activities move nobody's turn. 0: none yet. */
  readonly lastTurn: number;
  /** When the customer wrote last. */
  readonly heardAt?: string;
  /** On which channel that was. */
  readonly heardOn?: string;
  /** Messages that came since a person last took it, answered or closed it. */
  readonly unread: number;
  readonly lastMessage?: { readonly text: string; readonly at: string; readonly direction: Direction };
  /** The conversation before it. */
  readonly follows?: string;
  /** What its mails are about. */
  readonly subject?: string;
  /** The last mail of the customer's, as they number it: what we answer names it, so that their program shows both together. */
  readonly mailId?: string;
  /** The conversation of somebody else whose mail this answers: a colleague of theirs, say. */
  readonly linked?: string;
  /** Absent: nothing. */
  readonly answered?: Answered;
};

/**
 * How far a customer's received messages have joined, and the conversation that they joined last. Numbers are given when
 * they are applied to the customer: 1, 2, 3...
 */
export type Stream = {
  readonly customerId: CustomerId;
  /** 0: not stored yet. */
  readonly version: number;
  readonly taken: number;
  /** Numbers up to `taken` that were not to be had then; each joins when it is told of. */
  readonly missing: readonly number[];
  readonly current?: string;
};
