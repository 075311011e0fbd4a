import { contactTimes, isFull } from "../../../contact-policy/caps.ts";
import type { Cap } from "../../../playbook/model/contact-policy.ts";
import type { Contact } from "../../../records/permission.ts";
import type { PreparedChannel } from "../../input/candidate.ts";

/** How much room frequency caps leave. `at` is in milliseconds since the epoch. */
export type CapRoom = {
  /** Name of a cap that leaves no room for one more contact at that time, or null. */
  readonly fullCap: (channel: PreparedChannel, at: number) => string | null;
  /** Counts a contact chosen in this very decision. */
  readonly reserve: (channel: PreparedChannel, at: number) => void;
};

/** Room under the playbook's caps after past contacts. Those under a cap are picked out once, when first asked for. */
export const capRoom = (caps: readonly Cap[], contacts: readonly Contact[]): CapRoom => {
  const timesByCap: (number[] | undefined)[] = [];
  const timesOf = (index: number): number[] => {
    const cap = caps[index];
    const times = timesByCap[index] ?? (cap === undefined ? [] : contactTimes(cap, contacts));
    timesByCap[index] = times;
    return times;
  };
  return {
    fullCap: (channel, at) => {
      for (const { cap, index } of channel.caps) if (isFull(cap, timesOf(index), at)) return cap.name;
      return null;
    },
    reserve: (channel, at) => {
      for (const { index } of channel.caps) timesOf(index).push(at);
    },
  };
};
