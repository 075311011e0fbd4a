import type { AddressConsent } from "#domain/records/permission.ts";
import type { AddressFacts, SuppressionStore } from "#ports/suppression-store.ts";

const isLater = (one: AddressConsent, other: AddressConsent): boolean =>
  one.at > other.at || (one.at === other.at && one.status === "withdrawn");

export const memorySuppressionStore = (): SuppressionStore => {
  const known = new Map<string, AddressFacts>();
  const keyOf = (channel: string, address: string): string => `${channel}\u0000${address}`;
  const change = (key: string, to: (facts: AddressFacts) => AddressFacts): void => {
    known.set(key, to(known.get(key) ?? { said: [] }));
  };
  return {
    find: async (channel, addresses) =>
      new Map(
        addresses.flatMap((address) => {
          const found = known.get(keyOf(channel, address));
          return found === undefined ? [] : [[address, found] as const];
        }),
      ),
    add: async (channel, address, suppression) =>
      change(keyOf(channel, address), (facts) => ({ suppression, ...facts })),
    say: async (channel, address, said) =>
      change(keyOf(channel, address), (facts) => {
        const before = facts.said.find(({ topic }) => topic === said.topic);
        if (before !== undefined && !isLater(said, before)) return facts;
        return { ...facts, said: [...facts.said.filter((one) => one !== before), said] };
      }),
  };
};
