import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import type { CustomerId, Identifier } from "#domain/records/identity.ts";
import type { JourneyCount, JourneyRun } from "#domain/records/journey.ts";
import type { Consent, ConsentState, ContactHistory } from "#domain/records/permission.ts";

/** What one batched read tells about an inbox group: whom its identifiers lead to, which events are known already. */
export type Resolution = {
  /** `type:value` -> customer, for those that are linked. */
  readonly links: ReadonlyMap<string, CustomerId>;
  readonly seenEvents: ReadonlySet<string>;
};

/** One atomic write of apply-events. A plain conditional put when only `customers[0]` changes. */
export type CustomerWrite = {
  /** New states; each is conditional on the stored version being `version - 1` (0: not there). */
  readonly customers: readonly CustomerState[];
  /** Identifiers to link, each on condition that it is not linked to another customer than `from`. */
  readonly links: readonly {
    readonly identifier: Identifier;
    readonly to: CustomerId;
    readonly from?: CustomerId;
  }[];
  /**
   * What moves when customers merge, in the same transaction: the survivor's item with the absorbed one's entries, and
   * the absorbed one's emptied. A decision or an unsubscribe that raced the merge meets a version it did not expect.
   * Each is conditional on the stored version being `version - 1`.
   */
  readonly moved?: readonly {
    readonly customerId: CustomerId;
    readonly contact: ContactHistory;
    readonly consent: ConsentState;
    /** Set on the absorbed one: consent that still arrives for it goes there. */
    readonly mergedInto?: CustomerId;
  }[];
  /** Runs of journeys of these customers, each as it is now. */
  readonly runs?: readonly JourneyRun[];
  /** What the journeys' counts grow by. */
  readonly runCounts?: readonly JourneyCount[];
};

export type CustomerStore = {
  /** One request (BatchGetItem) for up to 100 keys; more are split. */
  readonly resolve: (identifiers: readonly Identifier[], eventIds: readonly string[]) => Promise<Resolution>;
  /**
   * One request (Query on the partition), strongly consistent. Absent items come as empty ones; null: no such customer.
   * Consent comes with what still lies beside the profile.
   */
  readonly load: (customerId: CustomerId) => Promise<CustomerRecord | null>;
  /** `ref`: customerId or `type:value`. Follows `mergedInto`. Two requests by identifier, one by id. */
  readonly find: (ref: string) => Promise<CustomerRecord | null>;
  /** `conflict`: somebody wrote first, read again. */
  readonly save: (write: CustomerWrite) => Promise<"saved" | "conflict">;
  /** Repairs pointers that lead to an absorbed customer. Best effort. */
  readonly repoint: (identifiers: readonly Identifier[], to: CustomerId) => Promise<void>;
  /**
   * Last writer wins per entry by `at` (tie: withdrawn): commutes, so it never waits behind the profile. Entries for an
   * absorbed customer go to the survivor. One request when `known` is what is stored, two otherwise.
   */
  readonly putConsent: (
    customerId: CustomerId,
    entries: readonly Consent[],
    known?: ConsentState,
  ) => Promise<void>;
};
