/** What a provider tells of one of our messages, whoever the provider is. */
export type ProviderReport = {
  readonly messageId: string;
  readonly providerMessageId: string;
  /** ISO-8601 */
  readonly at: string;
  readonly fact:
    | { readonly kind: "sent" | "delivered" | "delayed" }
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
