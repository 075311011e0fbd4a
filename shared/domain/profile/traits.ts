import { BOUNDS } from "#kernel/bounds.ts";
import type { JsonObject } from "#kernel/json.ts";
import { isPublic } from "../identity/standing.ts";
import type { Trait } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { RefusedConsent } from "./consent-event.ts";
import { standingOf } from "./recent.ts";

export const MAX_TRAITS = 300;
/** Characters of a refused trait's name that are kept. */
const NAMED = 100;

/**
 * Last writer wins by event time, on a tie by event id: the same trait whatever order events arrive in. `isLogin`: the
 * trait says how a customer is reached or logs in, where a public key's word is the last to count.
 */
export const laterTrait = (a: Trait, b: Trait, isLogin = false): Trait => {
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
  | RefusedConsent;
export type RefusedFact = { readonly what: string; readonly reason: RefusalReason };

const bytesOf = (name: string, trait: Trait): number => Buffer.byteLength(JSON.stringify([name, trait]));

/** `room`: bytes the profile may still grow by. `logins`: names of traits by which customers are reached or log in. */
type Limits<Room> = { readonly room: Room; readonly logins: ReadonlySet<string> };

/**
 * Sets the traits of one event. A trait that does not fit (`room` is asked when it matters) is refused and named; one that
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
      refused.push({ what: `traits.${name.slice(0, NAMED)}`, reason: "too-many-traits" });
      continue;
    }
    const bytes = bytesOf(name, trait);
    if (bytes > BOUNDS.traitBytes) {
      refused.push({ what: `traits.${name.slice(0, NAMED)}`, reason: "trait-too-large" });
      continue;
    }
    const growth = bytes - (old === undefined ? 0 : bytesOf(name, old));
    if (growth > 0 && grown + growth > room()) {
      refused.push({ what: `traits.${name.slice(0, NAMED)}`, reason: "profile-too-large" });
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
    bytes += bytesOf(name, trait);
    return bytes <= room;
  });
  return Object.fromEntries(kept.length === merged.size ? merged : kept);
};
