import { BOUNDS } from "#kernel/bounds.ts";
import { fitting } from "#kernel/fitting.ts";
import { earlierOf, laterOf } from "#kernel/time.ts";
import { fittingRefusals, joinRefusals } from "../contact-policy/mailbox-refusals.ts";
import { mergeHeld } from "../conversation/holding.ts";
import { laterConversation } from "../conversation/told.ts";
import { declareComputed, mergeComputed } from "../customer/computed/traits.ts";
import { mergeHours, mergeResponses } from "../customer/responses.ts";
import { identifierKey } from "../identity/identifiers.ts";
import { guardsOf, NEVER } from "../identity/standing.ts";
import { mergeRuns } from "../journey/hint.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerState } from "../records/customer.ts";
import type { Timer } from "../records/effects.ts";
import type { Identifier, LinkedIdentifier } from "../records/identity.ts";
import type { ContactHistory } from "../records/permission.ts";
import { heardSince, mergeAddresses, settleAddresses } from "./addresses.ts";
import { mergeDeviceZone } from "./device-zone.ts";
import { mergeRecent } from "./recent.ts";
import { mergeTraits } from "./traits.ts";
import { mergePending } from "./trigger/pending.ts";
import { asIdentifiers, mergeUnproven } from "./unproven.ts";
import { mergeWrote } from "./wrote.ts";

/** Contested identifiers that are kept, for people to look at; never used to resolve. */
const MAX_CONTESTED = 50;

/** Seen when it was seen last, and given by whoever of both may rather give it, else as the customer had it (`a`). */
const sameIdentifier = (a: LinkedIdentifier, b: LinkedIdentifier): LinkedIdentifier => {
  const { type, value, at } = (a.at ?? "") < (b.at ?? "") ? b : a;
  const seen = { type, value, ...(at === undefined ? {} : { at }) };
  if (a.standing === undefined || b.standing === undefined) return seen;
  return { ...seen, standing: "public", ...(a.browser === undefined ? {} : { browser: a.browser }) };
};

/**
 * Each identifier once with its latest time, latest first. Past its type's limit, or all their bytes, the longest unseen
 * goes, and before it those that only public speech gave; but who the customer is goes last, then how they are reached,
 * and an anonymousId first: anybody makes up as many as they like, and whoever could push out a user id could then become
 * the customer.
 */
export const mergeIdentifiers = (
  a: readonly LinkedIdentifier[],
  b: readonly LinkedIdentifier[],
  playbook: CompiledPlaybook,
): readonly LinkedIdentifier[] => {
  const merged = new Map<string, LinkedIdentifier>();
  for (const one of [...a, ...b]) {
    const other = merged.get(identifierKey(one));
    merged.set(identifierKey(one), other === undefined ? one : sameIdentifier(other, one));
  }
  const position = (one: LinkedIdentifier): string => `${one.at ?? ""}#${identifierKey(one)}`;
  const counts = new Map<string, number>();
  const isAnybodys = (one: LinkedIdentifier): number => (one.standing === undefined ? 0 : 1);
  const latestFirst = [...merged.values()].sort((x, y) => (position(x) > position(y) ? -1 : 1));
  const kept = latestFirst
    .toSorted((x, y) => isAnybodys(x) - isAnybodys(y))
    .filter(({ type }) => {
      const count = (counts.get(type) ?? 0) + 1;
      counts.set(type, count);
      return count <= (playbook.identifierTypes.get(type)?.limit ?? Number.POSITIVE_INFINITY);
    });
  const rank = ({ type }: LinkedIdentifier): number => {
    const { unique = false, channel } = playbook.identifierTypes.get(type) ?? {};
    if (unique) return 0;
    if (channel !== undefined && !guardsOf(playbook).devices.has(type)) return 1;
    return type === "anonymousId" ? 3 : 2;
  };
  const dearestFirst = kept.toSorted((x, y) => rank(x) - rank(y));
  const fits = new Set(fitting(dearestFirst, BOUNDS.identifiersBytes));
  return latestFirst.filter((one) => fits.has(one));
};

/** Merges contested identifiers, without those that have become the customer's own. */
export const mergeContested = (
  contested: readonly Identifier[],
  own: readonly Identifier[],
): readonly Identifier[] => {
  const mine = new Set(own.map(identifierKey));
  const foreign = new Map(
    contested.filter((one) => !mine.has(identifierKey(one))).map((one) => [identifierKey(one), one]),
  );
  const sorted = [...foreign.values()].sort((a, b) => (identifierKey(a) < identifierKey(b) ? -1 : 1));
  return fitting(sorted.slice(0, MAX_CONTESTED), BOUNDS.contestedBytes);
};

const mergeSegments = (
  a: CustomerState["segments"],
  b: CustomerState["segments"],
): CustomerState["segments"] => {
  const merged = new Map(Object.entries(a));
  for (const [name, since] of Object.entries(b)) {
    merged.set(name, earlierOf(merged.get(name) ?? since, since));
  }
  return Object.fromEntries(merged);
};

/**
 * Merges the states of two customers who are one person. Apart from `customerId` and `version`, which are the survivor's
 * (`a`), neither direction nor order matters: every part's merge commutes and associates. `at`: ISO-8601 UTC now. Unsent
 * effects of either are not merged: they are carried out before the merge is written.
 */
export const mergeStates = (
  a: CustomerState,
  b: CustomerState,
  playbook: CompiledPlaybook,
  at: string,
): { readonly state: CustomerState; readonly cancel: readonly Pick<Timer, "id" | "due">[] } => {
  const { cancel, ...waiting } = mergePending(a, b, playbook);
  const identifiers = mergeIdentifiers(a.identifiers, b.identifiers, playbook);
  const vouchedAt = earlierOf(a.vouchedAt ?? "", b.vouchedAt ?? "");
  // Later than any word of the company, where there is one: what was said of a visitor was not said of the person they join.
  const since = heardSince(b.addresses, vouchedAt === NEVER ? at : NEVER);
  const { addresses, dropped } = settleAddresses(mergeAddresses(a.addresses, since), {
    vouchedAt,
    identifiers,
  });
  const unproven = mergeUnproven(
    [...(a.unproven ?? []), ...(b.unproven ?? []), ...asIdentifiers(dropped, playbook)],
    { addresses, identifiers },
    playbook,
  );
  const conversation = laterConversation(a.conversation, b.conversation);
  const { forgotten: _, unproven: __, holding: ___, held: ____, ...rest } = a;
  const bare: CustomerState = {
    ...rest,
    createdAt: earlierOf(a.createdAt, b.createdAt),
    updatedAt: laterOf(a.updatedAt, b.updatedAt),
    identifiers,
    vouchedAt,
    ...(unproven.length === 0 ? {} : { unproven }),
    ...((a.named ?? b.named) ? { named: true } : {}),
    contested: mergeContested([...a.contested, ...b.contested], identifiers),
    traits: {},
    ...mergeComputed(declareComputed(a, playbook, at), declareComputed(b, playbook, at), playbook),
    segments: mergeSegments(a.segments, b.segments),
    addresses,
    ...(a.responses === undefined && b.responses === undefined
      ? {}
      : { responses: mergeResponses(a.responses ?? {}, b.responses ?? {}) }),
    ...(a.hours === undefined && b.hours === undefined
      ? {}
      : { hours: mergeHours(a.hours ?? {}, b.hours ?? {}) }),
    ...mergeDeviceZone(a, b),
    ...mergeWrote(a, b),
    ...(conversation === undefined ? {} : { conversation }),
    ...mergeHolding(a, b),
    ...mergeRecent(a, b),
    ...mergeRuns(a, b),
    ...waiting,
    absorbed: [...new Set([...a.absorbed, ...b.absorbed, b.customerId])]
      .filter((id) => id !== a.customerId)
      .sort(),
    unsent: {},
  };
  const room = BOUNDS.stateBytes - Buffer.byteLength(JSON.stringify(bare));
  return {
    state: { ...bare, traits: mergeTraits(a.traits, b.traits, { room, logins: guardsOf(playbook).traits }) },
    // What is to come is worked out anew for both in one.
    cancel: [...cancel, ...(b.inTime?.next ?? []).map(({ timer }) => timer)],
  };
};

/** Held by the conversation of either; the next event tells which of it still is. */
const mergeHolding = (a: CustomerState, b: CustomerState): Pick<CustomerState, "holding" | "held"> => {
  const holding = [...new Set([...(a.holding ?? []), ...(b.holding ?? [])])].toSorted();
  const held = mergeHeld(a.held, b.held);
  return { ...(holding.length === 0 ? {} : { holding }), ...(held.length === 0 ? {} : { held }) };
};

const laterHolds = (a: ContactHistory["holds"] = {}, b: ContactHistory["holds"] = {}) => {
  const holds = new Map(Object.entries(a));
  for (const [action, until] of Object.entries(b)) {
    holds.set(action, laterOf(holds.get(action) ?? "", until));
  }
  return Object.fromEntries(holds);
};

/** All contacts of both: caps and cool-downs count the person, not the cookie. `version` is `a`'s. */
export const mergeContacts = (a: ContactHistory, b: ContactHistory): ContactHistory => {
  const entries = new Map([...a.entries, ...b.entries].map((entry) => [entry.id, entry]));
  const coolDowns = new Map(Object.entries(a.coolDowns));
  for (const [action, until] of Object.entries(b.coolDowns)) {
    coolDowns.set(action, laterOf(coolDowns.get(action) ?? "", until));
  }
  const contacts = [...entries.values()].sort((x, y) => (x.at < y.at ? -1 : 1));
  return {
    version: a.version,
    entries: contacts,
    coolDowns: Object.fromEntries(coolDowns),
    ...(a.holds === undefined && b.holds === undefined ? {} : { holds: laterHolds(a.holds, b.holds) }),
    ...(a.refusals === undefined && b.refusals === undefined
      ? {}
      : { refusals: fittingRefusals(joinRefusals(a.refusals ?? [], b.refusals ?? []), contacts) }),
  };
};
