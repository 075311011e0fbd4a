/** Ours, opaque, never reused: `cus_` and 26 characters. */
export type CustomerId = string;

/** Leads to a customer. `type` is declared in the playbook's data model; `value` is normalized (`normalizeIdentifier`). */
export type Identifier = { readonly type: string; readonly value: string };
/** An identifier of a customer with the latest event time it was seen at: past its type's limit the longest unseen goes. */
export type LinkedIdentifier = Identifier & { readonly at?: string };
