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
