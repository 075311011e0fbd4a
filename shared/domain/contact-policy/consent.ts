import { needsConfirmation } from "../playbook/model/confirm.ts";
import type { Category, ConsentExpiry } from "../playbook/model/contact-policy.ts";
import { covers } from "../playbook/model/scope.ts";
import type { AddressConsent, Consent, ConsentState } from "../records/permission.ts";

export type ConsentVerdict =
  | "granted"
  | "not-needed"
  | "missing"
  | "withdrawn"
  /** There is a yes by a public key, which waits to be confirmed. */
  | "pending"
  | "expired"
  | "implied-only";

/** Whether a message may go out by such a consent. */
export const allows = (verdict: ConsentVerdict): boolean => verdict === "granted" || verdict === "not-needed";

/** A yes that came by a public key: nobody has proven who said it. */
export const isPublicGrant = ({ status, standing }: Pick<Consent, "status" | "standing">): boolean =>
  status === "granted" && standing === "public";

/** Under which an entry lies in `ConsentState`. */
export const consentKey = (entry: Pick<Consent, "channel" | "topic" | "status" | "standing">): string =>
  `${entry.channel}|${entry.topic}${isPublicGrant(entry) ? "|public" : ""}`;

/** Whether the first names a channel or topic where the second says `*`. */
const names = (one: string, other: string): boolean => one !== "*" && other === "*";

const applicable = (state: ConsentState, channel: string, topic: string): Consent[] => {
  const { entries } = state;
  const keys = [`${channel}|${topic}`, `${channel}|*`, `*|${topic}`, "*|*"];
  const found: Consent[] = [];
  for (const key of [...keys, ...keys.map((one) => `${one}|public`)]) {
    const entry = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (entry !== undefined) found.push(entry);
  }
  return found;
};

/**
 * A withdrawal overrules a grant that is not newer, or that does not name the channel or topic which the withdrawal names:
 * leaving one newsletter, or e-mail altogether, is not undone by a general yes given elsewhere.
 */
const overrules = (
  withdrawal: Pick<Consent, "channel" | "topic" | "at">,
  grant: Pick<Consent, "channel" | "topic" | "at">,
): boolean =>
  withdrawal.at >= grant.at ||
  names(withdrawal.channel, grant.channel) ||
  names(withdrawal.topic, grant.topic);

/** What was said no to where a message went, and not taken back there since. */
export const refusedThere = (
  said: readonly AddressConsent[],
  channel: string,
  topic: string,
): readonly (AddressConsent & { readonly channel: string })[] => {
  const about = said
    .filter((one) => one.topic === topic || one.topic === "*")
    .map((one) => ({ ...one, channel }));
  const grants = about.filter(({ status }) => status === "granted");
  return about.filter((one) => one.status === "withdrawn" && !grants.some((grant) => !overrules(one, grant)));
};

/**
 * When a consent ends (ISO-8601 UTC): at the end it names itself, or when the playbook's period for its kind is over,
 * whichever comes first. A period for its very source holds in place of a general one (CASL: implied consent lasts six
 * months after an inquiry, but two years after a purchase). Undefined: never.
 */
export const endOfConsent = (
  consent: Consent,
  category: string,
  periods: readonly ConsentExpiry[],
): string | undefined => {
  const fitting = periods.filter(
    ({ kind, source, categories }) =>
      kind === consent.kind &&
      (source === undefined || source === consent.source) &&
      covers(categories, category),
  );
  const own = fitting.filter(({ source }) => source !== undefined);
  let end = consent.expiresAt;
  for (const { afterMs } of own.length > 0 ? own : fitting) {
    const over = new Date(Date.parse(consent.at) + afterMs).toISOString();
    if (end === undefined || over < end) end = over;
  }
  return end;
};

/**
 * Whether consent allows a message of this category on this channel. `inline` channels (a page the person opened, a call
 * they made) need no permission, but an objection counts there too (GDPR 21).
 * @param now ISO-8601 UTC
 */
export const consentFor = (
  state: ConsentState,
  category: Category,
  channel: string,
  options: {
    readonly now: string;
    readonly inline: boolean;
    readonly periods?: readonly ConsentExpiry[] | undefined;
    /** What was said at the very address, whoever did: a no to it is lifted by a later yes, but by none of a public key. */
    readonly saidThere?: readonly AddressConsent[];
  },
): ConsentVerdict => {
  if (category.transactional && category.consent === "none") return "not-needed";
  const entries = applicable(state, channel, category.name);
  const there = refusedThere(options.saidThere ?? [], channel, category.name);
  const withdrawals = [...entries.filter((entry) => entry.status === "withdrawn"), ...there];
  const given = entries.filter(
    (entry) =>
      entry.status === "granted" &&
      !withdrawals.some((withdrawal) => overrules(withdrawal, entry)) &&
      (there.length === 0 || !isPublicGrant(entry)),
  );
  if (withdrawals.length > 0 && given.length === 0) return "withdrawn";
  if (options.inline || category.consent === "none") return "not-needed";
  const grants = needsConfirmation(category, channel) ? given.filter((one) => !isPublicGrant(one)) : given;
  if (grants.length === 0) return given.length === 0 ? "missing" : "pending";
  const periods = options.periods ?? [];
  const current = grants.filter((grant) => {
    const end = endOfConsent(grant, category.name, periods);
    return end === undefined || end > options.now;
  });
  if (current.length === 0) return "expired";
  if (category.consent === "express" && !current.some(({ kind }) => kind === "express")) {
    return "implied-only";
  }
  return "granted";
};
