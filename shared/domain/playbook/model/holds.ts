import { DAY_MS } from "#kernel/time.ts";
import type { ContactPolicy, Hold } from "./contact-policy.ts";

/** So long does what is held wait to be decided anew, where a playbook says nothing. */
export const USUAL_WAIT_MS = 3 * DAY_MS;

/**
 * What keeps messages back. Where a playbook says nothing: whoever waits for our answer gets nothing that needs an express
 * yes, which is how marketing is told from service.
 */
export const holdsOf = ({ categories, holdWhile }: ContactPolicy): readonly Hold[] => {
  if (holdWhile !== undefined) return holdWhile;
  const held = categories.filter(({ consent, transactional }) => consent === "express" && !transactional);
  return held.length === 0 ? [] : [{ categories: held.map(({ name }) => name), forMs: USUAL_WAIT_MS }];
};

/** How long what is held of a category waits to be decided anew, in milliseconds. */
export const waitsFor = (policy: ContactPolicy, category: string): number =>
  Math.max(
    0,
    ...holdsOf(policy).flatMap(({ categories, forMs }) => (categories.includes(category) ? [forMs] : [])),
  );
