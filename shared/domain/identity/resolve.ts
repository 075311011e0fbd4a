import type { IdentifierType } from "../playbook/model/document.ts";
import type { CustomerId, Identifier } from "../records/identity.ts";
import { type Claim, identifierKey } from "./identifiers.ts";

/** A customer with more absorbed ids than this is hardly one person, and slow to read: such a merge is refused. */
export const MAX_ABSORBED = 200;

/** What resolving needs of a customer. */
export type Person = {
  readonly customerId: CustomerId;
  readonly stored: boolean;
  readonly identifiers: readonly Identifier[];
  readonly absorbed: number;
};
export type ClaimingEvent = {
  readonly eventId: string;
  /** Set when the event names the customer by our own id: it is about nobody else. */
  readonly customerId?: CustomerId;
  readonly claims: readonly Claim[];
};
export type Link = {
  readonly identifier: Identifier;
  readonly to: CustomerId;
  readonly from?: CustomerId;
};
export type Merge = {
  readonly survivor: CustomerId;
  readonly absorbed: CustomerId;
  readonly eventId: string;
};
export type Resolved = {
  /** Event id -> the customer it is about, after all merges. */
  readonly owners: ReadonlyMap<string, CustomerId>;
  readonly created: ReadonlySet<CustomerId>;
  /** Of stored customers, in order. */
  readonly merges: readonly Merge[];
  readonly links: readonly Link[];
  readonly contested: ReadonlyMap<CustomerId, readonly Identifier[]>;
};

type Work = {
  readonly types: ReadonlyMap<string, IdentifierType>;
  readonly people: Map<CustomerId, Person>;
  /** Where pointers lead as stored, before any hop. */
  readonly pointers: ReadonlyMap<string, CustomerId>;
  /** Where identifiers lead now. */
  readonly owners: Map<string, CustomerId>;
  readonly mergedInto: Map<CustomerId, CustomerId>;
  readonly created: Set<CustomerId>;
  readonly merges: Merge[];
  readonly links: Map<string, Identifier>;
  readonly contested: Map<CustomerId, Map<string, Identifier>>;
  readonly newId: () => CustomerId;
};

/** Two values of a unique type never belong to one person. */
const fits = (work: Work, identifiers: readonly Identifier[], further: readonly Identifier[]): boolean =>
  further.every(
    (one) =>
      !work.types.get(one.type)?.unique ||
      identifiers.every((other) => other.type !== one.type || other.value === one.value),
  );

const canMerge = (work: Work, a: Person, b: Person): boolean =>
  fits(work, a.identifiers, b.identifiers) && a.absorbed + b.absorbed + 1 <= MAX_ABSORBED;

const isKnown = (work: Work, person: Person): boolean =>
  person.identifiers.some((one) => work.types.get(one.type)?.unique === true);

/** Of a known and an anonymous person the known survives, of a stored and a new one the stored, else the one found first. */
const outlives = (work: Work, other: Person, person: Person): boolean => {
  if (isKnown(work, other) !== isKnown(work, person)) return isKnown(work, other);
  return other.stored && !person.stored;
};

const finalId = (work: Work, id: CustomerId): CustomerId => {
  let current = id;
  for (let next = work.mergedInto.get(current); next !== undefined; next = work.mergedInto.get(current)) {
    current = next;
  }
  return current;
};

const personBehind = (work: Work, identifier: Identifier): Person | undefined => {
  const owner = work.owners.get(identifierKey(identifier));
  return owner === undefined ? undefined : work.people.get(finalId(work, owner));
};

const unite = (work: Work, a: Person, b: Person, eventId: string): Person => {
  const [survivor, absorbed] = outlives(work, b, a) ? [b, a] : [a, b];
  const united: Person = {
    ...survivor,
    identifiers: [...survivor.identifiers, ...absorbed.identifiers],
    absorbed: survivor.absorbed + absorbed.absorbed + (absorbed.stored ? 1 : 0),
  };
  work.people.set(survivor.customerId, united);
  work.mergedInto.set(absorbed.customerId, survivor.customerId);
  work.created.delete(absorbed.customerId);
  if (absorbed.stored) {
    work.merges.push({ survivor: survivor.customerId, absorbed: absorbed.customerId, eventId });
  }
  return united;
};

const create = (work: Work): Person => {
  const person: Person = { customerId: work.newId(), stored: false, identifiers: [], absorbed: 0 };
  work.people.set(person.customerId, person);
  work.created.add(person.customerId);
  return person;
};

const link = (work: Work, person: Person, fresh: readonly Identifier[]): void => {
  const added = fresh.filter((one) => !work.owners.has(identifierKey(one)));
  for (const identifier of added) {
    work.owners.set(identifierKey(identifier), person.customerId);
    work.links.set(identifierKey(identifier), identifier);
  }
  if (added.length === 0) return;
  work.people.set(person.customerId, { ...person, identifiers: [...person.identifiers, ...added] });
};

const contest = (work: Work, person: Person, identifiers: readonly Identifier[]): void => {
  if (identifiers.length === 0) return;
  const contested = work.contested.get(person.customerId) ?? new Map<string, Identifier>();
  for (const { type, value } of identifiers) contested.set(`${type}:${value}`, { type, value });
  work.contested.set(person.customerId, contested);
};

/**
 * Finds the customer one event is about: the one its strongest identifier leads to. Customers that its weaker identifiers
 * lead to are merged in, unless that would join two known people: those identifiers keep their link and are contested.
 */
const resolveEvent = (work: Work, event: ClaimingEvent): CustomerId => {
  const mergesBefore = work.mergedInto.size;
  let person = event.customerId === undefined ? undefined : work.people.get(finalId(work, event.customerId));
  const fresh: Identifier[] = [];
  const found: Identifier[] = [];
  const refused: Identifier[] = [];
  for (const { linkedOnly, ...identifier } of event.claims) {
    const owner = personBehind(work, identifier);
    if (owner === undefined) {
      if (linkedOnly) continue;
      const mine = [...(person?.identifiers ?? []), ...fresh];
      (fits(work, mine, [identifier]) ? fresh : refused).push(identifier);
    } else if (owner.customerId === person?.customerId) {
      found.push(identifier);
    } else if (
      fits(work, fresh, owner.identifiers) &&
      (person === undefined || canMerge(work, person, owner))
    ) {
      person = person === undefined ? owner : unite(work, person, owner, event.eventId);
      found.push(identifier);
    } else {
      refused.push(identifier);
    }
  }
  person ??= create(work);
  link(work, person, fresh);
  contest(work, person, refused);
  // Pointers of the event that led to an absorbed customer move in the merge's own transaction.
  if (work.mergedInto.size > mergesBefore) {
    for (const identifier of found) work.links.set(identifierKey(identifier), identifier);
  }
  return person.customerId;
};

/** Links to write: those that do not lead to the right customer yet, as stored. */
const changedLinks = (work: Work): Link[] =>
  [...work.links].flatMap(([key, identifier]) => {
    const owner = work.owners.get(key);
    if (owner === undefined) return [];
    const to = finalId(work, owner);
    const from = work.pointers.get(key);
    if (from === to) return [];
    return [from === undefined ? { identifier, to } : { identifier, to, from }];
  });

/**
 * Whom each event is about, in order, and what that makes of customers and links. `pointers`: where stored links lead;
 * `survivorOf`: the customer that stands behind an id now, null when there is none (any more).
 */
export const resolveIdentities = (input: {
  readonly events: readonly ClaimingEvent[];
  readonly types: ReadonlyMap<string, IdentifierType>;
  readonly people: readonly Person[];
  readonly pointers: ReadonlyMap<string, CustomerId>;
  readonly survivorOf: (id: CustomerId) => CustomerId | null;
  readonly newId: () => CustomerId;
}): Resolved => {
  const owners = new Map<string, CustomerId>();
  for (const [key, id] of input.pointers) {
    const survivor = input.survivorOf(id);
    if (survivor !== null) owners.set(key, survivor);
  }
  const work: Work = {
    types: input.types,
    people: new Map(input.people.map((person) => [person.customerId, person])),
    pointers: input.pointers,
    owners,
    mergedInto: new Map(),
    created: new Set(),
    merges: [],
    links: new Map(),
    contested: new Map(),
    newId: input.newId,
  };
  const about = input.events.map((event) => {
    const named = event.customerId === undefined ? undefined : input.survivorOf(event.customerId);
    const { customerId: _, ...unnamed } = event;
    return [event.eventId, resolveEvent(work, named ? { ...unnamed, customerId: named } : unnamed)] as const;
  });
  const contested = new Map<CustomerId, Identifier[]>();
  for (const [id, identifiers] of work.contested) {
    const final = finalId(work, id);
    contested.set(final, [...(contested.get(final) ?? []), ...identifiers.values()]);
  }
  return {
    owners: new Map(about.map(([eventId, id]) => [eventId, finalId(work, id)])),
    created: work.created,
    merges: work.merges.map((merge) => ({ ...merge, survivor: finalId(work, merge.survivor) })),
    links: changedLinks(work),
    contested,
  };
};
