import type { KeyStore } from "#ports/key-store.ts";
import { getItem, type Table } from "../requests/items.ts";
import { fromKeyItem, liveKey } from "./key-items.ts";

/**
 * Keys by their SHA-256. One consistent read a look-up: what is found counts for a minute, and a key that was revoked
 * just before must not count for one more.
 */
export const dynamoKeyStore = (table: Table): KeyStore => ({
  find: async (hash) => {
    const item = await getItem(table, liveKey(hash));
    return item === undefined ? null : fromKeyItem(item);
  },
});
