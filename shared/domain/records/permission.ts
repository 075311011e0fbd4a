/** What of a customer says who may contact them: their consent, and the contacts that were made. Plain data, as stored. */

/** One consent entry; key `channel|topic`. `topic` is a contact-policy category (`*` = all). The later `at` wins; on a tie, withdrawn. */
export type Consent = {
  readonly channel: string;
  readonly topic: string;
  readonly status: "granted" | "withdrawn";
  readonly kind: "express" | "implied";
  readonly source: string;
  readonly at: string;
  /** Version or words of the text consented to: proof under GDPR 7(1). */
  readonly text?: string;
  /** From when a grant is no consent any more. */
  readonly expiresAt?: string;
};
/** The item `consent`. `version` counts its writes; absent: not stored yet. */
export type ConsentState = {
  readonly version?: number;
  readonly entries: Readonly<Record<string, Consent>>;
};

/** One contact made or reserved; what frequency caps and cool-downs count. */
export type Contact = {
  readonly id: string;
  readonly at: string;
  readonly channel: string;
  readonly category: string;
  readonly action: string;
  readonly treatment: string;
  /** insert: shown within a message that somebody else sends; no cap counts it. */
  readonly kind: "message" | "impression" | "insert";
  /** Present when events may show later that it worked. */
  readonly decisionId?: string;
};
/** The item `contact`: owned by deciding. Entries older than the longest window of the policy are dropped on write. */
export type ContactHistory = {
  readonly version: number;
  readonly entries: readonly Contact[];
  /** Action -> until when it must not be offered again (after a dismissal or refusal). */
  readonly coolDowns: Readonly<Record<string, string>>;
  /** Limited offer -> until when (ISO-8601 UTC) one of them is promised to this customer: shown again, it takes no other. */
  readonly holds?: Readonly<Record<string, string>>;
};
