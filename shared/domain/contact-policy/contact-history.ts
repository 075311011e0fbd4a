import { BOUNDS } from "#kernel/bounds.ts";
import { fitting } from "#kernel/fitting.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Cap } from "../playbook/model/contact-policy.ts";
import type { Contact, ContactHistory } from "../records/permission.ts";
import { isCapped } from "./caps.ts";
import { believed, fittingRefusals } from "./mailbox-refusals.ts";

/** Contacts are kept for so long even without caps, because a cap may be published tomorrow. */
const SHORTEST_MEMORY_MS = 7 * DAY_MS;
/** The item is read with every decision: beyond this number only contacts stay that a cap still counts. */
const MAX_CONTACTS = 100;

/**
 * The history with new contacts, its version one higher. Drops contacts older than every window, and cool-downs, holds
 * and refusals that are over. `now`: milliseconds since the epoch.
 */
export const withContacts = (
  history: ContactHistory,
  contacts: readonly Contact[],
  options: {
    readonly now: number;
    readonly caps: readonly Cap[];
    /** How far back other readers than caps look, in milliseconds. */
    readonly memoryMs?: number;
  },
): ContactHistory => {
  const { caps, memoryMs = 0 } = options;
  const memory = Math.max(SHORTEST_MEMORY_MS, memoryMs, ...caps.map(({ windowMs }) => windowMs));
  const oldest = new Date(options.now - memory).toISOString();
  const now = new Date(options.now).toISOString();
  const entries = [...history.entries.filter(({ at }) => at > oldest), ...contacts];
  const kept = isTooMuch(entries) ? bounded(entries, caps, options.now) : entries;
  return {
    version: history.version + 1,
    entries: kept,
    coolDowns: unexpired(history.coolDowns, now),
    ...(history.holds === undefined ? {} : { holds: unexpired(history.holds, now) }),
    ...(history.refusals === undefined
      ? {}
      : { refusals: fittingRefusals(believed(history.refusals, now), kept) }),
  };
};

/** The history without the contact of that id, its version one higher; null when it has no such contact. */
export const withoutContact = (history: ContactHistory, id: string): ContactHistory | null => {
  const entries = history.entries.filter((entry) => entry.id !== id);
  if (entries.length === history.entries.length) return null;
  return { ...history, version: history.version + 1, entries };
};

const unexpired = (ends: Readonly<Record<string, string>>, now: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(ends).filter(([, until]) => until > now));

const isTooMuch = (entries: readonly Contact[]): boolean =>
  entries.length > MAX_CONTACTS || Buffer.byteLength(JSON.stringify(entries)) > BOUNDS.contactBytes;

/** Those nearest to now, and of each cap, of what was and of what is planned, as many as it takes to see that it is full. */
const bounded = (entries: readonly Contact[], caps: readonly Cap[], now: number): readonly Contact[] => {
  const distance = ({ at }: Contact): number => Math.abs(Date.parse(at) - now);
  const nearest = [...entries].sort((left, right) => distance(left) - distance(right));
  const isPlanned = ({ at }: Contact): boolean => Date.parse(at) > now;
  const kept = new Set(fitting(nearest.slice(0, MAX_CONTACTS), BOUNDS.contactBytes));
  for (const cap of caps) {
    const counted = nearest.filter((entry) => isCapped(cap, entry));
    const sides = [counted.filter(isPlanned), counted.filter((entry) => !isPlanned(entry))];
    for (const side of sides) for (const entry of side.slice(0, cap.max)) kept.add(entry);
  }
  return entries.filter((entry) => kept.has(entry));
};
