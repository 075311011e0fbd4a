import { BOUNDS } from "#kernel/bounds.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Unusable } from "../identity/nobody.ts";
import { isPublic } from "../identity/standing.ts";
import type { Trait } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { RefusedConsent } from "./consent-event.ts";
import { standingOf } from "./recent.ts";

const MAX_TRAITS = 300;
/** Characters of a refused trait's name that are kept. */
const NAMED = 100;

/**
 * Last writer wins by event time, on a tie by event id: the same trait whatever order events arrive in. `isLogin`: the
 * trait says how a customer is reached or logs in, where a public key's word is the last to count.
 */
const laterTrait = (a: Trait, b: Trait, isLogin = false): Trait => {
  if (isLogin && isPublic(a) !== isPublic(b)) return isPublic(a) ? b : a;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.by >= b.by ? a : b;
};

export type Traits = Readonly<Record<string, Trait>>;
export type RefusalReason =
  | "too-many-traits"
  | "trait-too-large"
  | "profile-too-large"
  | "consent-full"
  | "unproven"
  | "not-trusted"
  /** Of a trigger: the event is older than its `maxAge`. */
  | "age"
  /** Of a computed trait: the event's value is of another kind than what it counts. */
  | "other-kind"
  | Unusable
  | RefusedConsent;
export type RefusedFact = { readonly what: string; readonly reason: RefusalReason };

export const traitBytes = (name: string, trait: Trait): number =>
  Buffer.byteLength(JSON.stringify([name, trait]));

const refusal =
  (reason: RefusalReason) =>
  (name: string): RefusedFact => ({ what: `traits.${name.slice(0, NAMED)}`, reason });

/** A trait that the profile has no room for. */
export const tooLargeTrait = refusal("profile-too-large");

/** The longest unchanged trait that a public key set: it makes room for what somebody else says. */
const oldestPublic = (traits: ReadonlyMap<string, Trait>): string | undefined =>
  [...traits].filter(([, trait]) => isPublic(trait)).sort(([, a], [, b]) => (a.at < b.at ? -1 : 1))[0]?.[0];

/** Bytes of the traits that public keys set. They go where the profile would be too large (profile-size.ts). */
export const publicBytes = (traits: Traits): number =>
  Object.entries(traits).reduce(
    (sum, [name, trait]) => sum + (isPublic(trait) ? traitBytes(name, trait) : 0),
    0,
  );

/** `room`: bytes the profile may still grow by. `logins`: names of traits by which customers are reached or log in. */
type Limits<Room> = { readonly room: Room; readonly logins: ReadonlySet<string> };

/**
 * Sets the traits of one event. A public key's make room for others. A trait that does not fit (`room` is asked when it matters) is refused and named; one that
 * is older than what is kept changes nothing.
 */
export const setTraits = (
  traits: Traits,
  values: JsonObject,
  event: Pick<CollectedEvent, "at" | "id" | "standing">,
  { room, logins }: Limits<() => number>,
): { readonly traits: Traits; readonly refused: readonly RefusedFact[]; readonly grown: number } => {
  const given = Object.entries(values);
  if (given.length === 0) return { traits, refused: [], grown: 0 };
  const kept = new Map(Object.entries(traits));
  const refused: RefusedFact[] = [];
  let grown = 0;
  for (const [name, value] of given) {
    const trait: Trait = { value, at: event.at, by: event.id, ...standingOf(event) };
    const old = kept.get(name);
    if (old !== undefined && laterTrait(old, trait, logins.has(name)) === old) continue;
    if (old === undefined && kept.size >= MAX_TRAITS) {
      const gives = isPublic(event) ? undefined : oldestPublic(kept);
      refused.push(refusal("too-many-traits")(gives ?? name));
      if (gives === undefined) continue;
      kept.delete(gives);
    }
    const bytes = traitBytes(name, trait);
    if (bytes > BOUNDS.traitBytes) {
      refused.push(refusal("trait-too-large")(name));
      continue;
    }
    const growth = bytes - (old === undefined ? 0 : traitBytes(name, old));
    if (growth > 0 && grown + growth > room()) {
      refused.push(tooLargeTrait(name));
      continue;
    }
    grown += growth;
    kept.set(name, trait);
  }
  return { traits: Object.fromEntries(kept), refused, grown };
};

/** Traits of two customers who are one. Past the limit in number, or in bytes (`room`), the oldest go. */
export const mergeTraits = (a: Traits, b: Traits, { room, logins }: Limits<number>): Traits => {
  const merged = new Map(Object.entries(a));
  for (const [name, trait] of Object.entries(b)) {
    const other = merged.get(name);
    merged.set(name, other === undefined ? trait : laterTrait(other, trait, logins.has(name)));
  }
  const newestFirst = [...merged].sort(([, x], [, y]) => (laterTrait(x, y) === x ? -1 : 1));
  let bytes = 0;
  const kept = newestFirst.slice(0, MAX_TRAITS).filter(([name, trait]) => {
    bytes += traitBytes(name, trait);
    return bytes <= room;
  });
  return Object.fromEntries(kept.length === merged.size ? merged : kept);
};
