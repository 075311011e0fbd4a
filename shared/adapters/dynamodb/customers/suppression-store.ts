import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod/mini";
import { keyedHash } from "#kernel/hash.ts";
import type { Suppression, SuppressionStore } from "#ports/suppression-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { attributes, type Item, keyOf, putNew, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";
import type { IdentifierKey } from "./customer-items.ts";

const Stored = z.object({ reason: z.enum(["bounced", "complained"]), at: z.string() });

/** Suppressions in the customers table: pk = `s#<key version>#<keyed hash>`, sk = `suppression`. */
export const dynamoSuppressionStore = ({
  client,
  table,
  hash,
}: Table & { readonly hash: IdentifierKey }): SuppressionStore => {
  const key = (channel: string, address: string): Item =>
    keyOf(`s#${hash.version}#${keyedHash(hash.key, channel, address)}`, "suppression");

  return {
    find: async (channel, addresses) => {
      const wanted = new Map(
        addresses.map((address) => {
          const at = key(channel, address);
          return [at.pk?.S ?? "", { address, at }] as const;
        }),
      );
      const keys = [...wanted.values()].map(({ at }) => at);
      const found = new Map<string, Suppression>();
      for (let from = 0; from < keys.length; from += MAX_KEYS) {
        const read = await batchGet(client, { [table]: { Keys: keys.slice(from, from + MAX_KEYS) } });
        for (const item of read[table] ?? []) {
          const address = wanted.get(item.pk?.S ?? "")?.address;
          if (address !== undefined) found.set(address, z.parse(Stored, unmarshall(item)));
        }
      }
      return found;
    },

    add: async (channel, address, suppression) => {
      await putAll(client, [putNew(table, { ...key(channel, address), ...attributes(suppression) })]);
    },
  };
};
