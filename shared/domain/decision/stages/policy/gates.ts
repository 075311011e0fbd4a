import { DAY_MS } from "#kernel/time.ts";
import { nextBestHour } from "../../../contact-policy/best-hour.ts";
import { allows, type ConsentVerdict, consentFor } from "../../../contact-policy/consent.ts";
import { refusedAt } from "../../../contact-policy/mailbox-refusals.ts";
import { reach, usableAddresses } from "../../../contact-policy/reach.ts";
import type { Address } from "../../../records/customer.ts";
import type { Cause, RejectionReason, Stage } from "../../../records/decision.ts";
import type { AddressConsent } from "../../../records/permission.ts";
import type { Candidate, PreparedChannel } from "../../input/candidate.ts";
import type { DecideInput } from "../../input/input.ts";
import type { Clocks } from "./clocks.ts";

/** Whether contact policy allows a category on a channel, for this customer at this moment. */
export type Gate = {
  readonly stage: Stage;
  /** Null: open. */
  readonly reason: RejectionReason | null;
  readonly cause: Cause;
  /** When a message may leave, in milliseconds since the epoch. */
  readonly at: number;
};

export type Gates = {
  readonly gate: (candidate: Candidate, channel: PreparedChannel) => Gate;
  /** Whether a message that leaves then waits for the customer's own hour rather than for the end of quiet time. */
  readonly isBestHour: (channel: PreparedChannel, at: number) => boolean;
};

/** A message that quiet hours would hold for longer is not sent: it would be stale. As long as Easter with the nights around it. */
const LONGEST_HOLD_MS = 5 * DAY_MS;

/** Address, suppression, consent, conversation and quiet hours. Each pair of category and channel is looked at once, when first asked for. */
export const gatesFor = (input: DecideInput, clocks: Clocks): Gates => {
  const earliest = Math.max(input.now, input.notBefore ?? input.now);
  const gates: (Gate | undefined)[] = [];
  const patientGates: (Gate | undefined)[] = [];

  /** Opens at the hour at which the customer responds most, unless that is a quiet one. */
  const waitForBestHour = (gate: Gate, channel: PreparedChannel): Gate => {
    if (gate.reason !== null) return gate;
    const at = nextBestHour(input.record?.state.hours?.[channel.name], gate.at);
    return at === gate.at || clocks.endOfQuietTime(channel, at) !== at ? gate : { ...gate, at };
  };

  return {
    isBestHour: (channel, at) => at !== gates[channel.gate]?.at,
    gate: (candidate, channel) => {
      const gate = gates[channel.gate] ?? gateAt(earliest, candidate, channel, { input, clocks });
      gates[channel.gate] = gate;
      if (candidate.action.moment !== "best-hour" || input.mode !== "message") return gate;
      const patient = patientGates[channel.gate] ?? waitForBestHour(gate, channel);
      patientGates[channel.gate] = patient;
      const { active } = candidate;
      return active !== null && patient.at >= active.to ? gate : patient;
    },
  };
};

type Situation = { readonly input: DecideInput; readonly clocks: Clocks };

const gateAt = (
  at: number,
  { category }: Candidate,
  channel: PreparedChannel,
  { input, clocks }: Situation,
): Gate => {
  const { record, playbook } = input;
  const onChannel: Cause = { kind: "channel", name: channel.name };
  const closed = (stage: Stage, reason: RejectionReason, cause: Cause): Gate => ({
    stage,
    reason,
    cause,
    at,
  });
  if (channel.interrupts) {
    const reached = reach(record?.state.addresses ?? [], channel.name, input.isSuppressed);
    if (reached === "no-address") return closed("channel", "no-address", onChannel);
    if (reached === "suppressed") return closed("policy", "suppressed", onChannel);
  }
  const options = {
    now: new Date(input.now).toISOString(),
    inline: !channel.interrupts,
    periods: playbook.document.contactPolicy.consentExpiry,
  };
  const verdictWith = (saidThere: readonly AddressConsent[]): ConsentVerdict =>
    consentFor(record?.consent ?? NO_CONSENT, category, channel.name, { ...options, saidThere });
  const byConsent = (verdict: string): Gate =>
    closed("policy", "consent", { kind: "consent", channel: channel.name, verdict });
  const verdict = verdictWith([]);
  if (!allows(verdict)) return byConsent(verdict);
  const isWilling = ({ value }: Address): boolean =>
    allows(verdictWith(refusedAt(record?.contact ?? {}, channel.name, { address: value, now: options.now })));
  if (record?.contact.refusals !== undefined && channel.interrupts) {
    const usable = usableAddresses(record.state.addresses, channel.name, input.isSuppressed);
    if (!usable.some(isWilling)) return byConsent("mailbox-said-no");
  }
  if (channel.interrupts && record?.state.holding?.includes(category.name) === true) {
    const topic = record.state.conversation?.topic;
    return closed("policy", "conversation", { kind: "held", ...(topic === undefined ? {} : { topic }) });
  }
  const free = clocks.endOfQuietTime(channel, at);
  const isHeld = free !== at;
  const mayWait = input.mode === "message" && input.skipsQuiet !== true;
  if (free === null || (isHeld && (!mayWait || free - at > LONGEST_HOLD_MS))) {
    return closed("policy", "quiet-hours", { kind: "quiet", place: clocks.place });
  }
  return { stage: "policy", reason: null, cause: onChannel, at: free };
};

const NO_CONSENT = { entries: {} };
