import { identifierKey } from "#domain/identity/identifiers.ts";
import type { CustomerId, Identifier } from "#domain/records/identity.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { type Item, keyOf, type Tables } from "../requests/items.ts";

type Found = { readonly links: Map<string, CustomerId>; readonly seenEvents: Set<string> };

const resolveSome = async (
  { client, customersTable, historyTable }: Tables,
  pointer: (identifier: Identifier) => Item,
  asked: { readonly identifiers: readonly Identifier[]; readonly eventIds: readonly string[] },
  into: Found,
): Promise<void> => {
  const { identifiers, eventIds } = asked;
  const pointers = new Map(
    identifiers.map((one) => {
      const key = pointer(one);
      return [key.pk?.S, { key, link: identifierKey(one) }];
    }),
  );
  const found = await batchGet(client, {
    ...(identifiers.length === 0
      ? {}
      : {
          [customersTable]: {
            Keys: [...pointers.values()].map(({ key }) => key),
            ConsistentRead: true,
            ProjectionExpression: "pk, customerId",
          },
        }),
    ...(eventIds.length === 0
      ? {}
      : {
          [historyTable]: {
            Keys: eventIds.map((id) => keyOf(id)),
            ConsistentRead: true,
            ProjectionExpression: "pk",
          },
        }),
  });
  for (const item of found[customersTable] ?? []) {
    const asLink = pointers.get(item.pk?.S)?.link;
    if (asLink !== undefined && item.customerId?.S !== undefined) into.links.set(asLink, item.customerId.S);
  }
  for (const item of found[historyTable] ?? []) into.seenEvents.add(item.pk?.S ?? "");
};

/** Whom identifiers lead to, and which events are known: 100 of both together a request. */
export const resolveIn =
  (tables: Tables, pointer: (identifier: Identifier) => Item): CustomerStore["resolve"] =>
  async (identifiers, eventIds) => {
    const into: Found = { links: new Map(), seenEvents: new Set() };
    const distinct = [...new Map(identifiers.map((one) => [identifierKey(one), one])).values()];
    const events = [...new Set(eventIds)];
    for (let start = 0; start < distinct.length + events.length; start += MAX_KEYS) {
      const some = distinct.slice(start, start + MAX_KEYS);
      const end = start + MAX_KEYS - distinct.length;
      const eventsBeside =
        some.length === MAX_KEYS ? [] : events.slice(Math.max(0, start - distinct.length), end);
      await resolveSome(tables, pointer, { identifiers: some, eventIds: eventsBeside }, into);
    }
    return into;
  };
