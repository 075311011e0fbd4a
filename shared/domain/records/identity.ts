/** Ours, opaque, never reused: `cus_` and 26 characters. */
export type CustomerId = string;

/** Leads to a customer. `type` is declared in the playbook's data model; `value` is normalized (`normalizeIdentifier`). */
export type Identifier = { readonly type: string; readonly value: string };
/** An identifier with the time of the latest event that had it: past the type's limit, the longest unseen is forgotten. */
export type LinkedIdentifier = Identifier & {
  readonly at?: string;
  /** Set on a login (identity/standing.ts) that only a public key gave them so far. */
  readonly standing?: "public";
};
