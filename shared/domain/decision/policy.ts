import { contactTimes, isFull } from "../contact-policy/caps.ts";
import { consentFor } from "../contact-policy/consent.ts";
import { firstZone } from "../contact-policy/local-time.ts";
import { endOfQuiet } from "../contact-policy/quiet-hours.ts";
import { reach } from "../contact-policy/reach.ts";
import type { CustomerRecord } from "../profile/types.ts";
import type { DecideInput } from "./input.ts";
import type { Candidate, PreparedChannel } from "./prepare.ts";
import type { RejectionReason, Stage } from "./types.ts";

/** What contact policy says of a category on a channel, for this customer at this moment. */
export type Gate = {
  readonly stage: Stage;
  /** Null: open. */
  readonly reason: RejectionReason | null;
  readonly by: string;
  /** When a message may leave, in milliseconds since the epoch. */
  readonly at: number;
};

export type Policy = {
  readonly gate: (candidate: Candidate, channel: PreparedChannel) => Gate;
  /** Name of a cap that leaves no room for one more contact at that time, or null. */
  readonly fullCap: (channel: PreparedChannel, at: number) => string | null;
  /** Counts a contact chosen in this very decision. */
  readonly reserve: (channel: PreparedChannel, at: number) => void;
  /** Until when the action must not be offered again, or null. */
  readonly coolDown: (action: string) => string | null;
  readonly zone: string;
};

/** Messages of lower priority would be stale after this; they are not held for longer. */
export const LONGEST_HOLD_MS = 48 * 3_600_000;

const NOBODY: Pick<CustomerRecord, "consent" | "contact"> = {
  consent: { entries: {} },
  contact: { version: 0, entries: [], coolDowns: {} },
};

/** The customer's own zone where one is known, else the brand's. */
export const zoneOf = (input: Pick<DecideInput, "playbook" | "record" | "context">): string => {
  const traits = input.record?.state.traits;
  return firstZone(
    [traits?.timezone?.value, traits?.timeZone?.value, input.context?.timezone, input.context?.timeZone],
    input.playbook.document.brand.timeZone,
  );
};

/** Contact policy for one decision. What holds for a category and channel is found out once, when first asked. */
export const policyFor = (input: DecideInput, zone: string): Policy => {
  const { consent, contact } = input.record ?? NOBODY;
  const now = new Date(input.now).toISOString();
  const earliest = Math.max(input.now, input.notBefore ?? input.now);
  const { caps } = input.playbook.document.contactPolicy;
  const gates: (Gate | undefined)[] = [];
  const times: (number[] | undefined)[] = [];

  const closed = (stage: Stage, reason: RejectionReason, by: string): Gate => ({
    stage,
    reason,
    by,
    at: earliest,
  });

  const moment = (channel: PreparedChannel): Gate => {
    const at = channel.quiet.length === 0 ? earliest : endOfQuiet(channel.quiet, zone, earliest);
    const held = at !== earliest;
    if (at === null || (held && (input.mode === "answer" || at - earliest > LONGEST_HOLD_MS))) {
      return closed("policy", "quiet-hours", zone);
    }
    return { stage: "policy", reason: null, by: channel.name, at };
  };

  const openGate = ({ category }: Candidate, channel: PreparedChannel): Gate => {
    if (channel.interrupts) {
      const addresses = input.record?.state.addresses ?? [];
      const reached = reach(addresses, channel.name, input.isSuppressed);
      if (reached === "no-address") return closed("channel", "no-address", channel.name);
      if (reached === "suppressed") return closed("policy", "suppressed", channel.name);
    }
    const verdict = consentFor(consent, category, channel.name, { now, inline: !channel.interrupts });
    if (verdict !== "granted" && verdict !== "not-needed") {
      return closed("policy", "consent", `${channel.name}: ${verdict}`);
    }
    return moment(channel);
  };

  const timesOf = (index: number): number[] => {
    const known = times[index];
    if (known !== undefined) return known;
    const cap = caps[index];
    const found = cap === undefined ? [] : contactTimes(cap, contact.entries);
    times[index] = found;
    return found;
  };

  return {
    zone,
    gate: (candidate, channel) => {
      const known = gates[channel.gate];
      if (known !== undefined) return known;
      const gate = openGate(candidate, channel);
      gates[channel.gate] = gate;
      return gate;
    },
    fullCap: (channel, at) => {
      for (const { cap, index } of channel.caps) if (isFull(cap, timesOf(index), at)) return cap.name;
      return null;
    },
    reserve: (channel, at) => {
      for (const { index } of channel.caps) timesOf(index).push(at);
    },
    coolDown: (action) => {
      const until = Object.hasOwn(contact.coolDowns, action) ? contact.coolDowns[action] : undefined;
      return until !== undefined && until > now ? until : null;
    },
  };
};
