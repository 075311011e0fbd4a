import { type Rest, restUntil } from "../../../contact-policy/cool-down.ts";
import type { ContactHistory } from "../../../records/permission.ts";
import type { DecideInput } from "../../input/input.ts";
import { type CapRoom, capRoom } from "./cap-room.ts";
import { type Clocks, clocksFor } from "./clocks.ts";
import { type Gates, gatesFor } from "./gates.ts";

/** Contact policy for one customer at one moment. */
export type Policy = Gates &
  CapRoom & {
    /** Until when the action must not be offered again, and why, or null. */
    readonly coolDown: (action: string) => Rest | null;
    readonly clocks: Clocks;
  };

const NO_CONTACT: ContactHistory = { version: 0, entries: [], coolDowns: {} };

/** Contact policy for one decision. Each answer is worked out once, when first asked for. */
export const policyFor = (input: DecideInput): Policy => {
  const { contact = NO_CONTACT, state } = input.record ?? {};
  const responses = state?.responses;
  const { contactPolicy } = input.playbook.document;
  const now = new Date(input.now).toISOString();
  const clocks = clocksFor(input);
  return {
    ...gatesFor(input, clocks),
    ...capRoom(contactPolicy.caps, contact.entries),
    clocks,
    coolDown: (action) => {
      const until = Object.hasOwn(contact.coolDowns, action) ? contact.coolDowns[action] : undefined;
      const rest = responses === undefined ? null : restUntil(contactPolicy, responses, action, now);
      return until !== undefined && until > (rest?.until ?? now) ? { until } : rest;
    },
  };
};
