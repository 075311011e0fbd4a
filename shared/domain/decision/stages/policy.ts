import { nextBestHour } from "../../contact-policy/best-hour.ts";
import { contactTimes, isFull } from "../../contact-policy/caps.ts";
import { consentFor } from "../../contact-policy/consent.ts";
import { type Rest, restUntil } from "../../contact-policy/cool-down.ts";
import { endOfQuietIn, type QuietWindow } from "../../contact-policy/quiet-hours.ts";
import { reach } from "../../contact-policy/reach.ts";
import { placeName, type Whereabouts, whereaboutsOf } from "../../contact-policy/whereabouts.ts";
import type { ContactPolicy } from "../../playbook/model/contact-policy.ts";
import type { CustomerRecord } from "../../records/customer.ts";
import type { Cause, RejectionReason, Stage } from "../../records/decision.ts";
import type { Candidate, PreparedChannel } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";

/** What contact policy says of a category on a channel, for this customer at this moment. */
export type Gate = {
  readonly stage: Stage;
  /** Null: open. */
  readonly reason: RejectionReason | null;
  readonly cause: Cause;
  /** When a message may leave, in milliseconds since the epoch. */
  readonly at: number;
};

export type Policy = {
  readonly gate: (candidate: Candidate, channel: PreparedChannel) => Gate;
  /** Name of a cap that leaves no room for one more contact at that time, or null. */
  readonly fullCap: (channel: PreparedChannel, at: number) => string | null;
  /** Counts a contact chosen in this very decision. */
  readonly reserve: (channel: PreparedChannel, at: number) => void;
  /** Until when the action must not be offered again, and why, or null. */
  readonly coolDown: (action: string) => Rest | null;
  /** Whether a message that leaves then waits for the customer's own hour rather than for the end of quiet time. */
  readonly isBestHour: (channel: PreparedChannel, at: number) => boolean;
  /** Whose clocks were looked at, for the reasons. */
  readonly place: string;
  /** The customer's clocks, where it is certain which they are. */
  readonly zone: string | undefined;
};

/** Messages of lower priority would be stale after this; they are not held for longer. */
export const LONGEST_HOLD_MS = 48 * 3_600_000;

const NOBODY: Pick<CustomerRecord, "consent" | "contact"> = {
  consent: { entries: {} },
  contact: { version: 0, entries: [], coolDowns: {} },
};

const knownPlace = (
  { zones, regions: names }: NonNullable<DecideInput["whereabouts"]>,
  regions: ContactPolicy["regions"] = [],
): Whereabouts => ({ zones, regions: regions.filter(({ name }) => names.includes(name)) });

/** Contact policy for one decision. What holds for a category and channel is found out once, when first asked. */
export const policyFor = (input: DecideInput): Policy => {
  const { consent, contact } = input.record ?? NOBODY;
  const { brand, contactPolicy } = input.playbook.document;
  const { caps, consentExpiry: periods, regions } = contactPolicy;
  const now = new Date(input.now).toISOString();
  const earliest = Math.max(input.now, input.notBefore ?? input.now);
  const gates: (Gate | undefined)[] = [];
  const patient: (Gate | undefined)[] = [];
  const times: (number[] | undefined)[] = [];

  const closed = (stage: Stage, reason: RejectionReason, cause: Cause): Gate => ({
    stage,
    reason,
    cause,
    at: earliest,
  });

  let found: Whereabouts | undefined;
  const whereabouts = (): Whereabouts => {
    const { record, context } = input;
    found ??=
      input.whereabouts === undefined
        ? whereaboutsOf({ record, regions, ...(context && { context }) }, brand.timeZone)
        : knownPlace(input.whereabouts, regions);
    return found;
  };

  const quietAt = (channel: PreparedChannel): readonly QuietWindow[] => {
    if (channel.regionQuiet.size === 0) return channel.quiet;
    const local = whereabouts().regions.flatMap(({ name }) => channel.regionQuiet.get(name) ?? []);
    return local.length === 0 ? channel.quiet : [...channel.quiet, ...local];
  };

  const endOfQuietTime = (channel: PreparedChannel, at: number): number | null => {
    const quiet = quietAt(channel);
    return quiet.length === 0 ? at : endOfQuietIn(quiet, whereabouts().zones, at);
  };

  const moment = (channel: PreparedChannel): Gate => {
    const at = endOfQuietTime(channel, earliest);
    const held = at !== earliest;
    if (at === null || (held && (input.mode === "answer" || at - earliest > LONGEST_HOLD_MS))) {
      return closed("policy", "quiet-hours", { kind: "quiet", place: placeName(whereabouts()) });
    }
    return { stage: "policy", reason: null, cause: { kind: "channel", name: channel.name }, at };
  };

  const openGate = ({ category }: Candidate, channel: PreparedChannel): Gate => {
    if (channel.interrupts) {
      const addresses = input.record?.state.addresses ?? [];
      const reached = reach(addresses, channel.name, input.isSuppressed);
      const cause: Cause = { kind: "channel", name: channel.name };
      if (reached === "no-address") return closed("channel", "no-address", cause);
      if (reached === "suppressed") return closed("policy", "suppressed", cause);
    }
    const verdict = consentFor(consent, category, channel.name, {
      now,
      inline: !channel.interrupts,
      periods,
    });
    if (verdict !== "granted" && verdict !== "not-needed") {
      return closed("policy", "consent", { kind: "consent", channel: channel.name, verdict });
    }
    return moment(channel);
  };

  /** Opens at the hour at which the customer responds most, unless that is a quiet one. */
  const waitForBestHour = (gate: Gate, channel: PreparedChannel): Gate => {
    if (gate.reason !== null) return gate;
    const at = nextBestHour(input.record?.state.hours?.[channel.name], gate.at);
    return at === gate.at || endOfQuietTime(channel, at) !== at ? gate : { ...gate, at };
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
    get place() {
      return placeName(whereabouts());
    },
    get zone() {
      const { zones } = whereabouts();
      return zones.length === 1 ? zones[0] : undefined;
    },
    isBestHour: (channel, at) => at !== gates[channel.gate]?.at,
    gate: (candidate, channel) => {
      const gate = gates[channel.gate] ?? openGate(candidate, channel);
      gates[channel.gate] = gate;
      if (candidate.action.moment !== "best-hour" || input.mode !== "message") return gate;
      const waiting = patient[channel.gate] ?? waitForBestHour(gate, channel);
      patient[channel.gate] = waiting;
      const { active } = candidate;
      return active !== null && waiting.at >= active.to ? gate : waiting;
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
      const responses = input.record?.state.responses;
      const rest = responses === undefined ? null : restUntil(contactPolicy, responses, action, now);
      return until !== undefined && until > (rest?.until ?? now) ? { until } : rest;
    },
  };
};
