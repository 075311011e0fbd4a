import { ADDRESSES } from "#channels/all.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import { HUB_EVENTS, OUTCOME_EVENT } from "../playbook/model/known.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier, LinkedIdentifier } from "../records/identity.ts";

/*
 * What a write key, which anybody may have read in a web page, can say of whom (invariant 14). It may say who a visitor is,
 * and give a customer's first address; whoever the company has spoken of is written to where the company said, or where
 * the customer did with a proof.
 */

/** Whom nobody trusted or proven has spoken of: later than every time, which are compared as text. */
export const NEVER = "never";

/** Types of identifiers that not everybody may give. */
export type Guards = {
  /** By which people are written to or log in: a public key gives each of them once, to those nobody else spoke of. */
  readonly logins: ReadonlySet<string>;
  /** Addresses that are devices: each belongs to whoever used it last. */
  readonly devices: ReadonlySet<string>;
  /** Addresses, devices included, of which a public key gives only the first on their channel. */
  readonly firstOnly: ReadonlySet<string>;
  /** Traits by which logins are given. */
  readonly traits: ReadonlySet<string>;
};

const USER_ID = "userId";
const ANONYMOUS_ID = "anonymousId";
const TRAIT = /^traits\.([^.]+)$/;

const guards = new WeakMap<CompiledPlaybook, Guards>();

export const guardsOf = (playbook: CompiledPlaybook): Guards => {
  const known = guards.get(playbook);
  if (known !== undefined) return known;
  const types = [...playbook.identifierTypes.values()];
  const devices = types.filter(({ channel }) => ADDRESSES.get(channel ?? "")?.areDevices === true);
  const logins = types.filter(
    (one) => one.type !== USER_ID && !devices.includes(one) && (one.channel !== undefined || one.unique),
  );
  const { addresses = "first", deviceTokens = "first" } = playbook.document.dataModel.publicKeys ?? {};
  const guarded = addresses === "any" ? [] : logins;
  const first = [...guarded, ...(deviceTokens === "any" ? [] : devices)];
  const named = (some: typeof types) => new Set(some.map(({ type }) => type));
  const made: Guards = {
    logins: named(guarded),
    devices: named(devices),
    firstOnly: named(first.filter(({ channel }) => channel !== undefined)),
    traits: new Set(guarded.flatMap(({ from }) => from.flatMap((path) => TRAIT.exec(path)?.[1] ?? []))),
  };
  guards.set(playbook, made);
  return made;
};

type Speech = Pick<CollectedEvent, "standing" | "receivedAt">;
/** What somebody says, with all the identifiers that it names. */
export type Claiming = Speech & { readonly claims: readonly Identifier[] };

export const isPublic = ({ standing }: Pick<CollectedEvent, "standing">): boolean => standing === "public";
const isTrusted = ({ standing = "trusted" }: Speech): boolean => standing === "trusted";

/** Whether the event is somebody's word about the customer. What the hub tells itself (by our own id) is nobody's. */
export const vouches = (event: Pick<CollectedEvent, "standing" | "type" | "customerId">): boolean =>
  !isPublic(event) && event.customerId === undefined && event.type !== "outcome";

/** Names by which the hub itself tells what came of a message, an action or a segment, and what customers write. */
const isToldByHub = (name: string): boolean => HUB_EVENTS.includes(name) || name.startsWith(OUTCOME_EVENT);

/**
 * Whether an event is kept and nothing more: it counts, triggers, converts and calls off nothing. So it is with what only
 * the company may say, and with what only the hub can know, when anybody says it.
 */
export const isOnlyHistory = (
  event: Pick<CollectedEvent, "standing" | "receivedAt" | "name">,
  { trustedEvents }: Pick<CompiledPlaybook, "trustedEvents">,
): boolean => !isTrusted(event) && (trustedEvents.has(event.name) || isToldByHub(event.name));

/** Somebody with identifiers, of whom somebody trusted or proven first spoke then (`receivedAt`), or NEVER. */
type Known = { readonly identifiers: readonly LinkedIdentifier[]; readonly vouchedAt: string };

/** Whether somebody trusted or proven had spoken of them when the event came: by our clock, events may lie about theirs. */
export const isVouched = ({ vouchedAt }: Pick<Known, "vouchedAt">, { receivedAt }: Speech): boolean =>
  vouchedAt < receivedAt;

const holds = ({ identifiers }: Pick<Known, "identifiers">, type: string): boolean =>
  identifiers.some((one) => one.type === type);

/** The browser, or installed app, that an event came from, as it calls itself. */
export const browserIn = (claims: readonly Identifier[]): string | undefined =>
  claims.find(({ type }) => type === ANONYMOUS_ID)?.value;

/** The browsers and installed apps that the company, or the customer with a proof, has named as theirs. */
export const ownBrowsers = (identifiers: readonly LinkedIdentifier[]): ReadonlySet<string> =>
  new Set(
    identifiers.flatMap(({ type, value, standing }) =>
      type === ANONYMOUS_ID && standing === undefined ? [value] : [],
    ),
  );

/** Whether identifiers say who somebody is, and not only what they hold in their hands. */
const sayWho = ({ logins }: Guards, identifiers: readonly Identifier[]): boolean =>
  identifiers.some(({ type }) => type === USER_ID || logins.has(type));

/** Whether all that is known of somebody is what this browser said itself: it may go where its browser goes. */
const isOnlyBrowsers = (
  { logins }: Guards,
  { identifiers }: Pick<Known, "identifiers">,
  browser: string | undefined,
): boolean =>
  identifiers.every(({ type, standing, browser: giver }) =>
    logins.has(type) ? standing === "public" && giver !== undefined && giver === browser : type !== USER_ID,
  );

/**
 * Whether two may become one by public or proven speech: nobody gets a login beside their own, nor one that nobody vouched
 * for; nor does an account become somebody who is known by an address alone: whoever knows that address too can have a
 * browser of their own linked to them. Only the browser that gave the address takes it along.
 */
const joinable = (guard: Guards, event: Claiming, a: Known, b: Known): boolean => {
  const { logins } = guard;
  const browser = browserIn(event.claims);
  const isElsewhere = (one: Known) => !holds(one, USER_ID) && !isOnlyBrowsers(guard, one, browser);
  const areKnown = [a, b].every(({ identifiers }) => sayWho(guard, identifiers));
  if (areKnown && (isElsewhere(a) || isElsewhere(b))) return false;
  const loginsOf = (one: Known) => one.identifiers.filter(({ type }) => logins.has(type));
  const [ofA, ofB] = [loginsOf(a), loginsOf(b)];
  const isApart = (one: Known, own: readonly Identifier[], other: Known, others: readonly Identifier[]) =>
    isVouched(one, event) &&
    (others.length > 0 || (own.length > 0 && !holds(one, USER_ID) && holds(other, USER_ID)));
  if (isApart(a, ofA, b, ofB) || isApart(b, ofB, a, ofA)) return false;
  return !ofA.some((one) => ofB.some(({ type, value }) => type === one.type && value !== one.value));
};

/** Whether only public speech has said so far that an identifier is theirs. */
export const isOnlyAnybodys = (
  { identifiers }: Pick<Known, "identifiers">,
  { type, value }: Identifier,
): boolean =>
  identifiers.some((one) => one.type === type && one.value === value && one.standing === "public");

/** Whom an event is about as far as is known: somebody, or who its identifiers that lead to nobody will be. */
export type Found<P extends Known> = {
  readonly person: P | undefined;
  readonly fresh: readonly Identifier[];
};

/**
 * Whether an event that leads to somebody may also lead, by that identifier, to `owner`, who is somebody else: so that
 * both become one. An event that names nobody else is about the owner, whoever says it.
 */
export const mayJoin = <P extends Known>(
  guard: Guards,
  event: Claiming,
  { person, fresh }: Found<P>,
  { identifier: { type, value }, owner }: { readonly identifier: Identifier; readonly owner: P },
): boolean => {
  if (isTrusted(event)) {
    const isSomebody = sayWho(guard, [...(person?.identifiers ?? []), ...fresh]);
    const isLoose = !guard.logins.has(type) && isOnlyAnybodys(owner, { type, value });
    return !isSomebody || !isLoose || isOnlyBrowsers(guard, owner, value);
  }
  const named = person ?? { identifiers: fresh, vouchedAt: NEVER };
  if (person === undefined && !fresh.some((one) => one.type === USER_ID)) return true;
  if (type !== ANONYMOUS_ID && isVouched(owner, event)) return false;
  return joinable(guard, event, named, owner);
};

type Mark = Pick<LinkedIdentifier, "standing" | "browser">;

/**
 * What an identifier of a type is marked with that an event names. A login: where a public key gives it, with the browser
 * that did. A browser or a device: unless the company, or the customer with a proof, says in the same event whose it is.
 */
export const markOf = (guard: Guards, event: Claiming): ((type: string) => Mark) => {
  const browser = browserIn(event.claims);
  const given: Mark = { standing: "public", ...(browser === undefined ? {} : { browser }) };
  const isSaid = !isPublic(event) && sayWho(guard, event.claims);
  return (type) => {
    if (guard.logins.has(type)) return isPublic(event) ? given : {};
    return type === USER_ID || isSaid ? {} : { standing: "public" };
  };
};

/**
 * Whether public speech gives somebody a first login or address: to those of whom nobody else has spoken, and of those who
 * are known by one alone to whoever is in the same browser as gave it.
 */
export const givesFirst = (guard: Guards, event: Claiming, person: Known): boolean =>
  !isVouched(person, event) &&
  (holds(person, USER_ID) ||
    holds({ identifiers: event.claims }, USER_ID) ||
    isOnlyBrowsers(guard, person, browserIn(event.claims)));

/** Parts what an event newly says of somebody: a public key gives the first login of a type, to whom it may give one. */
export const partFresh = (
  guard: Guards,
  event: Claiming,
  person: Known,
  fresh: readonly Identifier[],
): { readonly taken: readonly LinkedIdentifier[]; readonly unproven: readonly Identifier[] } => {
  const mark = markOf(guard, event);
  const mayGive = !isPublic(event) || givesFirst(guard, event, person);
  const taken: LinkedIdentifier[] = [];
  const unproven: Identifier[] = [];
  for (const one of fresh) {
    const isSecond = isPublic(event) && holds({ identifiers: [...person.identifiers, ...taken] }, one.type);
    if (guard.logins.has(one.type) && (isSecond || !mayGive)) unproven.push(one);
    else taken.push({ ...one, ...mark(one.type) });
  }
  return { taken, unproven };
};

/**
 * Whether what leads to `owner` goes to whom the event is about: a device to whoever uses it now (who used it later keeps
 * it), and to whom the company says a login that only a public key gave somebody else.
 */
export const isHandedOver = (
  { devices, logins }: Guards,
  event: Speech & Pick<CollectedEvent, "at">,
  { type, value }: Identifier,
  owner: Known,
): boolean => {
  if (logins.has(type)) return isTrusted(event) && isOnlyAnybodys(owner, { type, value });
  const owned = owner.identifiers.find((one) => one.type === type && one.value === value);
  return devices.has(type) && (owned?.at ?? "") <= event.at;
};

/** Who an event says it is about comes first, whatever is stronger in the playbook: nobody becomes another by an address. */
export const userFirst = <C extends Identifier>(event: Speech, claims: readonly C[]): readonly C[] =>
  isTrusted(event)
    ? claims
    : [...claims.filter(({ type }) => type === USER_ID), ...claims.filter(({ type }) => type !== USER_ID)];
