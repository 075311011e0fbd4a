import type { Standing } from "./event.ts";

/** What decides who may contact a customer: their consent, and the contacts made so far. Plain data, as stored. */

/** One consent entry. `topic` is a contact-policy category (`*` = all). The later `at` wins; on a tie, withdrawn. */
export type Consent = {
  readonly channel: string;
  readonly topic: string;
  readonly status: "granted" | "withdrawn";
  readonly kind: "express" | "implied";
  readonly source: string;
  readonly at: string;
  /** Version or words of the text consented to: proof under GDPR 7(1). */
  readonly text?: string;
  /** When a grant ends. */
  readonly expiresAt?: string;
  /** The message by whose link it was said: proof that whoever reads at its address did. */
  readonly messageId?: string;
  /** Who said so; absent: trusted. */
  readonly standing?: Standing;
};
/**
 * What somebody said by a link of a message, of one topic (`*` = all) for the address that it went to: it holds there,
 * whoever has the address. The later `at` wins; on a tie, withdrawn.
 */
export type AddressConsent = Pick<Consent, "topic" | "status" | "at">;
/**
 * The item `consent`. An entry's key is `channel|topic`, and `channel|topic|public` where a public key granted: so that
 * it never takes the place of what somebody proved. `version` counts its writes; absent: not stored yet.
 */
export type ConsentState = {
  readonly version?: number;
  readonly entries: Readonly<Record<string, Consent>>;
};

/**
 * That an address said no to a topic (`*` = all), as a sender met it: whose word it was is kept with the address alone.
 * Until when it is believed without asking there again: somebody else may have taken it back.
 */
export type MailboxRefusal = Pick<Consent, "channel" | "topic" | "at"> & {
  readonly address: string;
  readonly until: string;
};

/** One contact made or reserved; what frequency caps and cool-downs count. */
export type Contact = {
  readonly id: string;
  readonly at: string;
  readonly channel: string;
  readonly category: string;
  readonly action: string;
  readonly treatment: string;
  /** insert: shown within a message that another system sends; caps do not count it. */
  readonly kind: "message" | "impression" | "insert";
  /** Present when a later event can count as this contact's success. */
  readonly decisionId?: string;
};
/** The item `contact`: owned by deciding. Entries older than the longest window of the policy are dropped on write. */
export type ContactHistory = {
  readonly version: number;
  readonly entries: readonly Contact[];
  /** Action -> until when it must not be offered again (after a dismissal or refusal). */
  readonly coolDowns: Readonly<Record<string, string>>;
  /** Limited offer -> until when (ISO-8601 UTC) a unit is held for this customer: showing it again takes no further unit. */
  readonly holds?: Readonly<Record<string, string>>;
  /** Absent: none of the customer's addresses is known to have said no. */
  readonly refusals?: readonly MailboxRefusal[];
};
