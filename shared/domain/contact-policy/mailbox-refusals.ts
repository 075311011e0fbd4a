import { BOUNDS } from "#kernel/bounds.ts";
import { fitting } from "#kernel/fitting.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { AddressConsent, Contact, ContactHistory, MailboxRefusal } from "../records/permission.ts";

/** So long a decision believes that a mailbox says no; then a message tries again whether it still does. */
const BELIEVED_MS = 7 * DAY_MS;

/** What a message that must not leave found out about the addresses it was for. */
export type FoundRefusal = Omit<MailboxRefusal, "until">;

/** Those that still count at `now` (ISO-8601 UTC). */
export const believed = (refusals: readonly MailboxRefusal[], now: string): readonly MailboxRefusal[] =>
  refusals.filter(({ until }) => until > now);

const sameThing = (one: FoundRefusal, other: FoundRefusal): boolean =>
  one.channel === other.channel && one.address === other.address && one.topic === other.topic;

/** The first of them that have room: they take what contacts leave of it, because caps must count. */
export const fittingRefusals = (
  refusals: readonly MailboxRefusal[],
  contacts: readonly Contact[],
): readonly MailboxRefusal[] => {
  const left = BOUNDS.contactBytes - Buffer.byteLength(JSON.stringify(contacts));
  return fitting(refusals, Math.min(BOUNDS.refusalBytes, left));
};

/** Both, one of a kind. */
export const joinRefusals = (
  first: readonly MailboxRefusal[],
  second: readonly MailboxRefusal[],
): readonly MailboxRefusal[] => [
  ...first,
  ...second.filter((one) => !first.some((other) => sameThing(one, other))),
];

/** The history with what a sender found out, its version one higher; the same object where that is nothing. `now`: milliseconds since the epoch. */
export const withRefusals = (
  history: ContactHistory,
  found: readonly FoundRefusal[],
  now: number,
): ContactHistory => {
  if (found.length === 0) return history;
  const until = new Date(now + BELIEVED_MS).toISOString();
  const known = believed(history.refusals ?? [], new Date(now).toISOString());
  const refusals = joinRefusals(
    found.map((one) => ({ ...one, until })),
    known,
  );
  return {
    ...history,
    version: history.version + 1,
    refusals: fittingRefusals(refusals, history.entries),
  };
};

/** What is known to have been said at an address. `now`: ISO-8601 UTC. */
export const refusedAt = (
  { refusals = [] }: Pick<ContactHistory, "refusals">,
  channel: string,
  { address, now }: { readonly address: string; readonly now: string },
): readonly AddressConsent[] =>
  believed(refusals, now)
    .filter((one) => one.channel === channel && one.address === address)
    .map(({ topic, at }) => ({ topic, at, status: "withdrawn" }));

/** Why a message to an address that said no does not leave. */
export const mailboxSaidNo = (category: string): string => `consent: the mailbox said no to ${category}`;
