import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Candidate, PreparedChannel } from "../input/candidate.ts";

/**
 * Whether a placement is a slot, whose caller shows what is chosen. A trigger's placement is not: an answer for it says what
 * the trigger would send, by the rules of messages.
 */
export const isSlot = ({ triggers }: Pick<CompiledPlaybook, "triggers">, placement: string): boolean =>
  !triggers.some((trigger) => trigger.placement === placement);

/** Content inserted into a mail that is sent anyway: it costs nothing, and neither caps nor quiet hours apply. */
const insertedOn = (channel: PreparedChannel): PreparedChannel =>
  channel.interrupts
    ? {
        ...channel,
        kind: "insert",
        cost: 0,
        minimum: Number.NEGATIVE_INFINITY,
        caps: [],
        quiet: [],
        regionQuiet: new Map(),
      }
    : channel;

/** The candidate as a slot shows it: on channels that send messages, as a part of the caller's own message. */
export const asShown = (candidate: Candidate): Candidate =>
  candidate.channels.some(({ interrupts }) => interrupts)
    ? { ...candidate, channels: candidate.channels.map(insertedOn) }
    : candidate;
