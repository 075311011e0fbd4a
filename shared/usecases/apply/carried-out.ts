import type { UnsentEffects } from "#domain/profile/unsent.ts";

/** So many are remembered; past that the oldest are looked for in history again. */
const MOST = 10_000;

/** Effects that this process has carried out to their end itself. */
export type CarriedOut = {
  readonly has: (effects: UnsentEffects) => boolean;
  readonly add: (effects: UnsentEffects) => void;
};

/** A memory of what was carried out: whoever writes over it need not ask history whether it was. */
export const carriedOutHere = (): CarriedOut => {
  const known = new Set<string>();
  // What lies with a customer is known by the events that it came from: those of several writes are named together.
  const nameOf = ({ customerId, effects }: UnsentEffects): string =>
    [customerId, ...effects.eventIds].join("|");
  return {
    has: (effects) => known.has(nameOf(effects)),
    add: (effects) => {
      known.add(nameOf(effects));
      const [oldest] = known;
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
  };
};
