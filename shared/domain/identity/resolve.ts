import { earlierOf } from "#kernel/time.ts";
import type { IdentifierType } from "../playbook/model/data-model.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { CustomerId, Identifier } from "../records/identity.ts";
import { type Claim, identifierKey } from "./identifiers.ts";
import {
  type Guards,
  isHandedOver,
  isOnlyAnybodys,
  markOf,
  mayJoin,
  partFresh,
  userFirst,
  vouches,
} from "./standing.ts";
import { saysWho } from "./visitor.ts";
import {
  canMerge,
  confirm,
  create,
  finalId,
  fits,
  type Handover,
  handOver,
  type Link,
  link,
  type Merge,
  type Person,
  personBehind,
  type Refused,
  unite,
  type Work,
} from "./work.ts";

/** `customerId`: set when the event names the customer by our own id: it is about nobody else. */
export type ClaimingEvent = Pick<
  CollectedEvent,
  "id" | "type" | "customerId" | "standing" | "at" | "receivedAt"
> & { readonly claims: readonly Claim[] };
export type Resolved = {
  /** Event id -> the customer it is about, after all merges. */
  readonly owners: ReadonlyMap<string, CustomerId>;
  readonly created: ReadonlySet<CustomerId>;
  /** Of stored customers, in order. */
  readonly merges: readonly Merge[];
  readonly links: readonly Link[];
  readonly handovers: readonly Handover[];
  /** By event id, where there is any. */
  readonly refused: ReadonlyMap<string, Refused>;
  /** Whom events named that say who somebody is, after all merges: they are about them, or could not be. */
  readonly named: ReadonlySet<CustomerId>;
};

/** What an event's claims come to: whom they find, and what else they say. */
type Findings = {
  person: Person | undefined;
  readonly fresh: Identifier[];
  readonly found: Identifier[];
  readonly refused: Identifier[];
  readonly anybodys: Identifier[];
  readonly handed: Identifier[];
};

/**
 * Finds the customer one event is about: the one its strongest identifier leads to. Customers that its weaker identifiers
 * lead to are merged in, unless that would join two known people: those identifiers keep their link and are contested.
 */
const readClaims = (work: Work, event: ClaimingEvent): Findings => {
  const named = event.customerId === undefined ? undefined : finalId(work, event.customerId);
  const found: Findings = {
    person: named === undefined ? undefined : work.people.get(named),
    fresh: [],
    found: [],
    refused: [],
    anybodys: [],
    handed: [],
  };
  for (const { linkedOnly, ...identifier } of userFirst(event, event.claims)) {
    const { person, fresh } = found;
    const owner = personBehind(work, identifier);
    if (owner === undefined) {
      if (linkedOnly) continue;
      const mine = [...(person?.identifiers ?? []), ...fresh];
      (fits(work, mine, [identifier]) ? fresh : found.refused).push(identifier);
    } else if (owner.customerId === person?.customerId) {
      found.found.push(identifier);
    } else if (
      fits(work, fresh, owner.identifiers) &&
      (person === undefined || canMerge(work, person, owner)) &&
      mayJoin(work.guards, event, found, { identifier, owner })
    ) {
      found.person = person === undefined ? owner : unite(work, person, owner, event.id);
      found.found.push(identifier);
    } else if (isHandedOver(work.guards, event, identifier, owner)) {
      found.handed.push(identifier);
    } else {
      found.refused.push(identifier);
      if (isOnlyAnybodys(owner, identifier)) found.anybodys.push(identifier);
    }
  }
  return found;
};

const vouch = (work: Work, id: CustomerId, { receivedAt }: ClaimingEvent): void => {
  const person = work.people.get(id);
  if (person === undefined) return;
  work.people.set(id, { ...person, vouchedAt: earlierOf(person.vouchedAt, receivedAt) });
};

const noteNamed = (work: Work, about: CustomerId, { claims }: ClaimingEvent): void => {
  if (!claims.some(saysWho)) return;
  work.named.add(about);
  for (const claim of claims) {
    const owner = personBehind(work, claim);
    if (owner !== undefined) work.named.add(owner.customerId);
  }
};

const resolveEvent = (work: Work, event: ClaimingEvent): CustomerId => {
  const mergesBefore = work.mergedInto.size;
  const { person = create(work), fresh, found, refused, anybodys, handed } = readClaims(work, event);
  const { taken, unproven } = partFresh(work.guards, event, person, fresh);
  const mark = markOf(work.guards, event);
  link(work, person, taken);
  confirm(work, person, found, (type) => mark(type).standing === undefined);
  noteNamed(work, person.customerId, event);
  for (const one of handed) handOver(work, person.customerId, { ...one, ...mark(one.type) }, event.id);
  if (refused.length + unproven.length > 0)
    work.refused.set(event.id, { contested: refused, anybodys, unproven });
  if (vouches(event)) vouch(work, person.customerId, event);
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
  readonly guards: Guards;
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
    guards: input.guards,
    people: new Map(input.people.map((person) => [person.customerId, person])),
    pointers: input.pointers,
    owners,
    mergedInto: new Map(),
    created: new Set(),
    merges: [],
    links: new Map(),
    handovers: [],
    refused: new Map(),
    named: new Set(),
    newId: input.newId,
  };
  const about = input.events.map((event) => {
    const named = event.customerId === undefined ? undefined : input.survivorOf(event.customerId);
    const { customerId: _, ...unnamed } = event;
    return [event.id, resolveEvent(work, named ? { ...unnamed, customerId: named } : unnamed)] as const;
  });
  return {
    owners: new Map(about.map(([eventId, id]) => [eventId, finalId(work, id)])),
    created: work.created,
    merges: work.merges.map((merge) => ({ ...merge, survivor: finalId(work, merge.survivor) })),
    links: changedLinks(work),
    handovers: work.handovers,
    refused: work.refused,
    named: new Set([...work.named].map((id) => finalId(work, id))),
  };
};
