import { ADDRESSES, CHANNELS, PROVIDERS } from "#channels/all.ts";
import { DEFAULT_ACCOUNT } from "#kernel/account-name.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { LocatedFile, Path } from "../read/yaml-file.ts";
import type { PlaybookFile, RouteFields } from "../schema/playbook-file.ts";
import { unknownName } from "./unknown-name.ts";

type ChannelFields = PlaybookFile["channels"][string];
type Place = { readonly file: LocatedFile; readonly path: Path; readonly channel: string };

/** A provider must be one that this version has for the channel. */
const checkProvider = ({ file, path, channel }: Place, provider: string, report: Report): void => {
  const known = PROVIDERS.get(channel) ?? [];
  if (known.includes(provider)) return;
  if (known.length === 0) {
    const carried = [...PROVIDERS].flatMap(([name, providers]) => (providers.length === 0 ? [] : [name]));
    const message = `Nothing can be sent by ${channel}: this version has no provider for it`;
    const expected = `no provider, or one of the channels ${carried.join(", ")}`;
    report.error(file.at(path), "unknown-provider", message, expected);
    return;
  }
  const message = `There is no provider "${provider}" for ${channel}`;
  report.error(file.at(path), "unknown-provider", message, expectedOneOf(provider, known));
};

const overlap = ({ countries: one }: RouteFields, { countries: other }: RouteFields): boolean =>
  one === undefined || other === undefined || one.some((country) => other.includes(country));

const isSame = (one: RouteFields, other: RouteFields): boolean =>
  one.provider === other.provider &&
  (one.account ?? DEFAULT_ACCOUNT) === (other.account ?? DEFAULT_ACCOUNT) &&
  one.from === other.from &&
  overlap(one, other);

/** Routes that say nothing, or nothing that can hold. */
const checkRoutes = (
  { file, path, channel }: Place,
  routes: readonly RouteFields[],
  report: Report,
): void => {
  if (routes.length === 0) {
    const expected = "a route at least, or provider in their place";
    report.error(file.at(path), "no-route", `No message by ${channel} has a route`, expected);
    return;
  }
  const isPhone = ADDRESSES.get(channel)?.spelling?.name === "phone";
  routes.forEach((route, index) => {
    checkProvider({ file, path: [...path, index, "provider"], channel }, route.provider, report);
    if (route.countries !== undefined && !isPhone) {
      const message = `Addresses of ${channel} are of no country`;
      const expected = "a route without countries";
      report.error(file.at([...path, index, "countries"]), "no-country", message, expected);
    } else if (route.countries?.length === 0) {
      const message = "A route to no country carries nothing";
      report.error(file.at([...path, index, "countries"]), "no-country", message, "a country at least");
    }
    if (route.from !== undefined && CHANNELS.get(channel)?.sender === undefined) {
      const message = `Who sends by ${channel} is its account: "from" says nothing`;
      report.warning(file.at([...path, index, "from"]), "no-effect", message, "no from");
    }
    if (routes.slice(0, index).some((earlier) => isSame(earlier, route))) {
      const message = `"${route.provider}" by the account "${route.account ?? DEFAULT_ACCOUNT}" is named before: a message asks it once`;
      report.warning(file.at([...path, index]), "no-effect", message, "each account and sender once");
    }
  });
  if (isPhone && routes.every(({ countries = [] }) => countries.length > 0)) {
    const message = `Numbers of other countries have no route by ${channel}: their messages fail`;
    report.warning(file.at(path), "no-route", message, "a last route without countries");
  }
};

/** Another channel that sends, and no ring of it: what took over is not taken over again. */
const checkFallBack = (
  { file, path, channel }: Place,
  { to }: NonNullable<ChannelFields["fallBack"]>,
  channels: PlaybookFile["channels"],
  report: Report,
): void => {
  const other = channels[to];
  const sending = Object.entries(channels).flatMap(([name, { provider, routes }]) =>
    name !== channel && (provider ?? routes) !== undefined ? [name] : [],
  );
  if (other === undefined) {
    report.error(file.at([...path, "to"]), ...unknownName("channel", to, Object.keys(channels)));
  } else if (!sending.includes(to)) {
    const message = `Nothing falls back from ${channel} to ${to}: ${to === channel ? "it is the same" : "it sends nothing"}`;
    const expected = sending.length === 0 ? "no fallBack" : `one of ${sending.join(", ")}`;
    report.error(file.at([...path, "to"]), "no-route", message, expected);
  }
};

const checkCarriers = (at: Place, { provider, routes, resend }: ChannelFields, report: Report): void => {
  const { file, path, channel } = at;
  if (provider !== undefined && routes !== undefined) {
    const message = `${channel} has a provider and routes: which of them holds?`;
    report.error(file.at([...path, "routes"]), "contradiction", message, "one of the two");
  }
  if (provider !== undefined) checkProvider({ ...at, path: [...path, "provider"] }, provider, report);
  if (routes !== undefined) checkRoutes({ ...at, path: [...path, "routes"] }, routes, report);
  if (resend !== undefined && (routes?.length ?? 0) < 2) {
    const message = "resend says where a message goes on, and there is one route at most";
    report.warning(file.at([...path, "resend"]), "no-effect", message, "two routes, or no resend");
  }
};

/** A channel that sends needs providers that this version has, and the address it sends from. */
export const checkChannels = ({ file, value }: Draft["sources"]["playbook"], report: Report): void => {
  for (const [channel, fields] of Object.entries(value.channels)) {
    const path = ["channels", channel];
    checkCarriers({ file, path, channel }, fields, report);
    if (fields.fallBack !== undefined)
      checkFallBack({ file, path: [...path, "fallBack"], channel }, fields.fallBack, value.channels, report);
    if (fields.provider === undefined && fields.routes === undefined) continue;
    const sender = CHANNELS.get(channel)?.sender;
    if (fields.from === undefined && sender !== undefined && sender.optional !== true) {
      const message = `"from" is missing: the sender of every ${channel}`;
      report.error(file.at(path), "missing-field", message, sender.expected);
    }
  }
};
