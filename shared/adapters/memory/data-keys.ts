import type { DataKey } from "#domain/decision-log/sealed-record.ts";
import { type DataKeys, keyName } from "#ports/decision-log.ts";

/** Keys of the decision log from the map that the other twins keep: by customer, or by anonymous decision. */
export const memoryDataKeys = (keys: ReadonlyMap<string, DataKey>): DataKeys => ({
  keysOf: async (records) =>
    new Map(
      records.map(keyName).flatMap((name) => {
        const key = keys.get(name);
        return key === undefined ? [] : [[name, key] as const];
      }),
    ),
});
