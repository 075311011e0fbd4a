import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CustomerId } from "#domain/records/identity.ts";

/** Some of the customers of a part, and where the rest begin; null: there are no more. */
export type CustomerPage = {
  readonly records: readonly CustomerRecord[];
  readonly cursor: string | null;
  /** Read units that it took. */
  readonly units: number;
};

/** All customers, in parts that are read side by side. Those who became part of others are left out. */
export type CustomerScan = {
  readonly page: (of: {
    readonly slice: number;
    readonly slices: number;
    readonly cursor?: string;
    /** Most customers of the page. */
    readonly limit: number;
  }) => Promise<CustomerPage>;
  /** The cursor of a page that begins after a customer. */
  readonly after: (customerId: CustomerId) => string;
};
