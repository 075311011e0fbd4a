import type { DataKey } from "#domain/decision-log/sealed-record.ts";
import { type DataKeys, keyName } from "#ports/decision-log.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { keyOf, type Tables } from "../requests/items.ts";
import { dataKeyKey } from "./customer-items.ts";

/** Keys of the decision log: in the customer's partition, or beside an anonymous decision. 100 a request. */
export const dynamoDataKeys = ({ client, customersTable, historyTable }: Tables): DataKeys => ({
  keysOf: async (records) => {
    const wanted = [...new Map(records.map((record) => [keyName(record), record])).values()];
    const keys = new Map<string, DataKey>();
    for (let start = 0; start < wanted.length; start += MAX_KEYS) {
      const some = wanted.slice(start, start + MAX_KEYS);
      const known = some.flatMap(({ customerId }) => (customerId === null ? [] : [dataKeyKey(customerId)]));
      const anonymous = some.flatMap(({ customerId, decisionId }) =>
        customerId === null ? [keyOf(decisionId)] : [],
      );
      const ProjectionExpression = "pk, dataKey";
      const found = await batchGet(client, {
        ...(known.length === 0 ? {} : { [customersTable]: { Keys: known, ProjectionExpression } }),
        ...(anonymous.length === 0 ? {} : { [historyTable]: { Keys: anonymous, ProjectionExpression } }),
      });
      for (const item of Object.values(found).flat()) {
        if (item.pk?.S !== undefined && item.dataKey?.B !== undefined) keys.set(item.pk.S, item.dataKey.B);
      }
    }
    return keys;
  },
});
