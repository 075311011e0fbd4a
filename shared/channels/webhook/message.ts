/** A message as any system takes it that speaks our envelope. */
export type WebhookMessage = {
  /** Whoever it is for, as the system calls them. */
  readonly to: string;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: WebhookMessage = { to: "U123", text: "Hi", data: { sku: "T-1" } };
