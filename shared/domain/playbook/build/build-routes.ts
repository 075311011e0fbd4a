import { DEFAULT_ACCOUNT } from "#kernel/account-name.ts";
import { durationMs } from "#kernel/duration.ts";
import { withoutAbsent } from "#kernel/json.ts";
import type { Brand } from "../model/document.ts";
import type { Route } from "../model/routes.ts";
import type { PlaybookFile, RouteFields } from "../schema/playbook-file.ts";

type Channels = PlaybookFile["channels"];

/** In the order of the file; neighbours that have a weight share a rank. */
const ranksOf = (routes: readonly RouteFields[]): readonly (readonly Route[])[] => {
  const ranks: Route[][] = [];
  for (const { account = DEFAULT_ACCOUNT, ...fields } of routes) {
    const route: Route = withoutAbsent({ ...fields, account });
    const rank = ranks.at(-1);
    if (rank?.at(-1)?.weight !== undefined && route.weight !== undefined) rank.push(route);
    else ranks.push([route]);
  }
  return ranks;
};

/** Who carries each channel: one provider, or routes. */
export const buildRoutes = (
  channels: Channels,
): Pick<Brand, "channelPreference" | "providers" | "routes" | "resendUncertain" | "fallBacks"> => {
  const entries = Object.entries(channels);
  const carried = entries.flatMap(([channel, { provider, routes }]) => {
    const first = provider ?? routes?.[0]?.provider;
    return first === undefined ? [] : [[channel, first] as const];
  });
  const ranks = entries.flatMap(([channel, { routes = [] }]) =>
    routes.length === 0 ? [] : [[channel, ranksOf(routes)] as const],
  );
  const resending = entries.flatMap(([channel, { resend }]) => (resend === "uncertain" ? [channel] : []));
  const fallBacks = entries.flatMap(([channel, { fallBack }]) =>
    fallBack === undefined
      ? []
      : [[channel, { to: fallBack.to, afterMs: durationMs(fallBack.after) ?? 0 }] as const],
  );
  return {
    channelPreference: carried.map(([channel]) => channel),
    providers: Object.fromEntries(carried),
    ...(ranks.length === 0 ? {} : { routes: Object.fromEntries(ranks) }),
    ...(resending.length === 0 ? {} : { resendUncertain: resending }),
    ...(fallBacks.length === 0 ? {} : { fallBacks: Object.fromEntries(fallBacks) }),
  };
};
