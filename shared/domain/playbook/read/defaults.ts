import { ADDRESSES } from "#channels/all.ts";
import type { ChannelAddresses } from "#channels/definition/addresses.ts";
import type { IdentifierType } from "../model/data-model.ts";

/** Used when there is no contact-policy.yaml: what the law of most places asks for, and nothing more. */
export const DEFAULT_CONTACT_POLICY = `categories:
  marketing: { consent: express, titles: { en: Offers and news, de: Angebote und Neuigkeiten } }
  service: { consent: implied, titles: { en: About what you own or ordered, de: "Zu dem, was Sie gekauft haben" } }
  transactional: { consent: none, transactional: true }
`;

const addressType = ({ type, priority, limit, from }: NonNullable<ChannelAddresses["identifier"]>) => ({
  type,
  priority,
  limit,
  from,
});

const ofChannels = (channels: readonly string[]): readonly IdentifierType[] =>
  [...ADDRESSES].flatMap(([channel, { identifier, spelling }]) =>
    identifier === undefined || (identifier.whereNamed === true && !channels.includes(channel))
      ? []
      : [{ ...addressType(identifier), unique: false, normalize: spelling?.name ?? "none", channel }],
  );

/**
 * Those that a playbook's own identifiers lack: of channels that it names whose addresses no event brings along, so that nobody could
 * say where they are found.
 */
export const identifiersBeside = (
  declared: readonly IdentifierType[],
  channels: readonly string[],
): readonly IdentifierType[] =>
  ofChannels(channels).filter(
    ({ channel, from, type }) =>
      from.length === 0 && !declared.some((one) => one.type === type || one.channel === channel),
  );

/**
 * Used when data-model.yaml declares no identifiers: those that Segment's clients send, and addresses.
 * @param channels those that playbook.yaml names
 */
export const defaultIdentifiers = (channels: readonly string[]): readonly IdentifierType[] => [
  { type: "userId", priority: 1, limit: 1, unique: true, from: ["userId"], normalize: "none" },
  ...[...ofChannels(channels)].sort((one, other) => one.priority - other.priority),
  {
    type: "anonymousId",
    priority: 5,
    limit: 100,
    unique: false,
    from: ["anonymousId"],
    normalize: "none",
  },
];
