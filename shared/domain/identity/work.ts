import { BOUNDS } from "#kernel/bounds.ts";
import { earlierOf } from "#kernel/time.ts";
import type { IdentifierType } from "../playbook/model/data-model.ts";
import type { CustomerId, Identifier, LinkedIdentifier } from "../records/identity.ts";
import { identifierKey } from "./identifiers.ts";
import { type Guards, NEVER } from "./standing.ts";

/** What resolving needs of a customer. */
export type Person = {
  readonly customerId: CustomerId;
  readonly stored: boolean;
  readonly identifiers: readonly LinkedIdentifier[];
  readonly absorbed: number;
  /** When somebody trusted or proven first spoke of them, by our clock; NEVER: nobody did. */
  readonly vouchedAt: string;
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
/** An identifier that is somebody else's now. */
export type Handover = {
  readonly identifier: Identifier;
  readonly from: CustomerId;
  readonly eventId: string;
};
/** What an event says of a customer that they do not have: it is somebody else's, or nobody who may has said so. */
export type Refused = {
  readonly contested: readonly Identifier[];
  /** Those contested ones that nobody but anybody has said to be the other's: nobody is harmed by a second who has it. */
  readonly anybodys: readonly Identifier[];
  readonly unproven: readonly Identifier[];
};
/** The people of one message while its events are resolved. */
export type Work = {
  readonly types: ReadonlyMap<string, IdentifierType>;
  readonly guards: Guards;
  readonly people: Map<CustomerId, Person>;
  /** Where pointers lead as stored, before any hop. */
  readonly pointers: ReadonlyMap<string, CustomerId>;
  /** Where identifiers lead now. */
  readonly owners: Map<string, CustomerId>;
  readonly mergedInto: Map<CustomerId, CustomerId>;
  readonly created: Set<CustomerId>;
  readonly merges: Merge[];
  readonly links: Map<string, Identifier>;
  readonly handovers: Handover[];
  readonly refused: Map<string, Refused>;
  /** Whom events named that say who somebody is. */
  readonly named: Set<CustomerId>;
  readonly newId: () => CustomerId;
};

/** Two values of a unique type never belong to one person. */
export const fits = (
  work: Work,
  identifiers: readonly Identifier[],
  further: readonly Identifier[],
): boolean =>
  further.every(
    (one) =>
      !work.types.get(one.type)?.unique ||
      identifiers.every((other) => other.type !== one.type || other.value === one.value),
  );

/** A customer of more than so many is hardly one person, and slow to read: such a merge is refused. */
export const canMerge = (work: Work, a: Person, b: Person): boolean =>
  fits(work, a.identifiers, b.identifiers) && a.absorbed + b.absorbed + 1 <= BOUNDS.absorbed;

const isKnown = (work: Work, person: Person): boolean =>
  person.identifiers.some((one) => work.types.get(one.type)?.unique === true);

/** Of a known and an anonymous person the known survives, of a stored and a new one the stored, else the one found first. */
const outlives = (work: Work, other: Person, person: Person): boolean => {
  if (isKnown(work, other) !== isKnown(work, person)) return isKnown(work, other);
  return other.stored && !person.stored;
};

export const finalId = (work: Work, id: CustomerId): CustomerId => {
  let current = id;
  for (let next = work.mergedInto.get(current); next !== undefined; next = work.mergedInto.get(current)) {
    current = next;
  }
  return current;
};

export const personBehind = (work: Work, identifier: Identifier): Person | undefined => {
  const owner = work.owners.get(identifierKey(identifier));
  return owner === undefined ? undefined : work.people.get(finalId(work, owner));
};

export const unite = (work: Work, a: Person, b: Person, eventId: string): Person => {
  const [survivor, absorbed] = outlives(work, b, a) ? [b, a] : [a, b];
  const united: Person = {
    ...survivor,
    identifiers: [...survivor.identifiers, ...absorbed.identifiers],
    absorbed: survivor.absorbed + absorbed.absorbed + (absorbed.stored ? 1 : 0),
    vouchedAt: earlierOf(survivor.vouchedAt, absorbed.vouchedAt),
  };
  work.people.set(survivor.customerId, united);
  work.mergedInto.set(absorbed.customerId, survivor.customerId);
  work.created.delete(absorbed.customerId);
  if (absorbed.stored) {
    work.merges.push({ survivor: survivor.customerId, absorbed: absorbed.customerId, eventId });
  }
  return united;
};

export const create = (work: Work): Person => {
  const person: Person = {
    customerId: work.newId(),
    stored: false,
    identifiers: [],
    absorbed: 0,
    vouchedAt: NEVER,
  };
  work.people.set(person.customerId, person);
  work.created.add(person.customerId);
  return person;
};

export const link = (work: Work, person: Person, fresh: readonly LinkedIdentifier[]): void => {
  const added = fresh.filter((one) => !work.owners.has(identifierKey(one)));
  for (const identifier of added) {
    work.owners.set(identifierKey(identifier), person.customerId);
    work.links.set(identifierKey(identifier), { type: identifier.type, value: identifier.value });
  }
  if (added.length === 0) return;
  work.people.set(person.customerId, { ...person, identifiers: [...person.identifiers, ...added] });
};

/** The event says that identifiers are theirs whom they lead to: what only public speech said before is said by others now. */
export const confirm = (
  work: Work,
  { customerId }: Person,
  found: readonly Identifier[],
  isSaid: (type: string) => boolean,
): void => {
  const person = work.people.get(customerId);
  const said = new Set(found.filter(({ type }) => isSaid(type)).map(identifierKey));
  if (person === undefined || said.size === 0) return;
  const identifiers = person.identifiers.map((one) => {
    const { standing: _, browser: __, ...plain } = one;
    return said.has(identifierKey(one)) ? plain : one;
  });
  work.people.set(customerId, { ...person, identifiers });
};

/** An identifier leaves whoever had it, and is linked to whoever has it now. */
export const handOver = (work: Work, to: CustomerId, identifier: LinkedIdentifier, eventId: string): void => {
  const key = identifierKey(identifier);
  const owner = personBehind(work, identifier);
  if (owner === undefined || owner.customerId === to) return;
  work.people.set(owner.customerId, {
    ...owner,
    identifiers: owner.identifiers.filter((one) => identifierKey(one) !== key),
  });
  const { type, value } = identifier;
  work.handovers.push({ identifier: { type, value }, from: owner.customerId, eventId });
  work.owners.delete(key);
  const person = work.people.get(to);
  if (person !== undefined) link(work, person, [identifier]);
};
