import type { Identifier } from "#domain/records/identity.ts";
import type { LookupKeys } from "#kernel/keyring.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { getItem, type Item, type Table } from "../requests/items.ts";
import { pointerKey } from "./customer-items.ts";

type Around = {
  readonly load: CustomerStore["load"];
  /** The keys that identifiers are hashed with. */
  readonly identifierKeys: () => Promise<LookupKeys>;
};

/** Finds a customer by id or by an identifier: one request for the pointer, and what `load` makes. */
export const findIn =
  (table: Table, { load, identifierKeys }: Around): CustomerStore["find"] =>
  async (ref) => {
    const colon = ref.indexOf(":");
    if (colon === -1) return load(ref);
    const identifier = { type: ref.slice(0, colon), value: ref.slice(colon + 1) };
    const pointer = await findPointer(table, identifier, await identifierKeys());
    return pointer?.customerId?.S === undefined ? null : load(pointer.customerId.S);
  };

/** Under the newest key, else under those before it: one request, as long as no key was ever replaced. */
const findPointer = async (
  table: Table,
  identifier: Identifier,
  { known }: LookupKeys,
): Promise<Item | undefined> => {
  for (const key of known) {
    const item = await getItem(table, pointerKey(identifier, key));
    if (item !== undefined) return item;
  }
  return undefined;
};
