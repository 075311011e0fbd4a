/** Ours, opaque, never reused: `cus_` and 26 characters. */
export type CustomerId = string;

/** Leads to a customer. `type` is declared in the playbook's data model; `value` is normalized (`normalizeIdentifier`). */
export type Identifier = { readonly type: string; readonly value: string };
/** An identifier with the time of the latest event that had it: past the type's limit, the longest unseen is forgotten. */
export type LinkedIdentifier = Identifier & {
  readonly at?: string;
  /** Set as long as nobody who may has said that it is theirs (identity/standing.ts). */
  readonly standing?: "public";
  /** The browser, or installed app, by which a public key first gave them a login: its anonymousId. */
  readonly browser?: string;
};
