import { isRecalled } from "../customer/recalled.ts";
import type { Category } from "../playbook/model/contact-policy.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { isInScope, type Scope } from "../playbook/model/scope.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { Message } from "../records/message.ts";
import type { AddressConsent } from "../records/permission.ts";
import { allows, consentFor, refusedThere } from "./consent.ts";
import { type FoundRefusal, mailboxSaidNo } from "./mailbox-refusals.ts";
import { pendingTopics } from "./pending-topics.ts";
import { endOfQuietIn, quietWindow } from "./quiet-hours.ts";
import { whereaboutsOf } from "./whereabouts.ts";

/** The policy's verdict at the moment of sending (invariant 8). `until`: milliseconds since the epoch. */
export type Clearance =
  | { readonly verdict: "send"; readonly addresses: readonly string[] }
  | { readonly verdict: "hold"; readonly until: number; readonly reason: string }
  | {
      readonly verdict: "stop";
      readonly status: "failed" | "rejected";
      readonly reason: string;
      /** What the addresses said no to, where that is why. */
      readonly refusals?: readonly FoundRefusal[];
    };

export type ClearanceInput = {
  readonly message: Message;
  /** Null: the customer is gone. */
  readonly record: CustomerRecord | null;
  /** The version that is live now: a stricter policy, or a rollback, reaches messages that wait. */
  readonly playbook: PlaybookDocument;
  readonly isSuppressed: (address: string) => boolean;
  /** What was said there by the links of messages, whoever had the address. */
  readonly saidAt: (address: string) => readonly AddressConsent[];
  /** Milliseconds since the epoch. */
  readonly now: number;
};

const rejected = (reason: string): Clearance => ({ verdict: "stop", status: "rejected", reason });

/** A category that the playbook does not declare is treated as the strictest one. */
const categoryOf = (playbook: PlaybookDocument, message: Message): Category =>
  playbook.contactPolicy.categories.find(({ name }) => name === message.category) ?? {
    name: message.category,
    consent: "express",
    transactional: message.lane === "transactional",
  };

/**
 * Addresses that may be used, the one confirmed last first. An address that the caller named is used even when the
 * profile does not know it, unless the profile knows it to be bad.
 */
export const addressesFor = (message: Message, record: CustomerRecord): readonly string[] => {
  const known = record.state.addresses.filter(({ channel }) => channel === message.channel);
  const { to } = message;
  if (to !== undefined) {
    const isBad = known.some(({ value, status }) => value === to && status !== "active");
    return isBad ? [] : [to];
  }
  return known
    .filter(({ status }) => status === "active")
    .sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
    .map(({ value }) => value);
};

const holdForQuiet = (input: ClearanceInput, category: Category): Clearance | null => {
  const { message, playbook, record, now } = input;
  if (category.transactional) return null;
  const { quietHours, regions } = playbook.contactPolicy;
  const applies = (scope: Scope) => isInScope(scope, message.channel, category.name);
  const whereabouts = whereaboutsOf({ record, regions }, playbook.brand.timeZone);
  const windows = [
    ...quietHours.filter(applies),
    ...whereabouts.regions.filter(applies).flatMap((region) => region.quietHours),
  ].map(quietWindow);
  const until = endOfQuietIn(windows, whereabouts.zones, now);
  if (until === now) return null;
  if (until === null || until >= Date.parse(message.deadline)) return rejected("quiet-hours");
  return { verdict: "hold", until, reason: "quiet-hours" };
};

/** Whether what the message asks to confirm was confirmed or withdrawn since. */
const isSettled = (
  { channel, confirms = [] }: Message,
  { consent }: CustomerRecord,
  { contactPolicy }: PlaybookDocument,
  now: number,
): boolean => {
  const pending = pendingTopics(consent, contactPolicy, channel, new Date(now).toISOString());
  return !confirms.some((topic) => pending.includes(topic));
};

/** Of a message that a conversation keeps back, for the record. */
export const HELD = "conversation";

/**
 * Checks again what may have changed since the decision: the deadline, the address, suppression, consent, the conversation,
 * quiet hours.
 * Caps were reserved by the decision itself and are not counted twice.
 */
export function clearToSend(input: ClearanceInput): Clearance {
  const { message, record, playbook, now } = input;
  if (now >= Date.parse(message.deadline)) return { verdict: "stop", status: "failed", reason: "deadline" };
  if (message.sendAt !== undefined && Date.parse(message.sendAt) > now) {
    return { verdict: "hold", until: Date.parse(message.sendAt), reason: "not due" };
  }
  if (record === null) return rejected("no-address");
  if (message.confirms !== undefined && isSettled(message, record, playbook, now)) {
    return rejected("consent: there is nothing to confirm any more");
  }
  if (message.run !== undefined && isRecalled(message.run, record.state)) {
    return rejected("journey: its run left the journey since");
  }
  const known = addressesFor(message, record);
  const hadAny =
    message.to !== undefined || record.state.addresses.some(({ channel }) => channel === message.channel);
  if (!hadAny) return rejected("no-address");
  const addresses = known.filter((address) => !input.isSuppressed(address));
  if (addresses.length === 0) return rejected("suppressed");
  const category = categoryOf(playbook, message);
  const agrees = (saidThere: readonly AddressConsent[]): boolean =>
    allows(
      consentFor(record.consent, category, message.channel, {
        now: new Date(now).toISOString(),
        inline: false,
        periods: playbook.contactPolicy.consentExpiry,
        saidThere,
      }),
    );
  if (!agrees([])) return rejected("consent");
  const willing = addresses.filter((address) => agrees(input.saidAt(address)));
  if (willing.length === 0) {
    const refusals = addresses.flatMap((address) =>
      refusedThere(input.saidAt(address), message.channel, category.name).map(({ channel, topic, at }) => ({
        channel,
        topic,
        at,
        address,
      })),
    );
    return { verdict: "stop", status: "rejected", reason: mailboxSaidNo(category.name), refusals };
  }
  if (record.state.holding?.includes(category.name) === true && !category.transactional)
    return rejected(HELD);
  return holdForQuiet(input, category) ?? { verdict: "send", addresses: willing };
}
