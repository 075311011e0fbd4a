import { fraction } from "#kernel/hash.ts";
import type { CustomerScan } from "#ports/customer-scan.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { MemoryCustomers } from "./customer-store.ts";

/** All customers of the maps, a part by hash, in the order of their ids. */
export const memoryCustomerScan = (
  shared: Pick<MemoryCustomers, "states">,
  { load }: Pick<CustomerStore, "load">,
): CustomerScan => ({
  page: async ({ slice, slices, cursor = "", limit }) => {
    const ids = [...shared.states.values()]
      .filter(({ customerId, mergedInto }) => {
        const part = Math.floor(fraction("scan", customerId) * slices);
        return mergedInto === undefined && part === slice && customerId > cursor;
      })
      .map(({ customerId }) => customerId)
      .sort();
    const records = await Promise.all(ids.slice(0, limit).map(load));
    return {
      records: records.filter((record) => record !== null),
      cursor: ids.length > limit ? (ids[limit - 1] ?? null) : null,
      units: ids.slice(0, limit).length,
    };
  },
  after: (customerId) => customerId,
});
