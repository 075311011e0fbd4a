/** A mail as every provider of e-mail takes it. Headers and the subject are one line each; links in it are counted ones. */
export type EmailMessage = {
  readonly from: string;
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  /** "": text alone. */
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** A whole one, for the contracts of providers. */
export const EXAMPLE: EmailMessage = {
  from: "Café Fern <hello@fern.example>",
  to: "ada@example.com",
  replyTo: "help@fern.example",
  subject: "Grüße",
  text: "Hi",
  html: "<p>Hi</p>",
  headers: { "List-Unsubscribe": "<https://hub.example/u/x>" },
};
