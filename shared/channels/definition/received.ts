/** A message that a customer wrote, whoever carried it: what a provider's `inbound.ts` makes of its payload. */
export type ReceivedMessage = {
  readonly channel: string;
  /** The provider's own id of it: the same id is the same message, however often it comes. */
  readonly providerMessageId: string;
  /** The address it came from. */
  readonly from: string;
  /** What else the provider says of who wrote, as identifiers: it all names one person. Absent: the address alone. */
  readonly identifiers?: readonly { readonly type: string; readonly value: string }[];
  /** The address of ours that it went to. */
  readonly to: string;
  /** "": it has no words, such as a picture alone. */
  readonly text: string;
  /** ISO-8601. Absent: the provider does not say when it was written. */
  readonly at?: string;
  /** The provider's id of the message of ours that it answers. */
  readonly inReplyTo?: string;
  /** What came along, as the provider names it; to be fetched from there. Absent: nothing. */
  readonly attachments?: readonly ReceivedAttachment[];
  /** What the provider calls it, where it is none of the kinds that have words: `sticker`, `reaction`. */
  readonly kind?: string;
  /** What it is about, where a channel's messages have a line for that. */
  readonly subject?: string;
  /** How the customer's program calls it, where that is not how the provider does: an answer of ours names it. */
  readonly ownId?: string;
  /** A machine wrote it, such as an absence note: it waits for nobody. */
  readonly isAutomatic?: true;
  /** Somebody else may have written it than it says: whoever took it in could not make sure. */
  readonly isDoubted?: true;
  /** Our own signature says that it answers `inReplyTo`. */
  readonly isSigned?: true;
  /** How many steps of cause and effect led to it: our own message that it answers, and what that answered. Absent: none. */
  readonly depth?: number;
  /** The text is not all of what they wrote. */
  readonly isCut?: true;
};

export type ReceivedAttachment = {
  /** The provider's id or address of it. */
  readonly id: string;
  /** Media type. */
  readonly type: string;
  readonly name?: string;
  /** Absent: the provider does not say. */
  readonly bytes?: number;
  /** Nobody should open it: the original alone holds it, or its provider. */
  readonly isRefused?: true;
  /** Where it is kept, among the originals. Absent: the original holds it, or nobody. */
  readonly kept?: string;
  /** Why it is not kept: the provider has it no more, it is too large, or the provider did not give it in time. */
  readonly missing?: "gone" | "too-large" | "not-reached";
};
