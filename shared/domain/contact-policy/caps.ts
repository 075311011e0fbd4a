import type { Cap } from "../playbook/model/contact-policy.ts";
import { covers, isInScope } from "../playbook/model/scope.ts";
import type { Contact } from "../records/permission.ts";

type Subject = Pick<Contact, "channel" | "category" | "action" | "kind">;

/**
 * Whether a contact falls under a cap. Without channels a cap is about what interrupts people: messages. What a page
 * shows counts only where the cap names its channel.
 */
export const isCapped = (cap: Cap, contact: Subject): boolean =>
  (contact.kind === "message" || (contact.kind === "impression" && cap.channels.length > 0)) &&
  isInScope(cap, contact.channel, contact.category) &&
  covers(cap.actions, contact.action);

/** Contact times under a cap, in milliseconds since the epoch, in any order. */
export const contactTimes = (cap: Cap, contacts: readonly Contact[]): number[] => {
  const times: number[] = [];
  for (const contact of contacts) if (isCapped(cap, contact)) times.push(Date.parse(contact.at));
  return times;
};

const countWithin = (times: readonly number[], from: number, to: number): number => {
  let count = 0;
  for (const time of times) if (time >= from && time < to) count += 1;
  return count;
};

/**
 * Whether one more contact at `at` would make some window of the cap's length hold more than `max`. Contacts that are
 * already planned for later (held by quiet hours) count as well: every window that contains `at` lies within one
 * length before and after it, and the fullest of them begins with a contact.
 */
export const isFull = ({ max, windowMs }: Cap, times: readonly number[], at: number): boolean => {
  let near = 0;
  let planned = false;
  for (const time of times) {
    if (time <= at - windowMs || time >= at + windowMs) continue;
    near += 1;
    if (time > at) planned = true;
  }
  // Without anything planned after it, all that is near lies in the one window that ends with it.
  if (near < max || !planned) return near >= max;
  return [at, ...times].some(
    (start) => start > at - windowMs && start <= at && countWithin(times, start, start + windowMs) >= max,
  );
};
