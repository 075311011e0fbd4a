import type { Claim, Move } from "#domain/message/status.ts";
import type { Message } from "#domain/records/message.ts";

export type MessageStore = {
  readonly get: (messageId: string) => Promise<Message | null>;
  /**
   * Moves `requested` to `sending` and returns the message, in one conditional update (`mayClaim` says when).
   * `taken`: already sent, given up, or claimed by another until `claimedUntil`; the message is the one stored.
   */
  readonly claim: (
    messageId: string,
    claim: Claim,
  ) => Promise<
    { readonly result: "claimed" | "taken"; readonly message: Message } | { readonly result: "missing" }
  >;
  /**
   * Appends a status change, in one conditional update, and returns the message as it then is. A move that
   * message/status.ts does not allow from where the message stands writes nothing, so repeating one is harmless.
   * Null: there is no such message.
   */
  readonly record: (messageId: string, move: Move) => Promise<Message | null>;
};
