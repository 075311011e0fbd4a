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

/** For those who show several messages. */
export type MessageReader = {
  /** Those that there are, in any order. A request for each hundred. */
  readonly getMany: (messageIds: readonly string[]) => Promise<readonly Message[]>;
};

/** Messages that have not ended, as the sweep sees them (usecases/send/sweep-messages.ts). */
export type OverdueMessages = {
  /**
   * Those whose `sweepAt` has come by `now` (ISO-8601), the oldest of each partition; some hundreds at most. Where they were
   * just moved, some may come once more.
   */
  readonly find: (now: string) => Promise<readonly Message[]>;
  /** Has it looked after at that time instead, or never again (null). Whoever moved it meanwhile has the last word. */
  readonly postpone: (message: Message, sweepAt: string | null) => Promise<void>;
};
