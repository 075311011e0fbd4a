import type { JsonObject } from "#kernel/json.ts";

/** One call that changed something, or tried to: who, what, and from what to what. Ids and names, no word about a customer. */
export type AuditEntry = {
  readonly auditId: string;
  /** ISO-8601 UTC. */
  readonly at: string;
  readonly actor: {
    readonly kind: "person" | "key";
    /** The issuer's id of the person; the first characters of the key's hash, as `rapport keys list` shows them. */
    readonly id: string;
    /** The key's name, which whoever made it gave; none of a person. */
    readonly name?: string;
  };
  /** `operationId` of the call. */
  readonly call: string;
  /** The id of what was to be changed. */
  readonly target?: string;
  /** `begun`: nobody wrote down how it ended. */
  readonly state: "begun" | "done" | "refused" | "failed";
  /** The error's code. */
  readonly reason?: string;
  readonly before?: JsonObject;
  readonly after?: JsonObject;
};

/** Which entries are wanted: all that have what is named. */
export type AuditFilter = {
  /** The id of a person or key. */
  readonly actor?: string;
  readonly call?: string;
  readonly target?: string;
  /** ISO-8601 UTC with milliseconds: not before, and before. */
  readonly from?: string;
  readonly to?: string;
};

/** Who changed what. */
export type AuditLog = {
  /** Keeps an entry, or says how it ended: the same `auditId` and `at` is the same entry. */
  readonly put: (entry: AuditEntry) => Promise<void>;
  /**
   * The newest first. A page of those that were asked for may hold fewer than `limit`, or none, before the cursor says that
   * there are no more. Throws `invalid_request` for a cursor that no answer gave.
   */
  readonly list: (
    page: { readonly limit: number; readonly cursor?: string } & AuditFilter,
  ) => Promise<{ readonly items: readonly AuditEntry[]; readonly cursor: string | null }>;
};
