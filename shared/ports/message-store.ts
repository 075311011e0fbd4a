import type { Message, MessageStatus } from "../domain/message/types.ts";

export type MessageStore = {
  readonly get: (messageId: string) => Promise<Message | null>;
  /**
   * Moves requested -> sending and returns the message, in one conditional update; null when it is not there to be claimed
   * (already sent, terminal, or claimed by another until `claimedUntil`).
   */
  readonly claim: (
    messageId: string,
    claim: { readonly now: string; readonly until: string; readonly reclaim: "never" | "after-expiry" },
  ) => Promise<
    { readonly outcome: "claimed" | "taken"; readonly message: Message } | { readonly outcome: "missing" }
  >;
  /** Appends a status change; idempotent per (status, reason). Only allowed forward moves are written (message/status.ts). */
  readonly record: (
    messageId: string,
    change: {
      readonly status: MessageStatus;
      readonly at: string;
      readonly reason?: string;
      readonly providerMessageId?: string;
    },
  ) => Promise<Message | null>;
};
