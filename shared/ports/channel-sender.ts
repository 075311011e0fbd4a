import type { RenderedMessage } from "#domain/records/message.ts";

/**
 * accepted: the provider has it. refused: it never will (reason for the record; `address` says the address itself is bad).
 * later: try again after `retryAfterMs`. Anything thrown: unknown whether it was sent.
 */
export type SendResult =
  | {
      readonly result: "accepted";
      readonly providerMessageId: string;
      /** Of several addresses (push), those that never will work. */
      readonly invalidAddresses?: readonly string[];
    }
  | { readonly result: "refused"; readonly reason: string; readonly address?: "invalid" | "bounced" }
  | { readonly result: "later"; readonly reason: string; readonly retryAfterMs: number };

/** One provider of one channel. `ids` travel with the message and come back in the provider's events. */
export type ChannelSender<M extends RenderedMessage> = {
  readonly send: (
    message: M,
    ids: {
      readonly messageId: string;
      readonly lane: "transactional" | "bulk";
      /** ISO-8601: after this the message is not worth delivering. */
      readonly deadline: string;
    },
  ) => Promise<SendResult>;
};
