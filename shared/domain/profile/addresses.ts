import { countryOfLocale } from "#kernel/phone/phone.ts";
import { normalizeIdentifier } from "../identity/identifiers.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { Address } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier } from "../records/identity.ts";

/** A status only gets worse: an address that bounced is not active again because somebody typed it in again. */
const SEVERITY: Readonly<Record<Address["status"], number>> = {
  active: 0,
  invalid: 1,
  bounced: 2,
  complained: 3,
};
/** Addresses kept of one channel; the longest unseen go first. */
const MAX_PER_CHANNEL = 20;

const addressKey = (address: Pick<Address, "channel" | "value">): string =>
  `${address.channel}|${address.value}`;

const worse = (a: Address, b: Address): Address => {
  if (a.status !== b.status) return SEVERITY[a.status] > SEVERITY[b.status] ? a : b;
  return a.at >= b.at ? a : b;
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
    merged.set(addressKey(address), old === undefined ? address : worse(old, address));
  }
  const perChannel = new Map<string, number>();
  return [...merged.values()].sort(latestFirst).filter(({ channel }) => {
    const count = (perChannel.get(channel) ?? 0) + 1;
    perChannel.set(channel, count);
    return count <= MAX_PER_CHANNEL;
  });
};

/**
 * Identifiers that are addresses. A contested one too: two people may share a mailbox, and an order confirmation must
 * reach whoever ordered.
 */
const claimedAddresses = (
  event: CollectedEvent,
  identifiers: readonly Identifier[],
  playbook: CompiledPlaybook,
): Address[] =>
  identifiers.flatMap(({ type, value }) => {
    const channel = playbook.identifierTypes.get(type)?.channel;
    return channel === undefined ? [] : [{ channel, value, status: "active" as const, at: event.at }];
  });

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
  const type = [...playbook.identifierTypes.values()].find((one) => one.channel === channel);
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
  return value === undefined ? [] : [{ channel, value, status, at: event.at }];
};

export const applyAddresses = (
  known: readonly Address[],
  event: CollectedEvent,
  identifiers: readonly Identifier[],
  playbook: CompiledPlaybook,
): readonly Address[] =>
  mergeAddresses(known, [
    ...claimedAddresses(event, identifiers, playbook),
    ...judgedAddress(event, known, playbook),
  ]);
