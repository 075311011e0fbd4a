import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Candidate, PreparedChannel } from "../input/candidate.ts";

/**
 * Whether whoever asks there shows what is chosen. A trigger's placement is none: asked there, the answer says what the
 * trigger would send, by the rules of messages.
 */
export const isSlot = ({ triggers }: Pick<CompiledPlaybook, "triggers">, placement: string): boolean =>
  !triggers.some((trigger) => trigger.placement === placement);

/** What a mailing asks for its own mail interrupts nobody once more: it costs nothing, and no cap or hour is its own. */
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

/** The candidate as somebody shows it who asks: on channels of messages as a part of a message of theirs. */
export const asShown = (candidate: Candidate): Candidate =>
  candidate.channels.some(({ interrupts }) => interrupts)
    ? { ...candidate, channels: candidate.channels.map(insertedOn) }
    : candidate;
