import { DEFAULT_ACCOUNT } from "#kernel/account-name.ts";
import type { Brand } from "../playbook/model/document.ts";
import type { Route } from "../playbook/model/routes.ts";
import type { Carrier } from "./sums.ts";

/** The routes of a channel in ranks; where the playbook names one provider, that. None: nothing is sent by it. */
export const ranksOf = (
  { routes, providers }: Pick<Brand, "routes" | "providers">,
  channel: string,
): readonly (readonly Route[])[] => {
  const only = providers[channel];
  return routes?.[channel] ?? (only === undefined ? [] : [[{ provider: only, account: DEFAULT_ACCOUNT }]]);
};

/** Everybody who carries a channel of the playbook, in its order. */
export const carriersOf = (brand: Pick<Brand, "routes" | "providers">): readonly Carrier[] =>
  Object.keys(brand.providers).flatMap((channel) =>
    ranksOf(brand, channel)
      .flat()
      .map(({ provider, account }) => ({ channel, provider, account })),
  );
