import { ADDRESSES } from "#channels/all.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { fitting } from "#kernel/fitting.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import { earlierOf, laterOf } from "#kernel/time.ts";
import { addressTypeOf, normalizeIdentifier } from "../identity/identifiers.ts";
import { browserIn, givesFirst, guardsOf, isPublic, ownBrowsers } from "../identity/standing.ts";
import type { Refused } from "../identity/work.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { Address, CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier, LinkedIdentifier } from "../records/identity.ts";

/** A status only gets worse: an address that bounced is not active again because somebody typed it in again. */
const SEVERITY: Readonly<Record<Address["status"], number>> = {
  active: 0,
  invalid: 1,
  bounced: 2,
  complained: 3,
};
/** Addresses kept of one channel; the longest unseen go first. */
const MAX_PER_CHANNEL = 20;

/** Identifiers of an event: all it claims, the customer's, and those that are refused. */
export type EventIdentifiers = Refused & {
  readonly claims: readonly Identifier[];
  readonly own: readonly Identifier[];
};

const addressKey = (address: Pick<Address, "channel" | "value">): string =>
  `${address.channel}|${address.value}`;

const worse = (a: Address, b: Address): Address => {
  if (a.status !== b.status) return SEVERITY[a.status] > SEVERITY[b.status] ? a : b;
  return a.at >= b.at ? a : b;
};

/** Both say the same address. What a public key says does not move one that somebody trusted or proven gave. */
const same = (a: Address, b: Address): Address => {
  if (a.heardAt !== undefined && b.heardAt !== undefined) {
    const first = `${a.heardAt}#${a.at}` <= `${b.heardAt}#${b.at}` ? a : b;
    // Of several browsers that gave it any will do: the same one in each order of arrival.
    const [browser] = [a.browser, b.browser].filter((one) => one !== undefined).sort();
    return { ...first, status: worse(a, b).status, ...(browser === undefined ? {} : { browser }) };
  }
  if (a.heardAt === undefined && b.heardAt === undefined) return worse(a, b);
  const given = a.heardAt === undefined ? a : b;
  return { ...given, status: worse(a, b).status };
};

/** Latest first: by time, on a tie by value, so that any order of arrival gives the same list. */
const latestFirst = (a: Address, b: Address): number => {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return addressKey(a) < addressKey(b) ? -1 : 1;
};

export const mergeAddresses = (a: readonly Address[], b: readonly Address[]): readonly Address[] => {
  if (b.length === 0) return a;
  const merged = new Map<string, Address>();
  for (const address of [...a, ...b]) {
    const old = merged.get(addressKey(address));
    merged.set(addressKey(address), old === undefined ? address : same(old, address));
  }
  const sorted = [...merged.values()].sort(latestFirst);
  const kept = new Set(
    [...Map.groupBy(sorted, ({ channel }) => channel).values()].flatMap((ones) =>
      fitting(ones.slice(0, MAX_PER_CHANNEL), BOUNDS.addressesBytes),
    ),
  );
  return sorted.filter((address) => kept.has(address));
};

/** What becomes of addresses: those to write to, and those that nobody may vouch for any more. */
export type Settled = { readonly addresses: readonly Address[]; readonly dropped: readonly Address[] };

const isDevice = ({ channel }: Address): boolean => ADDRESSES.get(channel)?.areDevices === true;

/**
 * A public key gives the first address of a channel, to those of whom nobody else had spoken when it came. It counts until
 * somebody trusted or proven says how to reach the customer: from then on only the device of a browser or an app which
 * they named as the customer's counts beside, for whoever spoke first of a user id may have planted all others.
 */
export const settleAddresses = (
  addresses: readonly Address[],
  { vouchedAt = "", identifiers }: Pick<CustomerState, "vouchedAt" | "identifiers">,
): Settled => {
  if (addresses.every(({ heardAt }) => heardAt === undefined)) return { addresses, dropped: [] };
  const known = addresses.filter(({ heardAt }) => heardAt === undefined);
  const given = new Set(known.map(({ channel }) => channel));
  const isReached = known.some((one) => !isDevice(one));
  const browsers = ownBrowsers(identifiers);
  const first = new Map<string, string>();
  for (const { channel, value, heardAt } of addresses) {
    const place = `${heardAt}#${value}`;
    if (heardAt !== undefined) first.set(channel, earlierOf(first.get(channel) ?? place, place));
  }
  const counts = ({ channel, value, heardAt, browser }: Address): boolean =>
    heardAt === undefined ||
    (!given.has(channel) &&
      heardAt <= vouchedAt &&
      first.get(channel) === `${heardAt}#${value}` &&
      (!isReached || browsers.has(browser ?? "")));
  const kept = addresses.filter(counts);
  return kept.length === addresses.length
    ? { addresses, dropped: [] }
    : { addresses: kept, dropped: addresses.filter((one) => !counts(one)) };
};

/** Addresses of who is absorbed: what only a public key said of them is said of the survivor only now (`at`). */
export const heardSince = (addresses: readonly Address[], at: string): readonly Address[] =>
  addresses.map((one) => (one.heardAt === undefined ? one : { ...one, heardAt: laterOf(one.heardAt, at) }));

/**
 * Identifiers that are addresses. One that leads to somebody else is one too where the company, or the customer with a
 * proof, says it of them: two people may share a mailbox, and an order confirmation must reach whoever ordered. A public
 * key may say so where nobody but public keys gave it to the other.
 */
const addressesIn = (
  event: CollectedEvent,
  { own, contested, anybodys }: EventIdentifiers,
  playbook: CompiledPlaybook,
): readonly (Identifier & { readonly channel: string })[] => {
  const { devices } = guardsOf(playbook);
  const others = isPublic(event) ? anybodys : contested;
  const shared = event.type === "identify" ? others.filter(({ type }) => !devices.has(type)) : [];
  return [...own, ...shared].flatMap(({ type, value }) => {
    const channel = playbook.identifierTypes.get(type)?.channel;
    return channel === undefined ? [] : [{ type, value, channel }];
  });
};

/** The addresses that an event gives, and those it would if somebody else said so. */
const claimedAddresses = (
  { state, vouchedAt }: Reached,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  playbook: CompiledPlaybook,
): { readonly claimed: readonly Address[]; readonly unproven: readonly Identifier[] } => {
  const guard = guardsOf(playbook);
  const { claims } = identifiers;
  const browser = browserIn(claims);
  const mayGive = givesFirst(guard, { ...event, claims }, { identifiers: state.identifiers, vouchedAt });
  const claimed: Address[] = [];
  const unproven: Identifier[] = [];
  for (const { type, value, channel } of addressesIn(event, identifiers, playbook)) {
    const address: Address = { channel, value, status: "active", at: event.at };
    const others = [...state.addresses, ...claimed].filter((one) => one.channel === channel);
    const from = browser !== undefined && isDevice(address) ? { browser } : {};
    if (!isPublic(event) || !guard.firstOnly.has(type)) claimed.push(address);
    else if (others.length === 0 ? mayGive : others.some((one) => one.value === value))
      claimed.push({ ...address, heardAt: event.receivedAt, ...from });
    else unproven.push({ type, value });
  }
  return { claimed, unproven };
};

const statusOf = (event: CollectedEvent): Address["status"] | null => {
  if (event.type !== "outcome") return null;
  if (event.name === "message.complained") return "complained";
  if (event.name !== "message.bounced") return null;
  // A soft bounce (mailbox full) may pass; the provider retries by itself.
  const type = event.properties?.bounceType ?? event.properties?.type;
  return type === "soft" || type === "Transient" ? null : "bounced";
};

/** Providers spell an address as it was sent; we keep it in the one spelling of its identifier. */
const spelled = (channel: string, address: string, playbook: CompiledPlaybook): string => {
  const type = addressTypeOf(playbook, channel);
  const country = countryOfLocale(playbook.document.brand.locale);
  return (type && normalizeIdentifier(type, address, country)) ?? address;
};

/** What an outcome says of the address it was sent to: `properties.address`, else the latest of the channel. */
const judgedAddress = (
  event: CollectedEvent,
  known: readonly Address[],
  playbook: CompiledPlaybook,
): Address[] => {
  const status = statusOf(event);
  const { channel, address } = event.properties ?? {};
  if (status === null || typeof channel !== "string") return [];
  const value =
    typeof address === "string"
      ? spelled(channel, address, playbook)
      : known.find((one) => one.channel === channel)?.value;
  if (value === undefined) return [];
  const heardAt = known.find((one) => one.channel === channel && one.value === value)?.heardAt;
  return [{ channel, value, status, at: event.at, ...(heardAt === undefined ? {} : { heardAt }) }];
};

/** A customer before an event, apart from what it says itself of who spoke of them, and of whose its identifiers are. */
type Reached = {
  readonly state: Pick<CustomerState, "addresses" | "identifiers">;
  readonly vouchedAt: string;
  readonly linked: readonly LinkedIdentifier[];
};

/** The customer's addresses after an event, and what it said of addresses that counts for nothing. */
export const applyAddresses = (
  reached: Reached,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  playbook: CompiledPlaybook,
): Settled & { readonly unproven: readonly Identifier[] } => {
  const { claimed, unproven } = claimedAddresses(reached, event, identifiers, playbook);
  const { state, vouchedAt, linked } = reached;
  const judged = judgedAddress(event, state.addresses, playbook);
  const merged = mergeAddresses(state.addresses, [...claimed, ...judged]);
  return { ...settleAddresses(merged, { vouchedAt, identifiers: linked }), unproven };
};

/** A customer whose identifier, and the address that it is, are somebody else's now. */
export const withoutIdentifier = (
  state: CustomerState,
  { type, value }: Identifier,
  playbook: CompiledPlaybook,
): CustomerState => {
  const channel = playbook.identifierTypes.get(type)?.channel;
  return {
    ...state,
    identifiers: state.identifiers.filter((one) => one.type !== type || one.value !== value),
    addresses: state.addresses.filter((one) => one.channel !== channel || one.value !== value),
  };
};
