/** What a provider tells of a message that another system of the same account sent. */
export type ForeignMessage = {
  readonly channel: string;
  readonly providerMessageId: string;
  /** ISO-8601 */
  readonly at: string;
  /** All that it went to. */
  readonly addresses: readonly string[];
  readonly from: string;
  /** By what the account tells its systems apart. */
  readonly configurationSet?: string;
};

/** What a provider tells of one of our messages, whoever the provider is. */
export type ProviderReport = {
  readonly messageId: string;
  readonly providerMessageId: string;
  /** ISO-8601 */
  readonly at: string;
  readonly fact:
    | { readonly kind: "sent" | "delivered" | "delayed" }
    /** By the customer, as the channel itself tells it. */
    | { readonly kind: "read" }
    | { readonly kind: "failed"; readonly reason: string }
    | {
        readonly kind: "bounced";
        readonly permanent: boolean;
        readonly reason: string;
        readonly addresses: readonly string[];
      }
    | { readonly kind: "complained"; readonly addresses: readonly string[] }
    | { readonly kind: "opened"; readonly userAgent: string }
    | { readonly kind: "clicked"; readonly url: string; readonly userAgent: string }
    | { readonly kind: "unsubscribed"; readonly addresses: readonly string[] };
};
