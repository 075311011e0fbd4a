import { DEFAULT_ACCOUNT } from "#kernel/account-name.ts";
import { fraction } from "#kernel/hash.ts";
import { countriesOf } from "#kernel/phone/phone.ts";
import type { Route } from "../playbook/model/routes.ts";

/** For whom a route is wanted. */
export type Addressee = {
  readonly messageId: string;
  /** Where it goes. Absent: not known yet, so that countries say nothing. */
  readonly address?: string | undefined;
  /** The account that alone reaches it. Absent: any does. */
  readonly owner?: string | undefined;
};

export const isSameRoute = (
  one: Pick<Route, "provider" | "account">,
  other: Pick<Route, "provider" | "account">,
): boolean => one.provider === other.provider && one.account === other.account;

/** The account that an address belongs to takes the place of `default`; no other one reaches it. */
const ownedBy = (route: Route, owner: string | undefined): readonly Route[] => {
  if (owner === undefined || route.account === owner) return [route];
  return route.account === DEFAULT_ACCOUNT ? [{ ...route, account: owner }] : [];
};

const fits = ({ countries }: Route, address: string | undefined): boolean => {
  if (countries === undefined || address === undefined) return true;
  return countriesOf(address).some((country) => countries.includes(country));
};

/**
 * The lower, the sooner it is taken. By chance that follows from the message's id alone, a route comes first as often as its
 * weight says, and the same message finds the same order again (weighted rendezvous hashing).
 */
const placeOf = (messageId: string, { provider, account, from, weight = 1 }: Route): number =>
  -Math.log(1 - fraction("route", messageId, provider, account, ...(from === undefined ? [] : [from]))) /
  weight;

/**
 * The routes that a message may go by, the best first: rank after rank, within a rank as their weights say.
 * @param ranks the playbook's, the first before the second
 */
export const routesFor = (
  ranks: readonly (readonly Route[])[],
  { messageId, address, owner }: Addressee,
): readonly Route[] =>
  ranks.flatMap((rank) =>
    rank
      .flatMap((route) => ownedBy(route, owner))
      .filter((route) => fits(route, address))
      .map((route) => ({ route, place: placeOf(messageId, route) }))
      .sort((one, other) => one.place - other.place)
      .map(({ route }) => route),
  );
