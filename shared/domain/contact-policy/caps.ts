import type { Cap } from "../playbook/types.ts";
import type { Contact } from "../profile/permission.ts";

const covers = (names: readonly string[], name: string): boolean =>
  names.length === 0 || names.includes(name);

type Subject = Pick<Contact, "channel" | "category" | "action" | "kind">;

/**
 * Whether a contact falls under a cap. Without channels a cap is about what interrupts people: messages. What a page
 * shows counts only where the cap names its channel.
 */
export const isCapped = (cap: Cap, contact: Subject): boolean =>
  (contact.kind === "message" || (contact.kind === "impression" && cap.channels.length > 0)) &&
  covers(cap.channels, contact.channel) &&
  covers(cap.categories, contact.category) &&
  covers(cap.actions, contact.action);

/** Contact times under a cap, in milliseconds since the epoch, in any order. */
export const contactTimes = (cap: Cap, contacts: readonly Contact[]): number[] => {
  const times: number[] = [];
  for (const contact of contacts) if (isCapped(cap, contact)) times.push(Date.parse(contact.at));
  return times;
};

/**
 * Whether one more contact at `at` could make some window of the cap's length hold more than `max`. Contacts that are
 * already planned for later (held by quiet hours) count as well: every window that contains `at` lies within one
 * length before and after it.
 */
export const isFull = (cap: Cap, times: readonly number[], at: number): boolean => {
  let near = 0;
  for (const time of times) if (time > at - cap.windowMs && time < at + cap.windowMs) near += 1;
  return near >= cap.max;
};
