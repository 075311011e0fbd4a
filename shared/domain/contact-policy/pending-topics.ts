import { carriesLinks, needsConfirmation } from "../playbook/model/confirm.ts";
import type { ContactPolicy } from "../playbook/model/contact-policy.ts";
import type { Consent, ConsentState } from "../records/permission.ts";
import { consentFor, isPublicGrant } from "./consent.ts";

/**
 * Categories that somebody agreed to by a public key on the channel, and that wait to be confirmed there.
 * @param now ISO-8601 UTC
 */
export const pendingTopics = (
  consent: ConsentState,
  { categories, consentExpiry }: ContactPolicy,
  channel: string,
  now: string,
): readonly string[] =>
  categories
    .filter((category) => needsConfirmation(category, channel))
    .filter(
      (category) =>
        consentFor(consent, category, channel, { now, inline: false, periods: consentExpiry }) === "pending",
    )
    .map(({ name }) => name);

/** Whether an entry lets out nothing before it is confirmed: every category that it is about needs that. */
export const isPending = (entry: Consent, { categories }: ContactPolicy): boolean => {
  const about = categories.filter(
    ({ name, consent }) => consent !== "none" && (entry.topic === "*" || entry.topic === name),
  );
  return (
    isPublicGrant(entry) &&
    (entry.channel === "*" || carriesLinks(entry.channel)) &&
    about.length > 0 &&
    about.every(({ confirm }) => confirm === "double")
  );
};
