import { BOUNDS } from "#kernel/bounds.ts";
import { isPublic } from "../identity/standing.ts";
import type { CustomerState } from "../records/customer.ts";
import { type RefusedFact, type Traits, tooLargeTrait, traitBytes } from "./traits.ts";

/** Bytes of a profile as stored, without its unsent effects. */
export const profileBytes = (state: CustomerState): number =>
  Buffer.byteLength(JSON.stringify({ ...state, unsent: {} }));

type Fitted = { readonly state: CustomerState; readonly refused: readonly RefusedFact[] };

/** Takes something of a profile away, of at least so many bytes if there is as much, and says what. */
type Step = (state: CustomerState, excess: number) => Fitted;

/** What is only shown, and stands on the timeline too. */
const withoutShown: Step = ({ unproven: _, ...state }) => ({
  state: { ...state, contested: [] },
  refused: [],
});

const withoutTraits =
  (may: (trait: Traits[string]) => boolean): Step =>
  (state, excess) => {
    const oldestFirst = Object.entries(state.traits)
      .filter(([, trait]) => may(trait))
      .sort(([, a], [, b]) => (a.at < b.at ? -1 : 1));
    const gone = new Set<string>();
    let bytes = 0;
    for (const [name, trait] of oldestFirst) {
      if (bytes >= excess) break;
      bytes += traitBytes(name, trait);
      gone.add(name);
    }
    const traits = Object.fromEntries(Object.entries(state.traits).filter(([name]) => !gone.has(name)));
    return { state: { ...state, traits }, refused: [...gone].map(tooLargeTrait) };
  };

/** History has them; where the profile forgot is marked, so that none of them is applied again. */
const withoutRecent: Step = (state) => {
  const newest = state.recent.at(-1);
  const forgotten = newest === undefined ? {} : { forgotten: `${newest.at}#${newest.id}` };
  return { state: { ...state, ...forgotten, recent: [] }, refused: [] };
};

/** The largest computed traits count anew, and say since when. */
const countingAnew =
  (now: string): Step =>
  (state, excess) => {
    const sized = Object.entries(state.computed).map(
      ([name, kept]) => [name, Buffer.byteLength(JSON.stringify(kept))] as const,
    );
    const gone = new Set<string>();
    let bytes = 0;
    for (const [name, size] of sized.sort(([, a], [, b]) => b - a)) {
      if (bytes >= excess) break;
      bytes += size;
      gone.add(name);
    }
    const computed = Object.entries(state.computed).map(([name, kept]) =>
      gone.has(name) ? ([name, { of: kept.of, since: now }] as const) : ([name, kept] as const),
    );
    const refused = [...gone].map((name) => ({
      what: `computed.${name}`,
      reason: "profile-too-large" as const,
    }));
    return { state: { ...state, computed: Object.fromEntries(computed) }, refused };
  };

/**
 * A profile as it may be written: never more than `BOUNDS.stateBytes`, whatever it was given, and whatever an earlier release
 * let it become. What is shown only goes first, then the traits that public keys set, so that nobody with one pushes out
 * what the company said; in the end the largest counts begin anew. `now`: ISO-8601 UTC.
 */
export const fitProfile = (state: CustomerState, now: string): Fitted => {
  const steps: readonly Step[] = [
    withoutShown,
    withoutTraits(isPublic),
    withoutRecent,
    withoutTraits(() => true),
    countingAnew(now),
  ];
  let fitted: Fitted = { state, refused: [] };
  for (const step of steps) {
    const excess = profileBytes(fitted.state) - BOUNDS.stateBytes;
    if (excess <= 0) return fitted;
    const next = step(fitted.state, excess);
    fitted = { state: next.state, refused: [...fitted.refused, ...next.refused] };
  }
  return fitted;
};
